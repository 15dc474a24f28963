package widgets

import (
	goembed "embed"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"strings"

	"github.com/plonegov/carillon/federation"
)

//go:embed assets
var assets goembed.FS

// Renderer turns views into bytes. Safe for concurrent use.
type Renderer struct {
	words     map[string]words
	templates map[string]*template.Template // by kind
}

// NewRenderer reads the templates and sentences that are built in; an error
// is a mistake in them.
func NewRenderer() (*Renderer, error) {
	spoken, err := loadWords()
	if err != nil {
		return nil, err
	}
	t, err := template.ParseFS(assets, "assets/*.html")
	if err != nil {
		return nil, err
	}
	r := &Renderer{words: spoken, templates: map[string]*template.Template{}}
	for _, k := range Kinds {
		own, err := t.Clone()
		if err == nil {
			_, err = own.AddParseTree("widget", own.Lookup(k.Template).Tree)
		}
		if err != nil {
			return nil, fmt.Errorf("template of widget %q: %w", k.Name, err)
		}
		r.templates[k.Name] = own
	}
	return r, nil
}

// Fragment writes v as HTML for the inside of another page: a declarative
// shadow root with a link to its style sheet, and a plain link where browsers
// do not know one. The loader takes the same bytes, and the sheet from an
// attribute: neither a style element nor a link would pass every page's policy.
func (r *Renderer) Fragment(w io.Writer, v View) error {
	l := r.list(v)
	l.Rules = sheet
	return r.render(w, "fragment", v, l)
}

// Page writes v as a whole document for a frame. Its one style element holds
// exactly [PageStyle] of the view's theme, its one script [FrameScript].
func (r *Renderer) Page(w io.Writer, v View) error {
	l := r.list(v)
	l.Style, l.Script = template.CSS(PageStyle(v.Theme)), template.JS(frameScript)
	return r.render(w, "page", v, l)
}

func (r *Renderer) render(w io.Writer, name string, v View, l list) error {
	t := r.templates[v.Kind]
	if t == nil {
		return fmt.Errorf("render widget %q: %w", v.Kind, federation.ErrNotFound)
	}
	if err := t.ExecuteTemplate(w, name, l); err != nil {
		return fmt.Errorf("render %s of widget %q: %w", name, v.Kind, err)
	}
	return nil
}

// PageStyle is the style sheet of a frame page.
func PageStyle(t federation.Theme) string {
	return sheet + "html{" + Declarations(t) + ";background:var(--ca-surface)}" +
		"body{container-type:inline-size;font:1em/1.5 system-ui,sans-serif}.w{border-radius:0}"
}

// StyleSheet is the sheet of every widget followed by the tokens of a theme.
func StyleSheet(t federation.Theme) string {
	return sheet + ".w{" + Declarations(t) + "}"
}

// ThemeQuery is the query by which a style sheet is asked for in a theme: each
// token given, in a fixed order, with the "?", or "" for the hub's own look.
func ThemeQuery(t federation.Theme) string {
	var b strings.Builder
	for _, tok := range t.Tokens() {
		if *tok.Value == "" || tok.Name == "logo" {
			continue
		}
		b.WriteByte("?&"[min(b.Len(), 1)])
		b.WriteString(tok.Name + "=" + url.QueryEscape(*tok.Value))
	}
	return b.String()
}

// sheet is assets/carillon.css on one line, without the spaces that nothing
// needs.
var sheet = strings.NewReplacer(" {", "{", ", ", ",").Replace(shrink(mustRead("assets/carillon.css"), "/*", "*/", ""))

//go:embed releases/*.js
var releases goembed.FS
