package portal

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

type channelView struct {
	page
	Heading label
	Total   string
	Past    string // address of the events before today, "" where none are left out
	Cards   []card
	Refine  string // the channel as a search
	Next    string
	First   string
	Snippet string
}

func (p *Portal) channel(w http.ResponseWriter, v visit) error {
	c, err := v.cat.Channel(chi.URLParam(v.Request, "slug"))
	if err != nil {
		return err
	}
	sel, err := federation.SelectionFrom(v.query)
	if err != nil {
		return err
	}
	sel.Channels = []string{c.Slug}
	sel, past := p.coming(sel, c.Select)
	a, err := p.search.Search(v.Context(), search.Request{Select: sel, Language: v.Lang, Mark: true})
	if err != nil {
		return err
	}
	title := v.name(c.Title)
	view := channelView{page: p.page(v, title.Text), Heading: title, Total: v.N("items", a.Total), Cards: v.cards(a.Items),
		Refine: v.searchLink(federation.Selection{Channels: sel.Channels})}
	view.Description = v.T("channel_lead", "Channel", title.Text)
	view.Feeds = channelFeeds(title.Text, c.Slug)
	if sel.Cursor != "" {
		view.First, view.NoIndex = v.link("/channels/"+c.Slug, ""), true
	}
	if a.Next != "" {
		view.Next = v.link("/channels/"+c.Slug, federation.Selection{Cursor: a.Next, From: sel.From, Sort: sel.Sort}.String())
	}
	if past != nil {
		view.Past = v.searchLink(*past)
	}
	if view.Snippet, err = p.channelSnippet(v, c); err != nil {
		return err
	}
	return p.render(w, v, "channel", view)
}
