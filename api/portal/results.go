package portal

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

type resultsView struct {
	page
	Address   string // of these results, as the reader may keep it
	Heading   string
	Scope     string        // filters and order in words, for who does not see them
	Corrected string        // the words searched instead of those typed
	AsTyped   string        // the words typed, when others were searched
	CorrectTo string        // address of the search as corrected
	TypedTo   string        // address of the search for the very words typed
	Past      string        // address of the events before today, "" where none are left out
	Best      []recommended // what the operator puts first
	Standby   bool          // the search server does not answer
	Cards     []card
	Filters   filters
	Faults    []fault
	Mended    string // address of the search without what is at fault
	Tags      []tag
	ClearAll  string
	Looser    []looser
	Advisers  []adviser // where nothing was found
	Map       mapFrame
	Next      string
	First     string // address of the first page, "" on it
}

// fewResults is the total up to which looser filters are offered.
const fewResults = 3

func (p *Portal) results(w http.ResponseWriter, v visit) error {
	query := v.query
	var unknown *federation.InvalidError
	if query.Has(placeKey) {
		query, unknown = v.placed(query)
	}
	sel, faults := federation.ReadSelection(asForm(query))
	if unknown != nil {
		faults = append(faults, unknown)
	}
	if fault := v.nobodys(sel); fault != nil {
		faults = append(faults, fault)
	}
	if len(faults) == 0 && v.query.Has(placeKey) {
		return v.moved(w, sel)
	}
	sel.Categories = v.cat.Subjects(sel.Categories) // the boxes are those of topics
	status := http.StatusBadRequest
	if len(faults) == 0 {
		status = http.StatusNotFound
	}
	if faults = append(faults, v.strangers(sel)...); len(faults) > 0 {
		return p.refuse(w, v, status, sel, faults)
	}
	asked := sel
	sel, past := p.coming(sel, sel)
	a, err := p.search.Search(v.Context(), search.Request{Select: sel, Language: v.Lang, Facets: search.Facets, Mark: true, Best: true})
	if fault := new(federation.InvalidError); errors.As(err, &fault) { // a cursor of another search
		return p.refuse(w, v, http.StatusBadRequest, sel, []*federation.InvalidError{fault})
	}
	if err != nil {
		return err
	}
	view := resultsView{page: p.withScript(p.page(v, v.T("results_title"))), Cards: v.cards(a.Items), Heading: v.resultsHeading(max(a.Total, len(a.Best)), a.Estimated, cmp.Or(a.Corrected, sel.Words))}
	if sel.Cursor == "" {
		search.NoteAsked(v.Context(), search.Asked{Words: sel.Words, Language: v.Lang, Found: a.Total})
	}
	view.Best = v.recommended(a.Best)
	if sel.Words != "" {
		view.page.Title = v.T("results_title_for", "Words", sel.Words)
	}
	if past != nil {
		view.Past = v.searchLink(*past)
	}
	view.NoIndex, view.Query, view.Description, view.SkipTo = true, sel.Words, view.Heading, "results"
	view.Canonical = p.publicURL + address("/search", asked.String(), "")
	sorted := asked
	sorted.Sort = sel.Sort
	view.Feeds = v.feeds(view.page.Title, sorted)
	if mayHaveDates(asked.Types) {
		view.Feeds = append(view.Feeds, v.calendarFeed(view.page.Title, asked))
	}
	view.Filters = v.filters(sorted, p.usual(asked), a.Facets)
	view.Address = v.searchLink(asked)
	view.Tags, view.Scope = v.tags(asked), v.scope(sorted)
	view.ClearAll = v.searchLink(federation.Selection{Words: sel.Words})
	view.Standby = a.Standby
	if a.Corrected != "" {
		fixed := sel
		fixed.Words, fixed.Cursor = a.Corrected, ""
		view.AsTyped, view.Corrected, view.CorrectTo = sel.Words, a.Corrected, v.searchLink(fixed)
		typed := sel
		typed.Words, typed.Cursor = literal(sel.Words, a.Corrected), ""
		view.TypedTo = v.searchLink(typed)
	}
	if a.Total <= fewResults {
		if a.Total == 0 {
			view.Advisers = v.advisers(asked)
		}
		if view.Looser, err = p.looser(v, sel, a.Total); err != nil {
			return err
		}
	}
	view.Next, view.First = v.pages(sel, a.Next)
	places := v.mapPlaces(a.Items)
	if view.Map = v.newMapFrame(asked, len(a.Items), places); view.Map.URL != "" {
		for _, place := range places {
			view.Cards[place.number-1].Pin = &pinNumber{v.T("map_number"), place.number}
		}
	}
	view.Scripts = append(view.Scripts, p.assets["near.js"].url())
	return p.render(w, v, "results", view)
}

// usual is the order of a selection that asks for none.
func (p *Portal) usual(sel federation.Selection) federation.Sort {
	sel.Sort = ""
	sel, _ = p.coming(sel, sel)
	return sel.Order()
}

// moved sends our form, whose place is in words, to the address of what it
// means: one that is short, the same for everybody, and good to pass on.
func (v visit) moved(w http.ResponseWriter, sel federation.Selection) error {
	w.Header().Set("Cache-Control", "no-cache") // who is called so may change
	http.Redirect(w, v.Request, v.searchLink(sel), http.StatusSeeOther)
	return nil
}

// mayHaveDates reports whether a selection of the types may find events or
// meetings, now or once some are published: who follows it waits for them.
func mayHaveDates(types []federation.ItemType) bool {
	return len(types) == 0 || slices.Contains(types, federation.EventItem) || slices.Contains(types, federation.Meeting)
}

// literal is a query as it was typed, with the words that were put right in
// quotes: what is quoted is looked for as it stands.
func literal(typed, corrected string) string {
	right := strings.Fields(corrected)
	words := strings.Fields(strings.ReplaceAll(typed, `"`, " "))
	for i, w := range words {
		if i >= len(right) || len(words) != len(right) || w != right[i] {
			words[i] = `"` + w + `"`
		}
	}
	return strings.Join(words, " ")
}

// resultsHeading counts what was found for the words that were searched; about
// is that nobody knows exactly.
func (v visit) resultsHeading(n int, about bool, words string) string {
	switch {
	case n == 0 && words == "":
		return v.T("results_none")
	case n == 0:
		return v.T("results_none_for", "Words", words)
	case about && words == "":
		return v.N("results_about", n)
	case about:
		return v.N("results_about_for", n, "Words", words)
	case words == "":
		return v.N("results", n)
	}
	return v.N("results_for", n, "Words", words)
}

// pages are the addresses of the page after this one and, behind the first,
// of the first.
func (v visit) pages(sel federation.Selection, cursor string) (next, first string) {
	if sel.Cursor != "" {
		start := sel
		start.Cursor = ""
		first = v.searchLink(start)
	}
	if cursor != "" {
		sel.Cursor = cursor
		next = v.searchLink(sel)
	}
	return next, first
}

// asForm drops what our form sends beside an open place: a radius, and the
// order by distance. A program that gives neither key of a place is told.
func asForm(query url.Values) url.Values {
	near, sent := query["near"]
	if !sent || strings.Join(near, "") != "" {
		return query
	}
	form := url.Values{}
	for k, v := range query {
		if k != "radius" && (k != "sort" || v[0] != string(federation.ByDistance)) {
			form[k] = v
		}
	}
	return form
}
