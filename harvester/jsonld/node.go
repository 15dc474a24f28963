package jsonld

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// node is an object of the graph, its names without prefix.
type node map[string]any

// homes are the spellings of the namespace of schema.org.
var homes = []string{"https://schema.org/", "http://schema.org/", "https://www.schema.org/", "http://www.schema.org/", "schema:"}

// vocabulary returns v with the names of schema.org bare, and whether v may be
// in schema.org. In a page an object without any context may: many forget it.
func (r *reading) vocabulary(v any) (any, bool) {
	prefixes := slices.Clone(homes)
	said, schema := contexts(v, &prefixes, 0)
	bare, prefixed := plain(v, prefixes, 0)
	schema = schema || prefixed
	r.schema = r.schema || schema
	return bare, schema || !said && !r.bare
}

// contexts looks at the @context of v, or of the objects of a list: whether
// there is one and whether it names schema.org. Prefixes that stand for it are
// added.
func contexts(v any, prefixes *[]string, depth int) (said, schema bool) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			s, h := contexts(e, prefixes, depth+1)
			said, schema = said || s, schema || h
			if depth > 2 {
				break
			}
		}
	case map[string]any:
		c, ok := v["@context"]
		return ok, ok && namesSchema(c, prefixes)
	}
	return said, schema
}

func namesSchema(context any, prefixes *[]string) bool {
	switch c := context.(type) {
	case string:
		return isSchema(c)
	case []any:
		return slices.ContainsFunc(c, func(e any) bool { return namesSchema(e, prefixes) })
	case map[string]any:
		found := false
		for name, v := range c {
			s, _ := v.(string)
			if m, ok := v.(map[string]any); ok {
				s, _ = m["@id"].(string)
			}
			if isSchema(s) {
				found = true
				if name != "" && name[0] != '@' {
					*prefixes = append(*prefixes, name+":")
				}
			}
		}
		return found
	}
	return false
}

// isSchema reports whether address is of schema.org, however it is spelt.
func isSchema(address string) bool {
	address = strings.ToLower(strings.TrimSpace(address))
	for _, start := range []string{"https://", "http://", "//", "www."} {
		address = strings.TrimPrefix(address, start)
	}
	return address == "schema.org" || strings.HasPrefix(address, "schema.org/")
}

// plain returns v with bare names, and whether any stood in schema.org by its
// own prefix.
func plain(v any, prefixes []string, depth int) (any, bool) {
	if depth > maxDepth {
		return nil, false
	}
	prefixed := false
	switch v := v.(type) {
	case []any:
		for i := range v {
			var p bool
			v[i], p = plain(v[i], prefixes, depth+1)
			prefixed = prefixed || p
		}
		return v, prefixed
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			name := bare(k, prefixes)
			value, p := plain(e, prefixes, depth+1)
			prefixed = prefixed || p || name != k
			if _, twice := out[name]; !twice || name == k {
				out[name] = value
			}
		}
		if t, ok := out["@type"]; ok {
			for _, s := range strs(t) {
				prefixed = prefixed || bare(s, prefixes) != s
			}
			out["@type"] = bareAll(t, prefixes)
		} else if t, ok := out["type"]; ok && out["@id"] == nil { // alias of the context of schema.org
			out["@type"] = bareAll(t, prefixes)
		}
		return out, prefixed
	}
	return v, false
}

func bare(name string, prefixes []string) string {
	if !strings.Contains(name, ":") {
		return name
	}
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(name, p); ok {
			return strings.TrimPrefix(rest, "/")
		}
	}
	return name
}

func bareAll(v any, prefixes []string) []any {
	var out []any
	for _, s := range strs(v) {
		out = append(out, bare(strings.TrimSpace(s), prefixes))
	}
	return out
}

func strs(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

func (n node) types() []string { return strs(n["@type"]) }

func (n node) is(types ...string) bool {
	return slices.ContainsFunc(n.types(), func(t string) bool { return slices.Contains(types, t) })
}

// id is the identifier of the object, "" for a blank one.
func (n node) id() string {
	id, _ := n["@id"].(string)
	if strings.HasPrefix(id, "_:") {
		return ""
	}
	return strings.TrimSpace(id)
}

// list returns the values of v: an array, a @list or @set, or one.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	case map[string]any:
		for _, k := range []string{"@list", "@set"} {
			if in, ok := v[k].([]any); ok {
				return in
			}
		}
	}
	return []any{v}
}

// nodes returns the objects among the values of v, references followed.
func (r *reading) nodes(v any) []node {
	var out []node
	for _, e := range list(v) {
		if m, ok := e.(map[string]any); ok {
			out = append(out, r.follow(m))
		}
	}
	return out
}

