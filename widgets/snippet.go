package widgets

import (
	"cmp"
	"fmt"
	"html"
)

// Snippet is what a webmaster pastes: a widget around a link to the same
// content, and the loader. docs/snippet.md is the contract.
type Snippet struct {
	Hub       string // origin of the hub
	Placement string // slug; "" = a widget of Kind that shows Select
	Kind      string // "" = the first of Kinds
	Select    string // canonical text of a selection
	Link      string // absolute address of the same content on the hub
	Label     string // of the link
	// Room is kept free from the page's first paint, as [Reserve] gives it. The
	// zero value keeps none, and what stands below then moves when the content
	// comes.
	Room Room
}

// box makes the element as wide before the loader runs as the loader's style
// sheet does after (:host in carillon.css).
const box = "display:block;box-sizing:border-box;width:100%;flex:1 1 240px;container-type:inline-size;contain-intrinsic-width:240px"

// String is the HTML to paste, with every value escaped. The element in the
// slot keeps the room: percentages of its padding are of the element's width,
// while those of a height, and any unit of the window, are not. It is a span
// because a div would end the paragraph into which some paste a snippet.
func (s Snippet) String() string {
	what := fmt.Sprintf(`data-placement="%s"`, html.EscapeString(s.Placement))
	if s.Placement == "" {
		what = fmt.Sprintf(`data-widget="%s" data-select="%s"`, html.EscapeString(cmp.Or(s.Kind, Kinds[0].Name)), html.EscapeString(s.Select))
	}
	link := fmt.Sprintf(`<a href="%s">%s</a>`, html.EscapeString(s.Link), html.EscapeString(s.Label))
	if s.Room != (Room{}) {
		what += fmt.Sprintf(` style="%s"`, box)
		link = fmt.Sprintf(`<span slot="room" style="display:block;height:0;font-size:%s;padding:0 0 %s">%s</span>`,
			html.EscapeString(s.Room.Size), html.EscapeString(s.Room.Height), link)
	}
	hub := html.EscapeString(s.Hub)
	return fmt.Sprintf(`<carillon-widget data-hub="%s" %s>
  %s
</carillon-widget>
<script async src="%s/w/1/carillon.js"></script>
`, hub, what, link, hub)
}
