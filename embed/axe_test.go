package embed_test

import (
	"fmt"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// rules are those of WCAG 2.0 to 2.2, A and AA.
var rules = []string{"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"}

func TestAccessibleInFourLanguages(t *testing.T) {
	h := newHub(t, region)
	b := browsertest.New(t)
	for _, lang := range federation.Languages {
		for _, scheme := range []string{"light", "dark"} {
			frames := []string{"tout?ui=" + lang}
			for _, k := range widgets.Kinds {
				frames = append(frames, "widget/"+k.Name+"?images&summary&limit=9&ui="+lang, "widget/"+k.Name+"?from=2099-01-01&ui="+lang)
			}
			for _, frame := range frames {
				p := b.Open(t, h.URL+"/embed/"+frame, browsertest.Media("prefers-color-scheme", scheme))
				for _, v := range p.Axe(rules...) {
					t.Errorf("frame %s, %s: %v", frame, scheme, v)
				}
			}
		}
		two := town{lang: lang, body: mount("actus", fmt.Sprintf(`data-lang="%s"`, lang)) + mount("agenda", fmt.Sprintf(`data-lang="%s" style="display:block;min-height:200px"`, lang)) + script}
		for _, width := range []int{320, 1280} {
			p := b.Open(t, serveTown(t, h, two), browsertest.Viewport(width, 900))
			p.WaitFor(shown(0) + "&&" + shown(1))
			for _, v := range p.Axe(rules...) {
				t.Errorf("two widgets in %s at %d px: %v", lang, width, v)
			}
			var wide int
			p.Eval("document.documentElement.scrollWidth", &wide)
			if wide > width {
				t.Errorf("two widgets at %d px need %d px: the page scrolls sideways", width, wide)
			}
		}
	}
}
