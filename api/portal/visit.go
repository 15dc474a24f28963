package portal

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

// visit is one request with what every page needs of it.
type visit struct {
	*http.Request
	voice
	cat   *federation.Catalogue
	ui    string     // the language as the address asks for it, "" when it does not
	query url.Values // without ui
	now   time.Time
}

// visit reads the language of a request: the ui key, else what the browser
// prefers, else the first that the hub speaks, which also answers for a
// language of ours that its operator does not offer: old links and bookmarks
// stay good. A visit is usable even with an error, to say so.
func (p *Portal) visit(r *http.Request) (visit, error) {
	v := visit{Request: r, cat: p.cats.Current(), now: p.now(), query: web.Query(r.URL.RawQuery)}
	hub := v.cat.Hub
	v.voice = p.voices.of(Preferred(r.Header.Get("Accept-Language"), hub.Speaks())).at(hub)
	ui, asked := v.query["ui"]
	delete(v.query, "ui")
	if !asked || ui[0] == "" {
		return v, nil
	}
	if len(ui) > 1 {
		return v, federation.InvalidAs("repeated", "ui", "", "is given %d times; once is enough", len(ui))
	}
	if !slices.Contains(federation.Languages, ui[0]) {
		return v, federation.InvalidAs("ui", "ui", ui[0], "must be one of %s", strings.Join(federation.Languages, ", "))
	}
	spoken := ui[0]
	if !slices.Contains(hub.Speaks(), spoken) {
		spoken = hub.Speaks()[0]
	}
	v.ui, v.voice = spoken, p.voices.of(spoken).at(hub)
	return v, nil
}

// Preferred is the best of the languages spoken for an Accept-Language field,
// else the first of them.
func Preferred(accept string, spoken []string) string {
	const longest = 500 // no browser sends more
	if len(accept) > longest {
		return spoken[0]
	}
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return spoken[0]
	}
	for _, t := range tags {
		if base, _ := t.Base(); slices.Contains(spoken, base.String()) {
			return base.String()
		}
	}
	return spoken[0]
}

// link is an address of ours that keeps the reader's language.
func (v visit) link(path, query string) string { return address(path, query, v.ui) }

// searchLink is the results page of a selection.
func (v visit) searchLink(sel federation.Selection) string { return v.link("/search", sel.String()) }

// address joins what is there of a path, a query and a language.
func address(path, query, ui string) string {
	if ui != "" {
		if query != "" {
			query += "&"
		}
		query += "ui=" + ui
	}
	if query == "" {
		return path
	}
	return path + "?" + query
}
