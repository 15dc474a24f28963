package portal

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

type memberView struct {
	page
	Class, Initial string
	Logo           string // a path of the hub, "" = the initial
	Name           label
	Kind           string
	Items          string
	Site           string // address of its home page, "" = none
	SiteName       string
	PostalCodes    string
	Spoken         string
	Near           string // address of what is published around it
	Slug           string
	Types          []typeLink
	Shelves        []shelf
	Sources        []sourceRow
	Snippet        string
}

// memberShelf is how many items of a type the page shows.
const memberShelf = 4

func (p *Portal) member(w http.ResponseWriter, v visit) error {
	m, err := v.cat.Member(chi.URLParam(v.Request, "slug"))
	if err != nil {
		return err
	}
	if next := v.cat.Successor(m.Slug); next != nil { // for as long as the merger lasts
		w.Header().Set("Cache-Control", "no-cache")
		http.Redirect(w, v.Request, v.memberURL(next.Slug), http.StatusFound)
		return nil
	}
	sel := federation.Selection{Members: []string{m.Slug}}
	counts, err := p.search.Search(v.Context(), search.Request{Select: federation.Selection{Members: sel.Members, Limit: 1},
		Language: v.Lang, Facets: []search.Facet{search.ByType}})
	if err != nil {
		return err
	}
	view := v.memberView(m)
	view.page = p.page(v, view.Name.Text)
	view.Items = v.N("items", counts.Total)
	view.Description = v.T("member_lead", "Member", view.Name.Text)
	view.Feeds = v.feeds(view.Name.Text, sel)
	view.Types = v.typeLinks(counts.Facets[search.ByType])
	for i := range view.Types {
		narrow := federation.Selection{Members: sel.Members, Types: []federation.ItemType{view.Types[i].Type}}
		view.Types[i].URL = v.searchLink(narrow)
	}
	if view.Snippet, err = p.memberSnippet(v, m); err != nil {
		return err
	}
	if view.Shelves, err = p.memberShelves(v, m, view.Types); err != nil {
		return err
	}
	if view.Sources, err = p.memberHealth(v, m.Slug); err != nil {
		return err
	}
	return p.render(w, v, "member", view)
}

// memberView is what the directory knows of a member.
func (v visit) memberView(m *federation.Member) memberView {
	name := v.name(m.Name)
	view := memberView{Class: memberClass(m.Slug), Initial: initial(name.Text), Logo: logoURL(m.Slug, m.Theme.Logo), Name: name, Kind: v.T("kind_" + string(m.Kind)),
		PostalCodes: strings.Join(m.PostalCodes, ", "), Slug: m.Slug}
	if onWeb(m.URL) {
		view.Site = m.URL
		_, view.SiteName, _ = strings.Cut(strings.TrimSuffix(m.URL, "/"), "://")
	}
	var spoken []string
	for _, l := range m.Languages {
		spoken = append(spoken, v.languageName(l))
	}
	view.Spoken = strings.Join(spoken, ", ")
	if m.Location != nil {
		view.Near = v.searchLink(federation.Selection{Near: m.Location, Sort: federation.ByDistance})
	}
	return view
}

// memberShelves shows a few items of each type that there is.
func (p *Portal) memberShelves(v visit, m *federation.Member, types []typeLink) ([]shelf, error) {
	var shelves []shelf
	for _, t := range types {
		sel := federation.Selection{Members: []string{m.Slug}, Types: []federation.ItemType{t.Type}}
		if t.Type == federation.EventItem {
			up := p.upcoming()
			sel.From, sel.Sort = up.From, up.Sort
		}
		s, err := p.shelf(v, sel, memberShelf)
		if err != nil {
			return nil, err
		}
		if len(s.Cards) > 0 {
			shelves = append(shelves, s)
		}
	}
	return shelves, nil
}
