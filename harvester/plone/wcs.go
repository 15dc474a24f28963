package plone

import (
	"cmp"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/plone/restapi"
	"github.com/plonegov/carillon/harvester/read"
)

// isWCS reports whether a is one of the lists that w.c.s. (Entr'ouvert's
// Publik, iMio's e-Guichet) gives: forms, or cards of campaigns.
func isWCS(a restapi.Answer) bool {
	if a.Name != "data" && a.Head != nil || len(a.Entries) == 0 {
		return a.Name == "data" && a.Head.Has("err")
	}
	o := a.Object(0)
	return isForm(o) || isCard(o)
}

func isForm(o restapi.Object) bool {
	return o.Raw("slug") != "" && o.Raw("title") != "" && o.Raw("@type") == ""
}

func isCard(o restapi.Object) bool { return o.Object("fields") != nil && o.Has("display_id") }

func (d *decoding) wcs(a restapi.Answer) {
	d.Complete = true
	for i := range a.Entries {
		o := a.Object(i)
		d.Listed++
		var it federation.Item
		switch {
		case isCard(o) && closedCard(o):
			d.Complete = false
			d.Warn(o.Text("uuid"), "is not open to the public ("+o.Object("workflow").Object("status").Text("name")+"); it was left out")
			continue
		case isCard(o):
			it = d.card(o)
		case isForm(o):
			it = d.form(o)
		}
		if it.OriginID == "" || d.seen[it.OriginID] {
			d.Complete = false
			d.Warn(it.OriginID, "could not be read, or is in the list twice")
			continue
		}
		d.seen[it.OriginID] = true
		d.Items = append(d.Items, it)
	}
}

// form reads a procedure. Who handles it inside the administration
// ("functions") is not for readers.
func (d *decoding) form(o restapi.Object) federation.Item {
	lang := d.doc.Source.Tongue()
	it := federation.Item{OriginID: o.Text("slug"), Type: federation.Service, Title: unescape(o.Text("title")),
		Summary: unescape(o.Text("description")), URL: d.absolute(o.Raw("url")),
		Categories: nonEmpty(append([]string{unescape(o.Text("category"))}, o.Texts("keywords")...))}
	raw := read.Paragraphs(unescape(o.Lines("description")))
	if o.True("authentication_required") {
		raw += "<dl><dt>" + html.EscapeString(restapi.Label("authentication_required", lang)) + "</dt><dd>" + restapi.Label("yes", lang) + "</dd></dl>"
	}
	it.Content = markup.Sanitise(raw, d.base)
	return it
}

// card reads a campaign of the box of ideas. The people who wrote and handled
// it, and its address in the back office, are not for readers.
func (d *decoding) card(o restapi.Object) federation.Item {
	f, lang := o.Object("fields"), d.doc.Source.Tongue()
	home := restapi.HomeOf(lang, d.doc.Source)
	it := federation.Item{OriginID: cmp.Or(o.Text("uuid"), o.Text("id"), o.Text("display_id")), Type: federation.Consultation,
		Title: cmp.Or(f.Text("titre"), f.Text("title"), o.Text("text"), o.Text("digest")), Categories: nonEmpty(named(f, "themes")),
		Published: o.When("receipt_time", home), Updated: o.When("last_update_time", home)}
	if address := d.absolute(o.Raw("url")); !strings.Contains(address, "/backoffice/") {
		it.URL = address
	}
	it.Event = period(f, home)
	var b strings.Builder
	for _, text := range []string{o.Text("text"), o.Text("digest")} {
		if text != "" && text != it.Title && !strings.Contains(b.String(), html.EscapeString(text)) {
			b.WriteString("<p>" + html.EscapeString(text) + "</p>")
		}
	}
	b.WriteString(restapi.Balance(restapi.Rich(f["description"]), d.base) + "<dl>")
	row := func(key, raw string) {
		if raw != "" {
			b.WriteString("<dt>" + html.EscapeString(restapi.Label(key, lang)) + "</dt><dd>" + raw + "</dd>")
		}
	}
	var bounds []string
	for _, key := range []string{"debut", "fin"} {
		if s := f.Raw(key); s != "" {
			bounds = append(bounds, restapi.Date(s, home))
		}
	}
	row("period", strings.Join(bounds, " – "))
	row("themes", html.EscapeString(strings.Join(named(f, "themes"), ", ")))
	row("zones", html.EscapeString(strings.Join(named(f, "zones"), ", ")))
	row("status", html.EscapeString(o.Object("workflow").Object("status").Text("name")))
	b.WriteString("</dl>")
	it.Content = markup.Sanitise(b.String(), d.base)
	return it
}

// absolute is an address as w.c.s. gives it: its API is no one's of Plone.
func (d *decoding) absolute(address string) string {
	if u := restapi.Absolute(d.base, address); u != nil {
		return u.String()
	}
	return ""
}

// named are the names of a list of cards: by themselves where the answer has
// them so, for a name may hold a comma.
func named(f restapi.Object, key string) []string {
	if list := f.Texts(key + "_structured"); len(list) > 0 {
		return list
	}
	return f.Texts(key)
}

func period(f restapi.Object, home restapi.Home) *federation.Event {
	e := &federation.Event{Start: f.When("debut", home), AllDay: true}
	if e.Start.IsZero() {
		return nil
	}
	if end := f.When("fin", home); !end.IsZero() {
		e.End = end.AddDate(0, 0, 1)
	}
	if !e.End.After(e.Start) {
		e.End = time.Time{}
	}
	return e
}

// hidden are the states of a card that nobody outside reads.
var hidden = []string{"brouillon", "draft", "en attente", "supprim", "archiv", "inactiv", "refus", "nouve"}

func closedCard(o restapi.Object) bool {
	state := strings.ToLower(o.Object("workflow").Object("status").Text("name"))
	return slices.ContainsFunc(hidden, func(s string) bool { return strings.HasPrefix(state, s) })
}

var escaped = regexp.MustCompile(`\\u[0-9a-fA-F]{4}`)

// unescape decodes \u00e9 written twice over, as some connectors do.
func unescape(s string) string {
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:], 16, 16)
		if err != nil || n < 0x20 || n >= 0xd800 && n < 0xe000 {
			return e
		}
		return string(rune(n))
	})
}

func nonEmpty(list []string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}
