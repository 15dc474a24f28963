package main

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation/shareddata"
)

// trap counts every way a payload shows that it ran, before the page's own
// code does anything.
//
//go:embed testdata/xss/trap.js
var trap string

// provoke touches every element and gives where script ran.
//
//go:embed testdata/xss/provoke.js
var provoke string

// tabs is how many pages of the browser are open at once.
const tabs = 2

// TestHostileItemsNeverRun puts every XSS case of the shared data into a feed,
// as title, summary, category and content, harvests it, and opens what comes
// out as portal page, fragment, frame and widget.
func TestHostileItemsNeverRun(t *testing.T) {
	cases := xssCases(t)
	feeds := hostileFeeds(cases)
	origin := httptest.NewServer(feeds)
	t.Cleanup(origin.Close)

	var y strings.Builder
	y.WriteString("members:\n  - slug: hostile\n    kind: commune\n    name: Hostile\n    sources:\n")
	for i := range feeds.bodies {
		fmt.Fprintf(&y, "      - {slug: s%d, url: %q}\n", i, fmt.Sprintf("%s/%d", origin.URL, i))
	}
	hub := startHub(t, y.String())
	b := browsertest.New(t)

	items := itemsOf(t, hub, "")
	if len(items) < len(cases)*95/100 {
		t.Fatalf("only %d of %d hostile items were harvested: the rest proves nothing", len(items), len(cases))
	}
	var pages []string
	for i := range feeds.bodies {
		sel := fmt.Sprintf("source=hostile/s%d&limit=100", i)
		pages = append(pages, hub+"/search?"+sel, hub+"/embed/widget/list?summary=true&"+sel,
			hub+"/embed/widget/list.html?summary=true&"+sel, widgetPage(t, hub, sel))
	}
	// The lists show every title, summary and category; what else an item's
	// own page shows is its content, and equal contents need one look.
	seen := map[string]bool{}
	for _, it := range items {
		if !seen[it.ContentHTML] {
			seen[it.ContentHTML] = true
			pages = append(pages, hub+"/items/"+it.ID)
		}
	}
	t.Logf("%d cases, %d items with %d different contents, %d pages", len(cases), len(items), len(seen), len(pages))
	for tab := range tabs {
		t.Run(fmt.Sprintf("tab %d", tab), func(t *testing.T) {
			t.Parallel()
			page := b.Open(t, hub+"/", browsertest.Script(trap))
			for i := tab; i < len(pages); i += tabs {
				if fired := provoked(page, pages[i]); len(fired) > 0 {
					t.Errorf("script ran on %s", pages[i])
				}
			}
		})
	}
}

func provoked(page *browsertest.Page, address string) (fired []string) {
	page.Navigate(address)
	if strings.Contains(address, "/widget-page") {
		page.WaitFor(`!!document.querySelector('carillon-widget').shadowRoot`)
	}
	page.Eval(provoke, &fired)
	return fired
}

// TestRawCasesRun is the positive control: where nobody sanitises, the trap
// and the provocation above see script run.
func TestRawCasesRun(t *testing.T) {
	known, err := os.ReadFile(shareddata.Dir(t, "hostile", "xss", "fires-raw.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Fired []string }
	if err := json.Unmarshal(known, &list); err != nil || len(list.Fired) == 0 {
		t.Fatalf("fires-raw.json lists %d cases: %v", len(list.Fired), err)
	}
	const framesPerPage = 60
	var raw []string
	for _, c := range xssCases(t) {
		if slices.Contains(list.Fired, c.ID) {
			raw = append(raw, fmt.Sprintf("<iframe data-id=%q sandbox='allow-scripts allow-same-origin' srcdoc=\"%s\"></iframe>",
				c.ID, html.EscapeString("<!doctype html><body>"+c.Input+"</body></html>")))
		}
	}
	p, origin := newPublisher(t)
	b := browsertest.New(t)
	fired := map[string]bool{}
	for n := range (len(raw) + framesPerPage - 1) / framesPerPage {
		path := fmt.Sprintf("/%d", n)
		frames := raw[n*framesPerPage : min((n+1)*framesPerPage, len(raw))]
		p.put(path, bytesOf("text/html; charset=utf-8", "<!doctype html><title>Raw</title>"+strings.Join(frames, "\n")))
		page := b.Open(t, origin+path, browsertest.Script(trap))
		var ids []string
		page.Eval(provoke, &ids)
		page.Close()
		for _, id := range ids {
			fired[id] = true
		}
	}
	n := 0
	for _, id := range list.Fired {
		if fired[id] {
			n++
		}
	}
	t.Logf("%d of %d cases known to run did run", n, len(list.Fired))
	if n*10 < len(list.Fired)*9 {
		t.Errorf("%d of %d cases known to run did run; below 90 %% the trap is blind", n, len(list.Fired))
	}
}

type xssCase struct{ ID, Input string }

func xssCases(t *testing.T) []xssCase {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shareddata.Dir(t, "hostile", "xss"), "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no XSS cases: %v", err)
	}
	var out []xssCase
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		in := bufio.NewScanner(f)
		in.Buffer(nil, 4<<20)
		for in.Scan() {
			var c xssCase
			if err := json.Unmarshal(in.Bytes(), &c); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if c.Input != "" {
				out = append(out, c)
			}
		}
		f.Close()
	}
	return out
}

const casesPerFeed = 100

type feedFolder struct{ bodies [][]byte }

func (f feedFolder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var n int
	if _, err := fmt.Sscanf(r.URL.Path, "/%d", &n); err != nil || n >= len(f.bodies) {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/rss+xml")
	w.Write(f.bodies[n])
}

// hostileFeeds writes each case as the title, the description and the content
// of one item.
func hostileFeeds(cases []xssCase) feedFolder {
	var f feedFolder
	for from := 0; from < len(cases); from += casesPerFeed {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>H</title><link>https://h.example/</link><description>h</description>`)
		for i, c := range cases[from:min(from+casesPerFeed, len(cases))] {
			var esc strings.Builder
			xml.EscapeText(&esc, []byte(c.Input))
			fmt.Fprintf(&b, "<item><guid>%d</guid><title>%s %d</title><link>https://h.example/%d</link><category>%s</category><description>%s</description><content:encoded>%s</content:encoded></item>",
				from+i, esc.String(), from+i, from+i, esc.String(), esc.String(), esc.String())
		}
		b.WriteString("</channel></rss>")
		f.bodies = append(f.bodies, []byte(b.String()))
	}
	return f
}

// widgetPage serves a page of another origin that embeds the selection.
func widgetPage(t *testing.T, hub, sel string) string {
	t.Helper()
	page := fmt.Sprintf(`<!DOCTYPE html><html lang="fr"><title>Page</title><h1>Page</h1>
<carillon-widget data-hub=%q data-widget="list" data-select=%q><a href=%q>Tout</a></carillon-widget>
<script async src="%s/w/1/carillon.js"></script>`, hub, sel, hub+"/", hub)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, page)
	}))
	t.Cleanup(s.Close)
	return s.URL + "/widget-page"
}
