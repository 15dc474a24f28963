package jsonld

import (
	"encoding/json"
	"html"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// fact is something without a field of Item: a name and its values as HTML.
type fact struct {
	name   string
	values []string
}

// facts writes a description list.
func facts(all []fact) string {
	if len(all) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n<dl>")
	for _, f := range all {
		b.WriteString("<dt>" + html.EscapeString(f.name) + "</dt>")
		for _, v := range f.values {
			b.WriteString("<dd>" + v + "</dd>")
		}
	}
	b.WriteString("</dl>")
	return b.String()
}

// tell adds a fact under the label of the given key. Values are HTML; empty
// ones are left out.
func (w *writing) tell(key string, values ...string) {
	values = slices.DeleteFunc(values, func(v string) bool { return v == "" })
	if len(values) > 0 {
		w.list = append(w.list, fact{label(key, w.lang), values})
	}
}

// fact tells the values of properties under one label.
func (w *writing) fact(n node, key string, properties ...string) {
	var values []string
	for _, p := range properties {
		if w.told[p] {
			continue
		}
		w.told[p] = true
		for _, v := range languageOf(list(n[p]), w.lang) {
			if s := w.value(v, 0); s != "" && !slices.Contains(values, s) {
				values = append(values, s)
			}
		}
	}
	w.tell(key, values...)
}

// Bounds of what is written out of values without a rule of their own. Objects
// refer to each other, so that a small graph can be a large text.
const (
	maxNested = 4
	maxTold   = 1000 // values an item
)

// value writes any value for people: an address as a link, an object by its
// name or by what it holds.
func (w *writing) value(v any, depth int) string {
	if w.spent++; w.spent > maxTold {
		if w.spent == maxTold+1 {
			w.Warn(w.OriginID, "says more than is written out; the rest is left out")
		}
		return ""
	}
	switch v := v.(type) {
	case string:
		return w.line(v)
	case json.Number:
		return html.EscapeString(read.Clip(v.String(), 40))
	case bool:
		if v {
			return label("yes", w.lang)
		}
		return label("no", w.lang)
	case []any:
		return w.join(v, depth)
	case map[string]any:
		return w.object(w.follow(v), depth)
	}
	return ""
}

func (w *writing) join(values []any, depth int) string {
	var parts []string
	for _, v := range values {
		if depth >= maxNested || w.spent > maxTold {
			break
		}
		if s := w.value(v, depth+1); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// line writes a text on one line, an address as a link, the members of an
// enumeration by their name.
func (w *writing) line(s string) string {
	if isSchema(s) && !strings.ContainsAny(s, " ") {
		return html.EscapeString(words(s[strings.LastIndexByte(s, '/')+1:]))
	}
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		if a := w.absolute(s); a != "" {
			return read.Anchor(a, a)
		}
	}
	return html.EscapeString(markup.Text(s))
}

// object writes the name, as a link where there is an address, and what else
// the object says.
func (w *writing) object(n node, depth int) string {
	if depth > maxNested {
		return ""
	}
	if n.is("PostalAddress") {
		line, _ := w.addressLine(n)
		return html.EscapeString(line)
	}
	if v, ok := n["@value"]; ok {
		return w.value(v, depth+1)
	}
	if n["address"] != nil || n["geo"] != nil || n.isOrganisation() || n.is("Person") {
		return w.body(n)
	}
	name, address := w.reading.text(n["name"], w.lang), w.address(n["url"])
	var parts []string
	switch {
	case name != "" && address != "":
		parts = append(parts, read.Anchor(address, name))
	case name != "":
		parts = append(parts, html.EscapeString(name))
	case address != "":
		parts = append(parts, read.Anchor(address, address))
	}
	for _, k := range slices.Sorted(maps.Keys(n)) {
		if k[:min(1, len(k))] == "@" || k == "name" || k == "url" || silent[k] {
			continue
		}
		if s := w.value(n[k], depth+1); s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		if a := w.absolute(n.id()); strings.HasPrefix(n.id(), "http") && a != "" {
			return read.Anchor(a, a)
		}
	}
	return strings.Join(parts, " · ")
}

// body writes a place, a body or a person that serves the item: who it is and
// how to reach it.
func (w *writing) body(n node) string {
	name, address := html.EscapeString(w.reading.text(n["name"], w.lang)), w.address(n["url"])
	if name != "" && address != "" {
		name = read.Anchor(address, w.reading.text(n["name"], w.lang))
	}
	parts := []string{name}
	if p := w.venue(n); p != nil {
		parts = append(parts, html.EscapeString(p.Address))
	}
	parts = append(append(parts, w.reach(n["telephone"], "tel:")...), w.reach(n["email"], "mailto:")...)
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// silent are properties that serve machines, other people's words about the
// content, and what another property says already.
var silent = map[string]bool{"potentialAction": true, "interactionStatistic": true, "interactionCount": true, "aggregateRating": true,
	"review": true, "reviews": true, "comment": true, "commentCount": true, "wordCount": true, "speakable": true, "breadcrumb": true,
	"additionalType": true, "copyrightYear": true, "copyrightHolder": true, "isFamilyFriendly": true, "position": true, "identifier": true,
	"inLanguage": true, "mainEntity": true, "mainEntityOfPage": true, "isPartOf": true, "subjectOf": true, "discussionUrl": true,
	"dateCreated": true, "sdDatePublished": true, "sdPublisher": true, "sdLicense": true, "acquireLicensePage": true, "logo": true,
	"image": true, "accessMode": true, "accessModeSufficient": true, "accessibilityFeature": true, "hasPart": true, "author": true,
	"publisher": true, "creator": true, "numberOfItems": true, "itemListOrder": true, "type": true, "id": true, "contentUrl": true,
	"thumbnailUrl": true, "publishingPrinciples": true, "dateline": true, "pageStart": true, "pageEnd": true, "version": true,
	"": true, "worstRating": true, "bestRating": true, "priceValidUntil": true, "parentOrganization": true, "memberOf": true}

// rest tells what no method read, under its own name.
func (w *writing) rest(n node) {
	for _, k := range slices.Sorted(maps.Keys(n)) {
		if w.told[k] || silent[k] || k[0] == '@' || strings.Contains(k, ":") || slices.Contains(containers, k) {
			continue
		}
		w.fact(n, k, k)
	}
}

// words makes "typicalAgeRange" readable: "Typical age range".
func words(name string) string {
	var b strings.Builder
	for i, c := range read.Clip(name, 60) {
		switch {
		case i == 0:
			b.WriteRune(unicode.ToUpper(c))
		case unicode.IsUpper(c):
			b.WriteString(" " + string(unicode.ToLower(c)))
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}
