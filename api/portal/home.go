package portal

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

type homeView struct {
	page
	Heading   string
	Lead      string // "" = there is nothing yet
	Types     []typeLink
	Alerts    alertShelf
	News      shelf
	Events    shelf
	Services  shelf
	Members   []memberCard
	Channels  []channelLink
	SearchURL string
	Empty     string // what to do about a hub without anything to show
	Commands  []string
}

// typeLink leads to all items of a type.
type typeLink struct {
	Name, Count, URL string
	Type             federation.ItemType
}

// shelf is a short list with a way to the rest of it.
type shelf struct {
	Type  federation.ItemType
	Title string
	Cards []card
	More  string
}

// alertShelf are the gravest alerts in force, with a way to the others.
type alertShelf struct {
	Cards     []card
	More, All string // address, and how many there are, in words; "" when all are shown
}

type memberCard struct {
	Class, URL, Initial string
	Logo                string // a path of the hub, "" = the initial
	Name                label
	Kind, Items         string
}

type channelLink struct {
	URL   string
	Title label
}

// How much of each the home page shows.
const (
	homeNews, homeEvents, homeServices, homeAlerts = 7, 6, 6, 3
)

func (p *Portal) home(w http.ResponseWriter, v visit) error {
	counts, err := p.search.Search(v.Context(), search.Request{Select: federation.Selection{Limit: 1}, Language: v.Lang,
		Facets: []search.Facet{search.ByMember, search.ByType}})
	if err != nil {
		return err
	}
	view := homeView{
		page: p.withScript(p.page(v, "")), Heading: v.T("home_heading"), SearchURL: v.link("/search", ""),
		Lead:    v.N("home_lead", counts.Total, "Members", v.N("publishers", len(v.cat.Current()))),
		Types:   v.typeLinks(counts.Facets[search.ByType]),
		Members: v.memberCards(counts.Facets[search.ByMember]),
	}
	if counts.Total == 0 {
		view.Lead = "" // "0 publications" invites nobody
		view.Empty, view.Commands = v.T("empty_unread"), []string{"carillon harvest"}
		if len(v.cat.Current()) == 0 {
			view.Empty, view.Commands = v.T("empty_nobody"), []string{"carillon apply region.yaml", "carillon harvest"}
		}
	}
	if region := onlyRegion(v.cat); region != nil {
		view.Heading = v.T("home_heading_region", "Region", region.Name.In(v.Lang))
	}
	view.page.Title, view.Description = view.Heading, view.Lead
	view.Feeds = v.feeds(v.T("feed_all"), federation.Selection{})
	for _, c := range v.cat.Channels {
		view.Channels = append(view.Channels, channelLink{v.link("/channels/"+c.Slug, ""), v.name(c.Title)})
	}
	if view.Alerts, err = p.alerts(v); err != nil {
		return err
	}
	if view.News, err = p.shelf(v, federation.Selection{Types: []federation.ItemType{federation.News}}, homeNews); err != nil {
		return err
	}
	if view.Events, err = p.shelf(v, p.upcoming(), homeEvents); err != nil {
		return err
	}
	view.Services, err = p.shelf(v, federation.Selection{Types: []federation.ItemType{federation.Service}}, homeServices)
	if err != nil {
		return err
	}
	return p.render(w, v, "home", view)
}

// shelf fills a shelf with the first n items of a selection of one type.
func (p *Portal) shelf(v visit, sel federation.Selection, n int) (shelf, error) {
	s := shelf{Type: sel.Types[0], Title: v.typeNames(sel.Types[0]), More: v.searchLink(sel)}
	found, err := p.first(v.Context(), v, sel, n)
	s.Cards = v.cards(found)
	return s, err
}

func (p *Portal) first(ctx context.Context, v visit, sel federation.Selection, n int) ([]search.Found, error) {
	sel.Limit = n
	a, err := p.search.Search(ctx, search.Request{Select: sel, Language: v.Lang, Mark: true, List: true})
	return a.Items, err
}

// upcoming selects events from today on.
func (p *Portal) upcoming() federation.Selection {
	y, m, d := p.now().In(p.voices.of(federation.Languages[0]).at(p.cats.Current().Hub).zone).Date()
	return federation.Selection{Types: []federation.ItemType{federation.EventItem}, Sort: federation.ByStart,
		From: federation.Bound{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Day: true}}
}

// alerts are the gravest of those in force: alerts are ranked before they are
// cut, and those that are over come last.
func (p *Portal) alerts(v visit) (alertShelf, error) {
	sel := federation.Selection{Types: []federation.ItemType{federation.AlertItem}}
	over := func(f search.Found) bool { return f.Over(p.now()) }
	found, err := p.first(v.Context(), v, sel, homeAlerts)
	found = slices.DeleteFunc(found, over)
	out := alertShelf{Cards: v.cards(found)}
	if err != nil || len(found) < homeAlerts {
		return out, err
	}
	all, err := p.first(v.Context(), v, sel, federation.MaxLimit)
	if n := len(slices.DeleteFunc(all, over)); n > len(found) {
		out.More, out.All = v.searchLink(sel), v.N("alerts_all", n)
	}
	return out, err
}

// onlyRegion is the region of a hub that has one.
func onlyRegion(cat *federation.Catalogue) (region *federation.Member) {
	for i := range cat.Members {
		if cat.Members[i].Kind != federation.KindRegion {
			continue
		}
		if region != nil {
			return nil
		}
		region = &cat.Members[i]
	}
	return region
}

func (v visit) typeLinks(counts []search.LabelledCount) []typeLink {
	var links []typeLink
	for _, t := range federation.ItemTypes {
		i := slices.IndexFunc(counts, func(c search.LabelledCount) bool { return c.Value == string(t) })
		if i < 0 || counts[i].Count.Count == 0 {
			continue
		}
		sel := federation.Selection{Types: []federation.ItemType{t}}
		links = append(links, typeLink{v.typeNames(t), v.Numbers.Sprint(counts[i].Count.Count), v.searchLink(sel), t})
	}
	return links
}

// memberCards lists the members, by kind and then by name as the reader
// knows it.
func (v visit) memberCards(counts []search.LabelledCount) []memberCard {
	items := map[string]int{}
	for _, c := range counts {
		items[c.Value] = c.Count.Count
	}
	members := v.cat.Current()
	slices.SortStableFunc(members, func(a, b federation.Member) int {
		return cmp.Or(
			cmp.Compare(slices.Index(federation.MemberKinds, a.Kind), slices.Index(federation.MemberKinds, b.Kind)),
			cmp.Compare(a.Name.In(v.Lang), b.Name.In(v.Lang)))
	})
	cards := make([]memberCard, len(members))
	for i, m := range members {
		name := v.name(m.Name)
		cards[i] = memberCard{memberClass(m.Slug), v.memberURL(m.Slug), initial(name.Text), logoURL(m.Slug, m.Theme.Logo), name,
			v.T("kind_" + string(m.Kind)), v.N("items", items[m.Slug])}
	}
	return cards
}

func (v visit) memberURL(slug string) string { return v.link("/members/"+slug, "") }

// initial is the letter that stands for a name.
func initial(name string) string {
	for _, r := range name {
		return string(r)
	}
	return ""
}
