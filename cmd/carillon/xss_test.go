package main

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation/shareddata"
)

// trap counts every way a payload shows that it ran, before the page's own
// code does anything.
const trap = `window.fired=0;for(const n of['alert','confirm','prompt','print','open'])window[n]=()=>{window.fired++};`

// provoke touches every element as a visitor's mouse and keyboard would,
// shadow roots included.
const provoke = `(()=>{const walk=r=>{for(const e of r.querySelectorAll('*')){
for(const t of['mouseover','mouseenter','focus','pointerenter','toggle'])try{e.dispatchEvent(new Event(t,{bubbles:true}))}catch{}
if(e.tagName==='A'&&/^\s*javascript:/i.test(e.getAttribute('href')||''))e.click();
if(e.shadowRoot)walk(e.shadowRoot)}};walk(document);return window.fired})()`

// TestHostileItemsNeverRun puts every XSS case of the shared data into a feed,
// as title, summary and content, harvests it, and opens what comes out as
// portal page, fragment, frame and widget.
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

	items := allItems(t, hub)
	if len(items) < len(cases)*95/100 {
		t.Fatalf("only %d of %d hostile items were harvested: the rest proves nothing", len(items), len(cases))
	}
	pages := []string{}
	for _, it := range items {
		pages = append(pages, hub+"/items/"+it.ID)
	}
	for i := range feeds.bodies {
		sel := fmt.Sprintf("source=hostile/s%d&limit=100", i)
		pages = append(pages, hub+"/search?"+sel, hub+"/embed/widget/list?"+sel, hub+"/embed/widget/list.html?"+sel,
			widgetPage(t, hub, sel))
	}
	page := b.Open(t, hub+"/", browsertest.Script(trap))
	var fired []string
	for _, url := range pages {
		page.Navigate(url)
		if strings.Contains(url, "/widget-page") {
			page.WaitFor(`!!document.querySelector('carillon-widget').shadowRoot`)
		}
		var n int
		page.Eval(provoke, &n)
		if n > 0 {
			fired = append(fired, url)
		}
	}
	t.Logf("%d cases, %d items, %d pages opened, %d fired", len(cases), len(items), len(pages), len(fired))
	if len(fired) > 0 {
		t.Errorf("script ran on %d pages, first %s", len(fired), fired[0])
	}
}

func xssCases(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shareddata.Dir(t, "hostile", "xss"), "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no XSS cases: %v", err)
	}
	var out []string
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		in := bufio.NewScanner(f)
		in.Buffer(nil, 4<<20)
		for in.Scan() {
			var c struct{ Input string }
			if json.Unmarshal(in.Bytes(), &c) == nil && c.Input != "" {
				out = append(out, c.Input)
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
func hostileFeeds(cases []string) feedFolder {
	var f feedFolder
	for from := 0; from < len(cases); from += casesPerFeed {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>H</title><link>https://h.example/</link><description>h</description>`)
		for i, c := range cases[from:min(from+casesPerFeed, len(cases))] {
			var esc strings.Builder
			xml.EscapeText(&esc, []byte(c))
			fmt.Fprintf(&b, "<item><guid>%d</guid><title>%s %d</title><link>https://h.example/%d</link><category>%s</category><description>%s</description><content:encoded>%s</content:encoded></item>",
				from+i, esc.String(), from+i, from+i, esc.String(), esc.String(), esc.String())
		}
		b.WriteString("</channel></rss>")
		f.bodies = append(f.bodies, []byte(b.String()))
	}
	return f
}

// allItems pages through everything the hub has.
func allItems(t *testing.T, hub string) []foundItem {
	t.Helper()
	var all []foundItem
	for cursor := ""; ; {
		status, body := get(t, hub+"/api/v1/items?limit=100&cursor="+cursor)
		var page struct {
			Items []foundItem
			Next  string
		}
		if err := json.Unmarshal([]byte(body), &page); err != nil || status != 200 {
			t.Fatalf("items = %d, %v: %.300s", status, err, body)
		}
		all = append(all, page.Items...)
		if cursor = page.Next; cursor == "" {
			return all
		}
	}
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
