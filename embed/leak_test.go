package embed_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
)

// styles are the computed values of a widget's text, by element.
const styles = `(root => ["p.m", "li p[dir]", ".t a", "footer"].map(q => {
	const s = getComputedStyle(root.querySelector(q));
	return [q, ...["fontSize", "fontStyle", "fontVariant", "fontWeight", "fontStretch", "letterSpacing", "wordSpacing", "lineHeight", "textAlign", "textIndent",
		"textTransform", "textShadow", "whiteSpace", "direction", "writingMode", "wordBreak", "hyphens", "tabSize", "cursor", "textOrientation", "color", "fontFeatureSettings"].map(k => k + " " + s[k])].join("; ");
}))(document.querySelector("carillon-widget,.carillon").shadowRoot)`

// TestNothingOfThePageLeaksIn gives the page around a widget every property
// that is handed down, and compares with a page that has none.
func TestNothingOfThePageLeaksIn(t *testing.T) {
	h := newHub(t, region)
	b := browsertest.New(t)
	_, included := get(t, h.URL+"/embed/actus.html")
	for _, body := range []string{mount("actus", "") + script, included} {
		p := b.Open(t, serveTown(t, h, town{head: `<style id="page"></style>`, body: body}))
		p.WaitFor(`document.querySelector("carillon-widget,.carillon").shadowRoot?.querySelector(".w")`)
		look := func(css string) (got []string) {
			p.Eval(fmt.Sprintf(`document.querySelector("#page").textContent = %q`, css), nil)
			p.Eval(styles, &got)
			return got
		}
		want := look("")
		for _, css := range []string{
			"html{font-size:62.5%}", "html{font-size:20px}main{font-size:3em}", "main{letter-spacing:.3em;word-spacing:1em}",
			"main{line-height:3;text-align:justify;text-indent:3em}", "body{text-transform:uppercase;font-variant:small-caps;font-style:italic;font-weight:900}",
			"main{white-space:pre;word-break:break-all;hyphens:auto;tab-size:2}", "html{direction:rtl}", "main{writing-mode:vertical-rl}",
			"body{text-shadow:0 0 3px red;color:#fff;cursor:help;font-stretch:50%;font-feature-settings:'smcp'}",
			"*{letter-spacing:2px;font-size:9px;line-height:1;text-align:right}", "carillon-widget,.carillon{all:unset;display:block;font:italic 30px/4 serif}",
		} {
			if diff := cmp.Diff(want, look(css)); diff != "" {
				t.Errorf("under %s (-want +got):\n%s", css, diff)
			}
		}
	}
}

// TestHiddenWithItsPage keeps the one thing that must come in: what a page
// hides with all it holds, as a closed menu, stays hidden.
func TestHiddenWithItsPage(t *testing.T) {
	h := newHub(t, region)
	p := browsertest.New(t).Open(t, serveTown(t, h, town{body: `<div style="visibility:hidden">` + mount("actus", "") + `</div>` + script}))
	p.WaitFor(shown(0))
	var visible bool
	p.Eval(shown(0)+`.querySelector(".t a").checkVisibility({visibilityProperty: true})`, &visible)
	if visible {
		t.Error("a widget in a hidden part of the page can be seen")
	}
}

// TestRightToLeftPages reads the letters of dates and names in the order in
// which they stand on the screen, alone and after words of another direction.
func TestRightToLeftPages(t *testing.T) {
	h := newHub(t, func(h *hub) {
		region(h)
		for i := range h.items {
			h.items[i].Place = &federation.Place{Name: "ساحة البلدية 12"}
			h.items[i].Provenance.Attribution = "بلدية سامبر"
		}
	})
	b := browsertest.New(t)
	const lefts = `(root => [...root.querySelectorAll("p.m, p.s, footer span")].map(p => {
		const texts = [], walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
		for (let n; n = walker.nextNode();) {
			const range = document.createRange();
			range.selectNodeContents(n);
			texts.push([n.data.trim(), Math.round(range.getBoundingClientRect().left - p.getBoundingClientRect().left)].join("@"));
		}
		return texts.join(" ");
	}))(document.querySelector("carillon-widget,[data-carillon]").shadowRoot)`
	for _, form := range []string{mount("agenda", ""), `<div data-carillon="1" data-hub="HUB" data-placement="agenda"><a href="HUB/">Lien</a></div>`} {
		var want []string
		for _, dir := range []string{"ltr", "rtl"} {
			p := b.Open(t, serveTown(t, h, town{body: fmt.Sprintf(`<div dir="%s" style="max-width:500px">%s</div>`, dir, form) + script}))
			p.WaitFor(shown(0))
			var got []string
			p.Eval(lefts, &got)
			if dir == "ltr" {
				want = got
			} else if diff := cmp.Diff(want, got); diff != "" || len(got) < 5 || !strings.Contains(strings.Join(got, ""), "2026") {
				t.Errorf("in a page from right to left (-from left to right +got):\n%s", diff)
			}
		}
	}
}
