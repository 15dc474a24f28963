package demo

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
)

// TestSitesInBrowser looks at the municipal pages as they are when the hub is
// gone: the link inside the snippet stays, nothing is broken, and axe-core
// finds nothing. DEMO_SCREENSHOTS names a folder to put pictures of them in.
func TestSitesInBrowser(t *testing.T) {
	b := browsertest.New(t)
	gone := httptest.NewServer(http.NotFoundHandler())
	hub := gone.URL
	gone.Close()
	r := newRegion(t, cold)
	for _, s := range r.Sites() {
		t.Run(s.Slug, func(t *testing.T) {
			origin := serve(t, s.Handler(hub))
			for _, width := range []int{1280, 390, 320} {
				p := b.Open(t, origin+"/", browsertest.Viewport(width, 900))
				var overflow float64
				p.Eval(`document.documentElement.scrollWidth - innerWidth`, &overflow)
				if overflow > 0 {
					t.Errorf("at %d px the page is %v px too wide", width, overflow)
				}
				var links int
				p.Eval(`[...document.querySelectorAll("carillon-widget > a, [data-carillon] > a")].filter(a => a.checkVisibility()).length`, &links)
				if links == 0 {
					t.Errorf("at %d px no link of a snippet is to be seen", width)
				}
				if width == 320 {
					continue // two widths are enough for axe-core
				}
				for _, v := range p.Axe("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") {
					t.Errorf("at %d px: %v", width, v)
				}
				if dir := os.Getenv("DEMO_SCREENSHOTS"); dir != "" {
					p.Screenshot(filepath.Join(dir, s.Slug+map[int]string{1280: "-wide", 390: "-narrow"}[width]+".png"), width, 2400)
				}
			}
		})
	}
}
