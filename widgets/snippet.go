package widgets

import (
	"fmt"
	"html"
	"math"

	"github.com/plonegov/carillon/federation"
)

// Snippet is what a webmaster pastes: the widget of a placement around a link
// to the same content, and the loader. height is a CSS length that the page
// keeps free from its first paint, as [Reserve] gives; "" keeps none, and what
// stands below then moves when the content comes. docs/snippet.md is the
// contract.
func Snippet(hub, placement, link, label, height string) string {
	style := ""
	if height != "" {
		style = fmt.Sprintf(` style="display:block;min-height:%s"`, html.EscapeString(height))
	}
	hub = html.EscapeString(hub)
	return fmt.Sprintf(`<carillon-widget data-hub="%s" data-placement="%s"%s>
  <a href="%s">%s</a>
</carillon-widget>
<script async src="%s/w/1/carillon.js"></script>
`, hub, html.EscapeString(placement), style, html.EscapeString(link), html.EscapeString(label), hub)
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