// first is the first object of v, nil when there is none.
func (r *reading) first(v any) node {
	if all := r.nodes(v); len(all) > 0 {
		return all[0]
	}
	return nil
}

// follow returns the object that n refers to, n itself when it says more than
// an id or the graph holds no such object.
func (r *reading) follow(n node) node {
	for k := range n {
		if k != "@id" && k != "@type" {
			return n
		}
	}
	if whole, ok := r.index[n.id()]; ok {
		return whole
	}
	return n
}

// raw is the text of a value as it is written: a string, a number, @value, the
// one in the language of the reader when there are several, the name of an
// object. "" when there is none.
func (r *reading) raw(v any, lang string) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case []any:
		return r.rawOf(v, lang)
	case map[string]any:
		if s, ok := v["@value"]; ok {
			return r.raw(scalar(s), lang)
		}
		n := r.follow(v)
		for _, k := range []string{"name", "headline", "title", "text", "description"} {
			if s := r.raw(scalar(n[k]), lang); s != "" {
				return s
			}
		}
		if s, ok := byLanguage(n, lang); ok {
			return s
		}
		if v["@list"] != nil || v["@set"] != nil {
			return r.rawOf(list(v), lang)
		}
	}
	return ""
}

// scalar passes what is not another container: names are not followed further.
func scalar(v any) any {
	switch v := v.(type) {
	case string, json.Number:
		return v
	case []any:
		for _, e := range v {
			if s := scalar(e); s != nil {
				return s
			}
		}
	case map[string]any:
		if s, ok := v["@value"].(string); ok {
			return s
		}
	}
	return nil
}

func (r *reading) rawOf(values []any, lang string) string {
	best := ""
	for _, e := range values {
		if _, deeper := e.([]any); deeper {
			continue
		}
		m, _ := e.(map[string]any)
		if m["@list"] != nil || m["@set"] != nil {
			continue
		}
		s := r.raw(e, lang)
		tag, _ := m["@language"].(string)
		if tag != "" && lang != "" && strings.EqualFold(primary(tag), primary(lang)) {
			return s
		}
		if best == "" {
			best = s
		}
	}
	return best
}

// byLanguage reads a language map: {"fr": "Mairie", "nl": "Gemeentehuis"}.
func byLanguage(n node, lang string) (string, bool) {
	var tags []string
	for k, v := range n {
		if _, ok := v.(string); !ok || len(primary(k)) != 2 || k[0] == '@' {
			return "", false
		}
		tags = append(tags, k)
	}
	if len(tags) == 0 {
		return "", false
	}
	slices.Sort(tags)
	for _, t := range tags {
		if strings.EqualFold(primary(t), primary(lang)) {
			return n[t].(string), true
		}
	}
	return n[tags[0]].(string), true
}

func primary(tag string) string {
	tag, _, _ = strings.Cut(tag, "-")
	return tag
}

// text is raw on one line without markup.
func (r *reading) text(v any, lang string) string { return read.Line(r.raw(v, lang)) }

// texts are the texts of each of the values of v.
func (r *reading) texts(v any, lang string) []string {
	var out []string
	for _, e := range languageOf(list(v), lang) {
		if len(out) == maxList {
			break
		}
		if s := r.text(e, lang); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// address makes the first address among the values of v absolute: a string, or
// the url or id of an object. "" when there is none on the web.
func (r *reading) address(v any) string {
	for _, e := range list(v) {
		s, _ := e.(string)
		if m, ok := e.(map[string]any); ok {
			n := r.follow(m)
			if s, _ = scalar(n["url"]).(string); s == "" {
				if s = n.id(); s == "" {
					s, _ = n["@value"].(string)
				}
			}
		}
		if a := r.absolute(s); a != "" {
			return a
		}
	}
	return ""
}

// absolute resolves s, "" when it leads to no web address.
func (r *reading) absolute(s string) string {
	if strings.HasPrefix(strings.TrimSpace(s), "_:") {
		return ""
	}
	return read.Web(r.base, s)
}

// languageOf leaves of texts that are tagged the ones in the language of the
// reader, if there are any.
func languageOf(values []any, lang string) []any {
	var same []any
	for _, e := range values {
		m, _ := e.(map[string]any)
		tag, tagged := m["@language"].(string)
		if !tagged {
			return values
		}
		if strings.EqualFold(primary(tag), primary(lang)) {
			same = append(same, e)
		}
	}
	if len(same) == 0 {
		return values
	}
	return same
}
