package demo

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestValidators(t *testing.T) {
	r := newRegion(t, cold)
	h, base := r.Sources(), "http://127.0.0.1:4321"
	for _, path := range []string{"/sambre/feed/", "/lindewater/feed.json", proceduresPath, "/sambre/images/bridge.png", "/sambre/"} {
		first := get(t, h, base, path)
		tag, modified := first.Header().Get("ETag"), first.Header().Get("Last-Modified")
		if first.Code != http.StatusOK || tag == "" || modified == "" {
			t.Errorf("GET %s = %d with ETag %q and Last-Modified %q", path, first.Code, tag, modified)
		}
		for _, header := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", modified}} {
			if w := get(t, h, base, path, header...); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
				t.Errorf("GET %s with %s = %d and %d bytes, want 304 and none", path, header, w.Code, w.Body.Len())
			}
		}
	}
	for path, want := range map[string]int{"/sambre/feed": 404, "/nobody/": 404, "/sambre/../region.yaml": 404} {
		if w := get(t, h, base, path); w.Code != want {
			t.Errorf("GET %s = %d, want %d", path, w.Code, want)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, base+"/sambre/", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST = %d, want 405", w.Code)
	}
}

// TestSame holds the promise that the same moment and host give the same
// bytes: a harvest of the unchanged demo must find nothing new.
func TestSame(t *testing.T) {
	a, b := newRegion(t, cold).Sources(), newRegion(t, cold).Sources()
	for _, path := range []string{"/sambre/feed/", "/portail/actualites/RSS", "/bibliotheques/feed.json", proceduresPath} {
		one, two := get(t, a, "http://h", path), get(t, b, "http://h", path)
		if one.Body.String() != two.Body.String() {
			t.Errorf("GET %s differs between two regions of the same moment", path)
		}
	}
}

// TestPages follows every link of every site, starting from its home page.
func TestPages(t *testing.T) {
	const hub = "http://hub.example"
	r := newRegion(t, cold)
	sites := map[string]http.Handler{"sources": r.Sources()}
	for _, s := range r.Sites() {
		sites[s.Slug] = s.Handler(hub + "/")
	}
	for name, h := range sites {
		c := crawler{t: t, name: name, handler: h, hub: hub, seen: map[string]bool{"/": true}, ids: map[string]map[string]bool{}}
		c.visit("/")
		for ref := range c.fragments() {
			path, id, _ := strings.Cut(ref, "#")
			if c.ids[path] != nil && !c.ids[path][id] {
				t.Errorf("%s: nothing has the id of %s", name, ref)
			}
		}
		if pages := len(c.ids); pages < 5 {
			t.Errorf("%s has %d pages, want some to read", name, pages)
		}
	}
}

type crawler struct {
	t       *testing.T
	name    string
	handler http.Handler
	hub     string
	seen    map[string]bool            // addresses with their fragments
	ids     map[string]map[string]bool // by page
}

func (c *crawler) fragments() map[string]bool {
	out := map[string]bool{}
	for ref := range c.seen {
		if strings.Contains(ref, "#") {
			out[ref] = true
		}
	}
	return out
}

func (c *crawler) visit(path string) {
	w := get(c.t, c.handler, "http://127.0.0.1:4321", path)
	if w.Code != http.StatusOK {
		c.t.Errorf("%s: GET %s = %d", c.name, path, w.Code)
	}
	if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		return
	}
	body := w.Body.String()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		c.t.Fatalf("%s %s: %v", c.name, path, err)
	}
	c.ids[path] = map[string]bool{}
	counts := map[string]int{}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			counts[n.Data]++
			c.element(path, n)
		}
	}
	if counts["title"] != 1 || counts["h1"] != 1 || counts["main"] != 1 {
		c.t.Errorf("%s %s has %d title, %d h1 and %d main, want one each", c.name, path, counts["title"], counts["h1"], counts["main"])
	}
	if !strings.HasPrefix(body, "<!doctype html>") || strings.Contains(body, "<no value>") {
		c.t.Errorf("%s %s is not a whole page", c.name, path)
	}
}

func (c *crawler) element(path string, n *html.Node) {
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			if c.ids[path][a.Val] {
				c.t.Errorf("%s %s has the id %q twice", c.name, path, a.Val)
			}
			c.ids[path][a.Val] = true
		case "href", "src", "action":
			c.follow(path, a.Val)
		case "style":
			c.t.Errorf("%s %s has a style attribute, which a strict page may not", c.name, path)
		}
	}
	if n.Data == "html" && (len(n.Attr) == 0 || n.Attr[0].Key != "lang" || n.Attr[0].Val == "") {
		c.t.Errorf("%s %s does not say its language", c.name, path)
	}
}

func (c *crawler) follow(from, ref string) {
	if strings.HasPrefix(ref, c.hub+"/") || ref == "data:," {
		return
	}
	u, err := url.Parse(ref)
	if err != nil || u.Host != "" {
		c.t.Errorf("%s %s leads to %q, which is neither here nor at the hub", c.name, from, ref)
		return
	}
	if u.Path == "" {
		u.Path = from
	}
	target := u.RequestURI()
	if u.Fragment != "" {
		c.seen[target+"#"+u.Fragment] = true
	}
	if !c.seen[target] {
		c.seen[target] = true
		c.visit(target)
	}
}
