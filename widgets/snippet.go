package widgets

import (
	"fmt"
	"html"
	"math"

	"github.com/plonegov/carillon/federation"
)

// Snippet is what a webmaster pastes: a widget around a link to the same
// content, and the loader. docs/snippet.md is the contract.
type Snippet struct {
	Hub       string // origin of the hub
	Placement string // slug; "" = a list of Select
	Select    string // canonical text of a selection
	Link      string // absolute address of the same content on the hub
	Label     string // of the link
	// Height is a CSS length that the page keeps free from its first paint, as
	// [Reserve] gives; "" keeps none, and what stands below then moves when
	// the content comes.
	Height string
}

// String is the HTML to paste, with every value escaped.
func (s Snippet) String() string {
	what := fmt.Sprintf(`data-placement="%s"`, html.EscapeString(s.Placement))
	if s.Placement == "" {
		what = fmt.Sprintf(`data-widget="list" data-select="%s"`, html.EscapeString(s.Select))
	}
	if s.Height != "" {
		what += fmt.Sprintf(` style="display:block;min-height:%s"`, html.EscapeString(s.Height))
	}
	hub := html.EscapeString(s.Hub)
	return fmt.Sprintf(`<carillon-widget data-hub="%s" %s>
  <a href="%s">%s</a>
</carillon-widget>
<script async src="%s/w/1/carillon.js"></script>
`, hub, what, html.EscapeString(s.Link), html.EscapeString(s.Label), hub)
}

// Heights of the parts of a list at 16 px text, in px: of a long title in a
// narrow column, and of a usual one in a wide one.
const (
	narrowCard, wideCard       = 188, 150
	narrowSummary, wideSummary = 126, 108
	narrowImage, wideImage     = 158, 196
	frameHeight                = 176 // title, footer, padding
)

// Reserve estimates the height of a list of n items as a CSS length: one
// column in narrow windows, two from 720 px. In a column beside others a
// webmaster should write a height of their own; a widget never outgrows what
// was reserved, it scrolls.
func Reserve(n int, o federation.Options) string {
	const twoColumns = 720
	narrow, wide, oneColumn := narrowCard, wideCard, 400 // wider, titles take fewer lines
	if o.Summary {
		narrow, wide = narrow+narrowSummary, wide+wideSummary
	}
	if o.Images {
		narrow, wide = narrow+narrowImage, wide+wideImage
		oneColumn = 560 // because pictures grow with their column
	}
	most := frameHeight + n*narrow
	least := frameHeight + (n+1)/2*wide
	slope := math.Ceil(float64(100*(most-least)) / float64(twoColumns-oneColumn))
	return fmt.Sprintf("clamp(%dpx,%gpx - %gvw,%dpx)", least, float64(most)+slope*float64(oneColumn)/100, slope, most)
}
