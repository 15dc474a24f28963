package embed

import (
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// target is what an address asks to see: everything that decides the bytes,
// and who may show them.
type target struct {
	page     bool // a whole document; else a fragment
	kind     widgets.Kind
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
		panic(err) // plain values always encode
	}
	return strings.Join([]string{strconv.FormatBool(t.page), t.kind.Name, t.language, t.sel.String(),
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
	t := target{sel: p.Select, theme: p.Theme.Over(m.Theme), language: m.Language(), sites: m.Sites, owner: m.Slug}
	if t.kind, err = widgets.KindOf(p.Widget); err != nil {
		return target{}, err
	}
	logo := t.theme.Logo
	if t.sel.As == "" && t.sel.Order() == federation.ByRelevance {
		t.sel.As = m.Slug // its readers are
	}
	_, err = t.apply(p.Options, query)
	t.theme.Logo = logo // the region file's word: whose picture it is, is not for an address to say
	return t, err
}

// unsaved is the target of a query alone. Anybody can write one, and what it
// shows stands under the hub's name: a title and a logo in it are passed over.
func unsaved(_ *federation.Catalogue, kind string, query url.Values) (target, error) {
	k, err := widgets.KindOf(kind)
	if err != nil {
		return target{}, err
	}
	t := target{kind: k, language: federation.Languages[0]}
	rest, err := t.apply(nil, query)
	if err != nil {
		return target{}, err
	}
	t.theme.Logo = ""
	known, _ := web.Known(rest, federation.SelectionKeys()...)
	known.Del("cursor") // a widget always shows the first page
	t.sel, err = federation.SelectionFrom(known)
	return t, err
}

// apply puts what the query says of options and theme over those given, and
// returns the rest of the query.
func (t *target) apply(o federation.Options, query url.Values) (rest url.Values, err error) {
	if t.options, rest, err = t.kind.Query(o, query, t.language, t.owner != ""); err != nil {
		return nil, err
	}
	if l, ok := t.options["language"].(string); ok {
		t.language = l
	}
	themed := url.Values{}
	for key, values := range rest {
		if token, ok := strings.CutPrefix(key, "theme-"); ok {
			themed[token] = values
			delete(rest, key)
		}
	}
	over, err := themeOf(themed, "theme-")
	t.theme = over.Over(t.theme)
	return rest, err
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
