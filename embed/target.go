package embed

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// target is what an address asks to see: everything that decides the bytes,
// and who may show them.
type target struct {
	page     bool // a whole document; else a fragment
	kind     string
	sel      federation.Selection
	theme    federation.Theme
	options  federation.Options
	language string
	sites    []string // origins that may; empty = any
	owner    string   // whose logo it shows; "" = nobody's
}

// key tells targets with different bytes apart.
func (t target) key() string {
	options, err := json.Marshal(t.options)
	if err != nil {
		panic(err) // a struct of plain fields always encodes
	}
	return strings.Join([]string{strconv.FormatBool(t.page), t.kind, t.language, t.sel.String(),
		widgets.ThemeQuery(t.theme), t.owner, t.theme.Logo, string(options)}, "\x00")
}

// saved is the target of a placement; the query may set options and theme.
// Whatever else it holds, others added to the link.
func saved(cat *federation.Catalogue, slug string, query url.Values) (target, error) {
	p, err := cat.Placement(slug)
	if err != nil {
		return target{}, err
	}
	m, err := cat.Member(p.Member)
	if err != nil {
		return target{}, err
	}
	t := target{kind: p.Widget, sel: p.Select, theme: p.Theme.Over(m.Theme), options: p.Options,
		language: p.Options.Language, sites: m.Sites, owner: m.Slug}
	logo := t.theme.Logo
	if t.language == "" {
		t.language = m.Language()
	}
	if t.sel.As == "" && t.sel.Order() == federation.ByRelevance {
		t.sel.As = m.Slug // its readers are
	}
	_, err = t.apply(query)
	t.theme.Logo = logo // the region file's word: whose picture it is, is not for an address to say
	return t, err
}

// unsaved is the target of a query alone. Anybody can write one, and what it
// shows stands under the hub's name: a title and a logo in it are passed over.
func unsaved(_ *federation.Catalogue, kind string, query url.Values) (target, error) {
	if !slices.Contains(federation.WidgetKinds, kind) {
		return target{}, federation.NotFound("widget", kind)
	}
	t := target{kind: kind, language: federation.Languages[0]}
	rest, err := t.apply(query)
	if err != nil {
		return target{}, err
	}
	t.options.Title, t.theme.Logo = nil, ""
	known, _ := web.Known(rest, federation.SelectionKeys()...)
	known.Del("cursor") // a widget always shows the first page
	t.sel, err = federation.SelectionFrom(known)
	return t, err
}

// apply sets what the query says of language, options and theme, and returns
// the rest of the query.
func (t *target) apply(query url.Values) (rest url.Values, err error) {
	rest = url.Values{}
	themed := url.Values{}
	for key, values := range query {
		if token, ok := strings.CutPrefix(key, "theme-"); ok {
			themed[token] = values
			continue
		}
		known, err := t.option(key, values)
		if err != nil {
			return nil, err
		}
		if !known {
			rest[key] = values
		}
	}
	if title := query.Get("title"); title != "" {
		t.options.Title = federation.Text{t.language: title}
	}
	over, err := themeOf(themed, "theme-")
	t.theme = over.Over(t.theme)
	return rest, err
}

// option sets one option; an empty value leaves it as it is.
func (t *target) option(key string, values []string) (known bool, err error) {
	if !slices.Contains([]string{"ui", "heading", "images", "summary", "title"}, key) {
		return false, nil
	}
	if len(values) > 1 {
		return true, federation.InvalidAs("repeated", key, "", "is given %d times; once is enough", len(values))
	}
	v := values[0]
	switch {
	case key == "images":
		t.options.Images, err = yes(key, v)
	case key == "summary":
		t.options.Summary, err = yes(key, v)
	case v == "":
	case key == "ui":
		if !slices.Contains(federation.Languages, v) {
			return true, federation.InvalidAs("ui", key, v, "%q must be one of %s", v, strings.Join(federation.Languages, ", "))
		}
		t.language = v
	case key == "heading":
		t.options.Heading, err = strconv.Atoi(v)
		if err != nil || t.options.Heading < 2 || t.options.Heading > 6 {
			return true, federation.InvalidAs("heading", key, v, "%q must be 2 to 6: the level 1 heading is the page's own", v)
		}
	case key == "title":
		if !utf8.ValidString(v) || strings.ContainsFunc(v, unicode.IsControl) || utf8.RuneCountInString(v) > 200 {
			err = federation.InvalidAs("long", key, "200", "must be at most 200 characters of text")
		}
	}
	return true, err
}

// yes reads a switch; an attribute without a value is one that is on.
func yes(key, v string) (bool, error) {
	switch v {
	case "", "true", "1", "yes":
		return true, nil
	case "false", "0", "no":
		return false, nil
	}
	return false, federation.InvalidAs("switch", key, v, "%q must be true or false", v)
}

// themeOf reads the tokens of a theme whose keys had the prefix.
func themeOf(query url.Values, prefix string) (federation.Theme, error) {
	var t federation.Theme
	for _, tok := range t.Tokens() {
		values, given := query[tok.Name]
		if !given {
			continue
		}
		if len(values) > 1 {
			return t, federation.InvalidAs("repeated", prefix+tok.Name, "", "is given %d times; once is enough", len(values))
		}
		*tok.Value = values[0]
	}
	err := t.Validate()
	if fault := new(federation.InvalidError); errors.As(err, &fault) {
		token := strings.TrimPrefix(fault.Field, "theme.")
		return t, federation.InvalidAs("token", prefix+token, query.Get(token), "%s", fault.Reason)
	}
	return t, err
}
