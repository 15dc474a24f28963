package main

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
)

// signsAlone are queries that look for nothing.
var signsAlone = []string{`"`, `-`, `-a -b`, `""`, `"" ""`, `*`, `?`, `--`, `- -`, `-"a b"`, `-“a b”`, `«»`, `()`, `+`, `!`, `...`, `-a`, `"-"`}

// hostileWords are a few of ours, so that a clone without the shared data has
// something to ask too.
var hostileWords = []string{
	"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "'; DROP TABLE item; --", `" OR 1=1 --`, "member = 'a' OR type = b", "{{7*7}}", "%s%n%x", "../../etc/passwd",
	"\u202eevil", "a\u0301\u0301\u0301\u0301", "\ufeffbom", "🏳️‍🌈👩‍👩‍👧", "ﷺ﷽", "Ω≈ç√∫", "１２３", "İstanbul ıI", "ﬀ ﬃ", "null", "NaN", "-0", "1e309", "a:b:c", `a\b`, "a AND (b OR c) NOT d", "_geoRadius(0,0,1)",
	strings.Repeat("a ", 149), strings.Repeat("\"", 300), strings.Repeat("-", 300), strings.Repeat("-a ", 99), strings.Repeat("ß", 300), "x" + strings.Repeat("\u0300", 299), strings.Repeat("déchets ", 37),
}

// searchAddresses give a text to every part of a search that takes one.
func searchAddresses(text string) []string {
	q := url.QueryEscape(text)
	out := []string{"/api/v1/suggest?q=" + q, "/feed.rss?q=" + q, "/embed/widget/list.html?q=" + q}
	for _, key := range []string{"q", "member", "type", "category", "lang", "source", "channel", "from", "to", "near", "radius", "postcode", "sort", "limit", "cursor", "as", "explain", "synonyms", "filter"} {
		out = append(out, "/api/v1/search?"+key+"="+q)
		if key == "q" || key == "category" || key == "near" {
			out = append(out, "/search?"+key+"="+q+"&ui=nl")
		}
	}
	return append(out, "/api/v1/search?q=fete&"+q+"=1", "/api/v1/search?q=fete&member="+q+"&type=news", "/api/v1/search?q=fete&category="+q+",a&sort=newest")
}

var anyTag = regexp.MustCompile(`</?mark>`)

