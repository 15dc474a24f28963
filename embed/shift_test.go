package embed_test

import (
	"fmt"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/widgets"
)

// TestNothingMoves holds back the content until the page is painted, which is
// when a page would jump, and looks at what stands below the widget.
func TestNothingMoves(t *testing.T) {
	b := browsertest.New(t)
	for name, p := range map[string]town{
		"snippet":  {body: `<p>Avant.</p>` + widgets.Snippet{Hub: "HUB", Placement: "actus", Link: "HUB/channels/actus", Label: "Actualités", Room: reserved("actus")}.String()},
		"cards":    {body: widgets.Snippet{Hub: "HUB", Placement: "cartes", Link: "HUB/search", Label: "Tout", Room: reserved("cartes")}.String()},
		"too low":  {body: widgets.Snippet{Hub: "HUB", Placement: "actus", Link: "HUB/channels/actus", Label: "Actualités", Room: widgets.Room{Size: "medium", Height: "200px"}}.String()},
		"too high": {body: widgets.Snippet{Hub: "HUB", Placement: "actus", Link: "HUB/channels/actus", Label: "Actualités", Room: widgets.Room{Size: "medium", Height: "3000px"}}.String()},
		"of old":   {body: mount("actus", `style="display:block;min-height:clamp(626px,1732px - 154vw,1116px)"`) + script},
		"style of the page, strict policy": {policy: "default-src 'none'; style-src 'self'; script-src HUB; connect-src HUB; img-src HUB data:; require-trusted-types-for 'script'",
			body: mount("agenda", `class="reserved"`) + script},
	} {
		for _, width := range []int{320, 768, 1280} {
			t.Run(fmt.Sprint(name, " ", width), func(t *testing.T) {
				h := newHub(t, region)
				h.hold = make(chan struct{})
				page := b.Open(t, serveTown(t, h, p), browsertest.Viewport(width, 900))
				page.WaitFor(`performance.getEntriesByName("first-contentful-paint").length`)
				var before, after float64
				const below = `document.querySelector("#below").getBoundingClientRect().top + scrollY`
				page.Eval(below, &before)
				close(h.hold)
				page.WaitFor(shown(0))
				page.Eval(below, &after)
				if got := page.CLS(); got != 0 || before != after {
					t.Errorf("CLS = %v, text below at %v then %v, want 0 and no move", got, before, after)
				}
			})
		}
	}
}
