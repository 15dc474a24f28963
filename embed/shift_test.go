package embed_test

import (
	"fmt"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// TestNothingMoves holds back the content until the page is painted, which is
// when a page would jump, and looks at what stands below the widget.
func TestNothingMoves(t *testing.T) {
	b := browsertest.New(t)
	placement := federation.Options{Summary: true}
	for name, p := range map[string]town{
		"snippet":  {body: `<p>Avant.</p>` + widgets.Snippet{Hub: "HUB", Placement: "actus", Link: "HUB/channels/actus", Label: "Actualités", Height: widgets.Reserve(5, placement)}.String()},
		"too low":  {body: widgets.Snippet{Hub: "HUB", Placement: "actus", Link: "HUB/channels/actus", Label: "Actualités", Height: "200px"}.String()},
		"too high": {body: widgets.Snippet{Hub: "HUB", Placement: "actus", Link: "HUB/channels/actus", Label: "Actualités", Height: "3000px"}.String()},
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

// TestReserveIsEnough keeps the estimate of Reserve above what lists need, so
// that a widget as wide as its page does not scroll.
func TestReserveIsEnough(t *testing.T) {
	h := newHub(t, region)
	b := browsertest.New(t)
	for _, c := range []struct {
		placement string
		n         int
		options   federation.Options
	}{
		{"actus", 5, federation.Options{Summary: true}},
		{"agenda", 4, federation.Options{}},
		{"tout", 9, federation.Options{Summary: true, Images: true}},
	} {
		url := serveTown(t, h, town{body: widgets.Snippet{Hub: "HUB", Placement: c.placement, Link: "HUB/", Label: "Lien", Height: widgets.Reserve(c.n, c.options)}.String()})
		for _, width := range []int{320, 400, 480, 560, 620, 768, 1280} {
			p := b.Open(t, url, browsertest.Viewport(width, 900))
			p.WaitFor(shown(0))
			// What is too much stands empty above the footer.
			var needs, has, empty float64
			p.Eval(shown(0)+".scrollHeight", &needs)
			p.Eval(shown(0)+".clientHeight", &has)
			p.Eval(`(w => w.querySelector("footer").offsetTop - w.querySelector("ul").offsetTop - w.querySelector("ul").offsetHeight - 16)(`+shown(0)+`)`, &empty)
			t.Logf("%s at %d px needs %v of %v px", c.placement, width, needs-empty, has)
			if needs > has {
				t.Errorf("%s at %d px needs %v px, reserved are %v", c.placement, width, needs, has)
			}
		}
	}
}
