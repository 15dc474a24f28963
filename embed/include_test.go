package embed_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/embed/browsertest"
)

// TestFragmentIncludedByAServer puts the fragment into the page as SSI, ESI
// and build steps do: it must be styled and use no script.
func TestFragmentIncludedByAServer(t *testing.T) {
	h := newHub(t, region)
	_, fragment := get(t, h.URL+"/embed/actus.html")
	b := browsertest.New(t)
	for _, policy := range []string{"", "default-src 'none'; style-src 'self' HUB; img-src data:"} {
		p := b.Open(t, serveTown(t, h, town{policy: policy, body: fragment}))
		var got []any
		p.Eval(`(r => [r.querySelectorAll("li").length, getComputedStyle(r.querySelector("li .t a")).color, getComputedStyle(r.querySelector("li .t")).textTransform])(document.querySelector(".carillon").shadowRoot)`, &got)
		if diff := cmp.Diff([]any{5.0, "rgb(179, 18, 58)", "none"}, got); diff != "" {
			t.Errorf("with policy %q: items, colour, transform (-want +got):\n%s", policy, diff)
		}
		if got := p.ConsoleErrors(); len(got) != 0 {
			t.Errorf("with policy %q: errors %q", policy, got)
		}
		if p.CLS() != 0 {
			t.Errorf("with policy %q: CLS %v", policy, p.CLS())
		}
	}
}

// TestFrameOnTheMembersSitesAlone lets the browser judge frame-ancestors.
func TestFrameOnTheMembersSitesAlone(t *testing.T) {
	h := newHub(t, region)
	url := serveTown(t, h, town{body: `<iframe src="HUB/embed/agenda" title="Agenda" sandbox="allow-popups" width="600" height="400"></iframe>`})
	b := browsertest.New(t)
	for origin, want := range map[string]bool{strings.TrimSuffix(url, "/"): true, "https://www.sambre.example": false} {
		h.change(t, func() { h.members[1].Sites = []string{origin} })
		refused := strings.Contains(strings.Join(b.Open(t, url).ConsoleErrors(), "\n"), "frame-ancestors")
		if refused == want {
			t.Errorf("frame of a member whose site is %s: refused = %v, want %v", origin, refused, !want)
		}
	}
}
