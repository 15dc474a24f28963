package portal

import (
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/widgets"
)

// snippetItems is how many items a snippet shows that names no placement.
const snippetItems = 5

// channelSnippet embeds the newest items of a channel.
func (p *Portal) channelSnippet(v visit, c *federation.Channel) (string, error) {
	pl := federation.Placement{Widget: widgets.Kinds[0].Name, Select: federation.Selection{Channels: []string{c.Slug}, Limit: snippetItems}}
	return p.snippet(v, pl, "/channels/"+c.Slug, v.name(c.Title).Text)
}

// memberSnippet embeds the member's first placement, or what it publishes.
func (p *Portal) memberSnippet(v visit, m *federation.Member) (string, error) {
	pl := federation.Placement{Widget: widgets.Kinds[0].Name, Select: federation.Selection{Members: []string{m.Slug}, Limit: snippetItems}}
	for _, saved := range v.cat.Placements {
		if saved.Member == m.Slug {
			pl = saved
			pl.Theme = pl.Theme.Over(m.Theme)
			break
		}
	}
	return p.snippet(v, pl, "/members/"+m.Slug, m.Name.In(m.Language()))
}

// snippet embeds a placement, or its selection when it was never saved, in the
// room that its items of today take. The page at the path shows them too.
func (p *Portal) snippet(v visit, pl federation.Placement, path, label string) (string, error) {
	found, err := p.search.Search(v.Context(), search.Request{Select: pl.Select, Language: v.Lang, List: true})
	if err != nil {
		return "", err
	}
	view := widgets.View{Kind: pl.Widget, Theme: pl.Theme, Options: pl.Options, Language: v.Lang}
	if len(pl.Select.Channels) == 1 {
		view.Title = federation.Text{v.Lang: label} // of the channel
	}
	for _, f := range found.Items {
		view.Entries = append(view.Entries, widgets.Entry{Item: f.Item, Member: f.Member.Name})
	}
	s := widgets.Snippet{Hub: p.publicURL, Placement: pl.Slug, Kind: pl.Widget, Link: p.publicURL + path, Label: label, Room: widgets.Reserve(view)}
	if s.Placement == "" {
		s.Select = pl.Select.String()
	}
	return s.String(), nil
}