// wantSound asks an address and holds that the answer is one that may be given
// to anybody: never a breakdown, JSON where JSON is promised, and nothing in
// what is marked but marks.
func (h *trustHub) wantSound(t *testing.T, target string) int {
	t.Helper()
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
	if w.Code >= 500 || !utf8.Valid(w.Body.Bytes()) {
		t.Errorf("GET %.200s = %d: %.200s", target, w.Code, w.Body)
		return w.Code
	}
	switch {
	case w.Code >= 300 && w.Code < 400:
	case strings.HasPrefix(target, "/api/"):
		var answer struct {
			Status int
			Detail string
			Items  []struct {
				Highlight struct{ Title, Summary string }
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Errorf("GET %.200s = %d, no JSON: %v: %.200s", target, w.Code, err, w.Body)
		}
		if w.Code >= 400 && (answer.Status != w.Code || answer.Detail == "") {
			t.Errorf("GET %.200s = %d, want a problem that says what: %.200s", target, w.Code, w.Body)
		}
		for _, it := range answer.Items {
			if left := anyTag.ReplaceAllString(it.Highlight.Title+it.Highlight.Summary, ""); strings.ContainsAny(left, "<>") {
				t.Errorf("GET %.200s marks with more than marks: %q", target, left)
			}
		}
	case strings.HasPrefix(target, "/search"):
		if body := w.Body.String(); !strings.Contains(body, "<h1") || strings.Contains(body, "alert(1)</script>") || strings.Contains(body, "<img src=x") {
			t.Errorf("GET %.200s = %d is no page, or runs what it was sent: %.200s", target, w.Code, body)
		}
	}
	return w.Code
}

// TestHostileSearches: texts made to break something, as query, as filter and
// as document.
func TestHostileSearches(t *testing.T) {
	texts := hostileWords
	if !t.Run("shared", func(t *testing.T) {
		shareddata.Dir(t, "hostile", "text")
		texts = append(texts, inputsOf(t, "text", "naughty-strings.jsonl")...)
		for _, body := range formattest.Cases(t, "text/utf8-cases") {
			texts = append(texts, string(body))
		}
	}) {
		return
	}
	h := hostileHub(t, texts)
	asked, refused := 0, 0
	for _, text := range texts {
		for _, target := range searchAddresses(text) {
			asked++
			if h.wantSound(t, target) == 400 {
				refused++
			}
		}
	}
	t.Logf("%d texts, %d requests, %d refused", len(texts), asked, refused)
}

// hostileHub is a hub whose one feed consists of the texts.
func hostileHub(t *testing.T, texts []string) *trustHub {
	type entry struct {
		ID    string   `json:"id"`
		Title string   `json:"title"`
		Text  string   `json:"content_text"`
		Tags  []string `json:"tags"`
	}
	items := []entry{{"fete", "Fête du village", "Bal et cortège.", []string{"Fêtes"}}}
	for i, text := range texts {
		items = append(items, entry{fmt.Sprint(i), text, text + " fête " + text, []string{text}})
	}
	b, err := json.Marshal(map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": "x", "language": "fr", "items": items})
	if err != nil {
		t.Fatal(err)
	}
	site := newSite(t)
	site.publisher.put("/f.json", bytesOf("application/feed+json", string(b)))
	h := newTrustHub(t, "members:\n  - {slug: m, kind: commune, name: M, languages: [fr], sources: [{slug: s, url: '"+site.URL+"/f.json', format: feed}]}\n")
	h.harvest()
	if n := len(h.list("")); n < len(texts)/2 {
		t.Fatalf("%d of %d texts were harvested", n, len(texts))
	}
	if found := h.ids(t, "fête du village"); len(found) == 0 {
		t.Error("among hostile items the plain one is not found")
	}
	return h
}

// TestSearchesThatCannotBeMeant: a clear 400 for programs, which names the key,
// and a page with a sentence for people.
func TestSearchesThatCannotBeMeant(t *testing.T) {
	hub := startHub(t, requestRegion(t))
	faults := map[string]string{ // query to the key at fault
		"radius=5": "radius", "q=a&radius=5": "radius", "sort=distance": "sort", "q=" + strings.Repeat("a", 301): "q", "q=" + strings.Repeat("a+", 3_000): "q",
	}
	for _, q := range signsAlone {
		faults["q="+url.QueryEscape(q)] = "q"
	}
	for query, key := range faults {
		wantProblem(t, hub, "/api/v1/search?"+query, 400, key)
		wantPage(t, hub, "/search?"+query, 400)
	}
	for _, text := range []string{strings.Repeat("a", 10_000), strings.Repeat("é ", 5_000), strings.Repeat("\"", 10_000)} {
		wantProblem(t, hub, "/api/v1/search?q="+url.QueryEscape(text), 400, "q")
		wantPage(t, hub, "/search?q="+url.QueryEscape(text), 400)
	}
	for _, key := range []string{"facet", "facets", "colour", "Q", "types"} {
		wantProblem(t, hub, "/api/v1/search?q=un&"+key+"=member", 400, key)
	}
	for _, q := range []string{"un", "un -deux", `"un"`, "un -", "- un", `"un`, "un ?"} {
		if a := ask(t, hub+"/api/v1/search?q="+url.QueryEscape(q)); a.status != 200 || !strings.Contains(a.body, `"title":"Un"`) {
			t.Errorf("GET /api/v1/search?q=%s = %d, want the item: %.200s", q, a.status, a.body)
		}
	}
}

// ids are the origin ids of what a query finds, best first.
func (h *trustHub) ids(t *testing.T, query string) []string {
	t.Helper()
	var answer struct{ Items []struct{ URL string } }
	if err := json.Unmarshal([]byte(h.page("/api/v1/search?limit=50&q="+url.QueryEscape(query))), &answer); err != nil {
		t.Fatal(err)
	}
	out := make([]string, len(answer.Items))
	for i, it := range answer.Items {
		out[i] = it.URL[strings.LastIndexByte(it.URL, '/')+1:]
	}
	return out
}
