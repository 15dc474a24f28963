package portal

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

// nameHub gives the hub a name and a colour of its own.
func nameHub(t *testing.T, h *hub) {
	t.Helper()
	err := h.store.InTx(t.Context(), func(tx federation.Tx) error {
		_, err := federation.Save(t.Context(), tx, federation.Hub{Name: federation.Text{"fr": "Portail du Pays de l’Ornelle", "nl": "Portaal van het Ornelleland"},
			Theme: federation.Theme{Accent: "#b3123a"}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.portal.cats.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestSiteFiles: each file that browsers and search engines ask for is there,
// with its type, a validator and a lifetime, whatever others added to its
// address, and what it leads to is there too.
func TestSiteFiles(t *testing.T) {
	h := newHub(t)
	nameHub(t, h)
	for path, kind := range map[string]string{
		"/favicon.ico": "image/x-icon", "/manifest.webmanifest": "application/manifest+json", "/opensearch.xml": "application/opensearchdescription+xml",
		"/sitemap.xml": "application/xml; charset=utf-8", "/sitemaps/directory.xml": "application/xml; charset=utf-8",
		"/sitemaps/items.xml": "application/xml; charset=utf-8", "/sitemaps/items-a.xml": "application/xml; charset=utf-8",
		"/favicon.ico?v=2": "image/x-icon", "/opensearch.xml?ui=nl&fbclid=1": "application/opensearchdescription+xml",
	} {
		w := h.get(path)
		tag := w.Header().Get("ETag")
		if w.Code != 200 || w.Header().Get("Content-Type") != kind || tag == "" || !strings.HasPrefix(w.Header().Get("Cache-Control"), "public, max-age=3600") {
			t.Errorf("GET %s = %d, %v", path, w.Code, w.Header())
		}
		if again := h.get(path, "If-None-Match: "+tag); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("GET %s again = %d, want 304", path, again.Code)
		}
		if head := h.ask(http.MethodHead, path); head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("ETag") != tag {
			t.Errorf("HEAD %s = %d with %d bytes", path, head.Code, head.Body.Len())
		}
	}
	for _, path := range []string{"/sitemaps/nothing.xml", "/sitemaps/items-A.xml", "/sitemaps/items-.xml", "/sitemaps/itemsa.xml", "/sitemaps/items-abc.xml", "/sitemaps/items-a%25.xml"} {
		if w := h.get(path); w.Code != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", path, w.Code)
		}
	}
	page := h.get("/?ui=nl").Body.String()
	for _, want := range []string{`<link rel="manifest" href="/manifest.webmanifest?ui=nl">`, `<link rel="search" type="application/opensearchdescription+xml" title="Portaal van het Ornelleland" href="/opensearch.xml?ui=nl">`} {
		if !strings.Contains(page, want) {
			t.Errorf("a page lacks %s", want)
		}
	}
}

func TestManifestWearsTheHub(t *testing.T) {
	h := newHub(t)
	nameHub(t, h)
	var m webManifest
	if err := json.Unmarshal(h.get("/manifest.webmanifest", "Accept-Language: nl").Body.Bytes(), &m); err != nil {
		t.Fatal(err)
	}
	if m.Name != "Portaal van het Ornelleland" || m.ShortName != "Portaal" || m.Lang != "nl" || m.Theme != "#b3123a" {
		t.Errorf("the manifest is %+v, want the hub's name, language and colour", m)
	}
	for _, i := range m.Icons {
		w := h.get(i.Src)
		if w.Code != 200 || w.Header().Get("Content-Type") != i.Type {
			t.Errorf("GET %s = %d %s, want %s", i.Src, w.Code, w.Header().Get("Content-Type"), i.Type)
		}
		if i.Type == "image/png" {
			if c, err := png.DecodeConfig(w.Body); err != nil || fmt.Sprintf("%dx%d", c.Width, c.Height) != i.Sizes {
				t.Errorf("%s is %dx%d, %v, want %s", i.Src, c.Width, c.Height, err, i.Sizes)
			}
		}
	}
}

func TestFaviconIsAnIcon(t *testing.T) {
	body := newHub(t).get("/favicon.ico").Body.Bytes()
	if !bytes.HasPrefix(body, []byte{0, 0, 1, 0, 2, 0}) {
		t.Fatalf("the icon begins with % x, want an icon directory of two", body[:6])
	}
	for i, size := range []int{32, 48} {
		entry := body[6+16*i:]
		n, at := binary.LittleEndian.Uint32(entry[8:]), binary.LittleEndian.Uint32(entry[12:])
		c, err := png.DecodeConfig(bytes.NewReader(body[at : at+n]))
		if err != nil || c.Width != size || c.Height != size || int(entry[0]) != size {
			t.Errorf("image %d is %dx%d, %v, want %d", i, c.Width, c.Height, err, size)
		}
	}
}

func TestOpenSearchSearches(t *testing.T) {
	h := newHub(t)
	nameHub(t, h)
	var d searchDescription
	if err := xml.Unmarshal(h.get("/opensearch.xml?ui=fr").Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	if d.ShortName != "Portail du Pays" || d.LongName != "Portail du Pays de l’Ornelle" || d.Language != "fr" {
		t.Errorf("the description is %+v", d)
	}
	at, err := url.Parse(strings.ReplaceAll(d.URLs[0].Template, "{searchTerms}", url.QueryEscape("travaux & déchets")))
	if err != nil || at.Host != "hub.example" || at.Query().Get("q") != "travaux & déchets" {
		t.Fatalf("the address of a search is %v, %v", at, err)
	}
	if w := h.get(at.RequestURI()); w.Code != 200 {
		t.Errorf("GET %s = %d", at.RequestURI(), w.Code)
	}
}

// TestSitemapIsWhole: every live item, member and channel is in one part, once,
// and each address answers.
func TestSitemapIsWhole(t *testing.T) {
	h := newHub(t)
	var index sitemapIndex
	if err := xml.Unmarshal(h.get("/sitemap.xml").Body.Bytes(), &index); err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, part := range index.Parts {
		var list sitemapURLs
		if err := xml.Unmarshal(h.get(strings.TrimPrefix(part.Loc, "https://hub.example")).Body.Bytes(), &list); err != nil {
			t.Fatalf("%s: %v", part.Loc, err)
		}
		for _, u := range list.URLs {
			seen[u.Loc]++
			if w := h.get(strings.TrimPrefix(u.Loc, "https://hub.example")); w.Code != 200 {
				t.Errorf("GET %s = %d, want 200", u.Loc, w.Code)
			}
			if _, err := time.Parse(time.RFC3339, u.LastMod); u.LastMod != "" && err != nil {
				t.Errorf("%s was changed at %q", u.Loc, u.LastMod)
			}
		}
	}
	want := 1 + len(h.portal.cats.Current().Members) + len(h.portal.cats.Current().Channels) + len(h.items)
	for loc, n := range seen {
		if n != 1 {
			t.Errorf("%s is listed %d times", loc, n)
		}
	}
	if len(seen) != want {
		t.Errorf("%d addresses are listed, want %d", len(seen), want)
	}
}

// TestPrefixes: whatever the number of items, their parts cover every id once,
// hold as many as the protocol allows, and are not more than need be.
func TestPrefixes(t *testing.T) {
	id := federation.NewItemID("m/s", "1")
	for n, parts := range map[int]int{0: 1, 5000: 1, 5001: 32, 100_000: 32, 160_000: 32, 1_000_000: 1024, 50_000_000: 1024} {
		list := prefixes(n)
		if len(list) != parts || n/len(list) > mostAddresses {
			t.Errorf("%d items are in %d parts, want %d", n, len(list), parts)
		}
		holds := 0
		for _, prefix := range list {
			if strings.HasPrefix(id, strings.TrimPrefix(prefix, "-")) {
				holds++
			}
		}
		if holds != 1 {
			t.Errorf("of %d items, %s is in %d parts, want 1", n, id, holds)
		}
	}
}
