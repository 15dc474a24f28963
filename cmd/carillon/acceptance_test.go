package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// The acceptance tests run a whole hub: the region file and the commands that
// an operator types, the SQLite store, the embedded search, HTTP on loopback.

// apiItem is an item as the JSON API gives it.
type apiItem struct {
	ID          string     `json:"id"`
	Type        string     `json:"type"`
	URL         string     `json:"url"`
	Title       string     `json:"title"`
	Summary     string     `json:"summary"`
	ContentHTML string     `json:"content_html"`
	Language    string     `json:"language"`
	Published   *time.Time `json:"published"`
	Updated     *time.Time `json:"updated"`
	Member      struct{ Slug string }
	Source      struct{ Slug string }
	Categories  []string `json:"categories"`
	Version     int      `json:"version"`
	Provenance  struct {
		Fetched     time.Time `json:"fetched"`
		License     string    `json:"license"`
		Attribution string    `json:"attribution"`
	} `json:"provenance"`
}

type itemPage struct {
	Items []apiItem `json:"items"`
	Next  string    `json:"next"`
}

// pagesOf returns everything of a selection as the API pages it, with the
// cursor that leads to each page but the first.
func pagesOf(t testing.TB, hub, sel string) (pages []itemPage) {
	t.Helper()
	for cursor := ""; ; {
		var page itemPage
		getJSON(t, hub+"/api/v1/items?limit=100&"+sel+cursor, &page)
		pages = append(pages, page)
		if page.Next == "" {
			return pages
		}
		cursor = "&cursor=" + page.Next
	}
}

func itemsOf(t testing.TB, hub, sel string) (all []apiItem) {
	t.Helper()
	for _, page := range pagesOf(t, hub, sel) {
		all = append(all, page.Items...)
	}
	return all
}

func getJSON(t testing.TB, url string, out any) {
	t.Helper()
	status, body := get(t, url)
	if status != http.StatusOK {
		t.Fatalf("GET %s = %d: %.300s", url, status, body)
	}
	if err := json.Unmarshal([]byte(body), out); err != nil {
		t.Fatalf("GET %s: %v in %.300s", url, err, body)
	}
}

// carillon runs one command as it is typed, and returns its exit code and all
// that it printed.
func carillon(t testing.TB, args ...string) (int, string) {
	t.Helper()
	out := &safeBuffer{}
	code := run(t.Context(), args, strings.NewReader(""), out, out)
	return code, out.String()
}

// applied writes the region file and applies it to a new data folder.
func applied(t testing.TB, regionYAML string) (data string) {
	t.Helper()
	data = t.TempDir()
	file := filepath.Join(t.TempDir(), "region.yaml")
	if err := os.WriteFile(file, []byte(regionYAML), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := carillon(t, "apply", file, "--data="+data); code != exitDone {
		t.Fatalf("apply = %d: %s", code, out)
	}
	return data
}

// publisher is an origin whose documents a test may change between harvests.
type publisher struct {
	mu   sync.Mutex
	docs map[string]http.HandlerFunc
}

func newPublisher(t testing.TB) (*publisher, string) {
	p := &publisher{docs: map[string]http.HandlerFunc{}}
	s := httptest.NewServer(p)
	t.Cleanup(s.Close)
	return p, s.URL
}

// ServeHTTP answers with the document of the path.
func (p *publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	doc := p.docs[r.URL.Path]
	p.mu.Unlock()
	if doc == nil {
		http.NotFound(w, r)
		return
	}
	doc(w, r)
}

func (p *publisher) put(path string, doc http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.docs[path] = doc
}

// bytesOf answers with a body as it is.
func bytesOf(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(body)) // a hub that hangs up is what some tests are about
	}
}

// entry is one item of a feed that a test writes; its texts are XML already.
type entry struct{ guid, title, link, text string }

// rssOf writes a small RSS document.
func rssOf(title string, entries ...entry) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>%s</title><link>https://example.org/</link><description>d</description>`, title)
	for _, e := range entries {
		fmt.Fprintf(&b, `<item><guid isPermaLink="false">%s</guid><title>%s</title><link>%s</link><description>%s</description><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item>`,
			e.guid, e.title, e.link, e.text)
	}
	return b.String() + "</channel></rss>"
}

func readAll(t testing.TB, res *http.Response) string {
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Errorf("GET %s: %v", res.Request.URL, err)
	}
	return string(body)
}
