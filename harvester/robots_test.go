package harvester

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestRobots: pages that are read as a crawler would are asked for only where
// robots.txt lets them be; what a site publishes for machines is.
func TestRobots(t *testing.T) {
	tests := []struct {
		name, robots string
		want         int // items
	}{
		{"none", "HTTP/1.1 404 Not Found\n\n", 2},
		{"some", "HTTP/1.1 200 OK\n\nUser-agent: *\nDisallow: /private\n", 1},
		{"ours", "HTTP/1.1 200 OK\n\nUser-agent: *\nDisallow: /\n\nUser-agent: carillon\nAllow: /\n", 2},
		{"all", "HTTP/1.1 200 OK\n\nUser-agent: *\nDisallow: /\n", 0},
		{"broken", "HTTP/1.1 500 Oops\n\n", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newTestHub(t, newStore(t))
			pages := linesFormat()
			pages.Name, pages.Sniff = pageFormat, func(federation.Document) int { return 0 }
			w.formats = append(w.formats, pages)
			src := w.source(federation.Source{Member: "a", Slug: "map", URL: "http://a.example/map"})
			w.answer("http://a.example/robots.txt", test.robots)
			w.ok("http://a.example/map", `{"feed":"Map"}`+"\n"+`{"page":"http://a.example/public","format":"page"}`+"\n"+`{"page":"http://a.example/private","format":"page"}`)
			pageOf(w, "public", "P")
			pageOf(w, "private", "Q")
			w.one(src)
			if items := w.items(); len(items) != test.want {
				t.Errorf("items = %q, want %d", items, test.want)
			}
			for _, asked := range w.look() {
				if strings.Contains(asked, "/private") && test.want < 2 {
					t.Errorf("asked for %q", asked)
				}
			}
		})
	}
}
