package portal

import (
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

func TestEveryPageIsWhole(t *testing.T) {
	h := newHub(t)
	status := map[string]int{"error": 404, "invalid": 400}
	for kind, path := range h.kinds() {
		for _, lang := range federation.Languages {
			w := h.get(withUI(path, lang))
			want := 200
			if status[kind] != 0 {
				want = status[kind]
			}
			if w.Code != want {
				t.Errorf("GET %s = %d, want %d", withUI(path, lang), w.Code, want)
			}
			body := w.Body.String()
			if missing := regexp.MustCompile(`\[\[[a-z_]*\]\]|ZgotmplZ|&lt;no value`).FindString(body); missing != "" {
				t.Errorf("GET %s shows %q", withUI(path, lang), missing)
			}
			if !strings.Contains(body, `<html lang="`+lang+`">`) || strings.Count(body, "<h1") != 1 || strings.Count(body, "<main") != 1 {
				t.Errorf("GET %s lacks its language, one h1 or one main", withUI(path, lang))
			}
			for _, dead := range []string{` style="`, "<style", "onclick", "<script>"} {
				if strings.Contains(body, dead) {
					t.Errorf("GET %s holds %q, which its policy forbids", withUI(path, lang), dead)
				}
			}
		}
	}
}

func TestHeaders(t *testing.T) {
	h := newHub(t)
	for _, path := range []string{"/", "/search", "/members/bellerive"} {
		w := h.get(path)
		want := map[string]string{
			"Content-Type":            "text/html; charset=utf-8",
			"Content-Security-Policy": map[bool]string{true: scriptPolicy, false: policy}[path != "/members/bellerive"],
			"Cache-Control":           pageLifetime,
			"Vary":                    "Accept-Language",
			"X-Content-Type-Options":  "nosniff",
		}
		for name, value := range want {
			if got := w.Header().Get(name); got != value {
				t.Errorf("GET %s has %s %q, want %q", path, name, got, value)
			}
		}
		if w.Header().Values("Set-Cookie") != nil {
			t.Errorf("GET %s sets a cookie", path)
		}
		again := h.get(path, "If-None-Match: "+w.Header().Get("ETag"))
		if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("GET %s with its own ETag = %d and %d bytes, want 304 and none", path, again.Code, again.Body.Len())
		}
		head := h.ask(http.MethodHead, path)
		if head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("ETag") != w.Header().Get("ETag") {
			t.Errorf("HEAD %s = %d, %d bytes, ETag %q", path, head.Code, head.Body.Len(), head.Header().Get("ETag"))
		}
	}
}

func TestLanguage(t *testing.T) {
	h := newHub(t)
	for _, tc := range []struct{ path, accept, want string }{
		{"/", "", "fr"},
		{"/", "nl-BE,nl;q=0.9,fr;q=0.8", "nl"},
		{"/", "pt-BR, de-AT;q=0.5, fr;q=0.2", "de"},
		{"/", "zh", "fr"},
		{"/", "*", "fr"},
		{"/", "garbage;;q=x", "fr"},
		{"/", strings.Repeat("xx,", 5000), "fr"},
		{"/?ui=en", "nl", "en"},
		{"/?ui=", "nl", "nl"},
		{"/search?ui=de&q=x", "nl", "de"},
		{"/nowhere?ui=de", "nl", ""},
	} {
		w := h.get(tc.path, "Accept-Language: "+tc.accept)
		_, lang, _ := strings.Cut(w.Body.String(), `<html lang="`)
		lang, _, _ = strings.Cut(lang, `"`)
		if tc.want == "" {
			continue
		}
		if lang != tc.want {
			t.Errorf("GET %s with Accept-Language %.40q is in %q, want %q", tc.path, tc.accept, lang, tc.want)
		}
	}
	for _, link := range links(t, h.get("/?ui=de").Body.String()) {
		if strings.HasPrefix(link, "/members/") && !strings.HasSuffix(link, "?ui=de") {
			t.Errorf("the German home page leads to %q, which forgets the language", link)
		}
	}
}

func TestEveryLinkOfOursAnswers(t *testing.T) {
	h := newHub(t)
	seen := map[string]bool{}
	for kind, path := range h.kinds() {
		for _, link := range links(t, h.get(path).Body.String()) {
			if !strings.HasPrefix(link, "/") || strings.HasPrefix(link, "/feed.") || strings.HasPrefix(link, "/api/") ||
				strings.HasPrefix(link, "/channels/") && strings.Contains(link, ".") || seen[link] || kind == "invalid" {
				continue
			}
			seen[link] = true
			if w := h.get(link); w.Code != 200 {
				t.Errorf("GET %s, linked from %s, = %d", link, path, w.Code)
			}
		}
	}
	if len(seen) < 60 {
		t.Errorf("only %d links followed", len(seen))
	}
}

func TestErrors(t *testing.T) {
	gone := newItem("bellerive", "actualites", "urn:gone", federation.News, "Retirée")
	h := newHub(t, gone)
	err := h.store.InTx(t.Context(), func(tx federation.Tx) error { return tx.WithdrawItem(t.Context(), gone.ID, "test", today) })
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		path   string
		status int
		want   string
	}{
		{"/?ui=xx", 400, "pas en « xx »"},
		{"/channels/agenda?cursor=zzz", 400, "autre recherche"},
		{"/members/nobody", 404, "Page introuvable"},
		{"/channels/nothing", 404, "Page introuvable"},
		{"/items/nothing", 404, "Page introuvable"},
		{"/assets/portal.css", 404, "Page introuvable"},
		{"/assets/", 404, "Page introuvable"},
		{"/items/" + gone.ID, 410, "Publication retirée"},
	} {
		w := h.get(tc.path)
		body := strings.ReplaceAll(html.UnescapeString(w.Body.String()), "\u00a0", " ")
		if w.Code != tc.status || !strings.Contains(body, tc.want) {
			t.Errorf("GET %s = %d, want %d and %q; title %q", tc.path, w.Code, tc.status, tc.want, title(body))
		}
		if got := w.Header().Get("Cache-Control"); got != "no-cache" {
			t.Errorf("GET %s has Cache-Control %q, want no-cache", tc.path, got)
		}
	}
	h.store.err = errors.New("disk secret/path is full")
	w := h.get("/items/x")
	if w.Code != 500 || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("GET of a broken item = %d, and its page tells %q", w.Code, title(w.Body.String()))
	}
}

func TestErrorForOthers(t *testing.T) {
	h := newHub(t)
	for _, tc := range []struct {
		status        int
		title, detail string
		lang          string
		want          []string
	}{
		{404, "", "", "", []string{"Pagina niet gevonden", "Deze pagina bestaat niet"}},
		{404, "Not Found", "", "", []string{"Pagina niet gevonden"}},
		{503, "", "", "", []string{"Tijdelijk niet beschikbaar"}},
		{405, "", "Only <GET> and HEAD.", "en", []string{"Verzoek geweigerd", `lang="en"`, "Only &lt;GET&gt; and HEAD."}},
		{400, "", "Geen datum.", "nl", []string{"Geen datum.</p>"}},
		{418, "Teapot", "", "", []string{"Teapot"}},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/any/where", nil)
		r.Header.Set("Accept-Language", "nl")
		h.portal.Error(w, r, tc.status, tc.title, tc.detail, tc.lang)
		if w.Code != tc.status {
			t.Errorf("Error(%d) answers %d", tc.status, w.Code)
		}
		for _, want := range tc.want {
			if !strings.Contains(w.Body.String(), want) {
				t.Errorf("Error(%d, %q, %q) lacks %q", tc.status, tc.title, tc.detail, want)
			}
		}
	}
}

func TestForeignTextStaysText(t *testing.T) {
	evil := `"><script>alert(1)</script></script><!--<script><img src=x onerror=alert(2)>'`
	it := newItem("bellerive", "actualites", "urn:evil", federation.News, evil)
	it.Summary, it.Authors, it.Categories = evil, []string{evil}, []string{evil}
	it.Content = markup.Sanitise(evil+`<a href="javascript:alert(3)">x</a>`, nil)
	it.URL, it.Language = "javascript:alert(4)", `fr" onload="alert(5)`
	it.Image = &federation.Image{URL: "javascript:alert(6)", Alt: evil}
	it.Place = &federation.Place{Name: evil, Address: evil}
	it.Attachments = []federation.Attachment{{URL: "javascript:alert(7)", Title: evil}, {URL: "https://x.example/" + evil, Title: evil, Type: evil}}
	it.Alert = &federation.Alert{Severity: evil, Areas: []string{evil}}
	it.Event = &federation.Event{Start: today, Status: evil, Recurrence: evil}
	it.Provenance = federation.Provenance{SourceURL: "javascript:alert(8)", License: "javascript:alert(9)", Attribution: evil, Hash: "00"}
	h := newHub(t, it)
	own := []string{h.portal.assets["portal.js"].url(), h.portal.assets["near.js"].url()}
	for _, path := range []string{"/", "/items/" + it.ID, "/search?q=alert", "/search?q=" + strings.NewReplacer("<", "%3C", ">", "%3E", `"`, "%22", " ", "+").Replace(evil), "/members/bellerive"} {
		w := h.get(path)
		if w.Code != 200 {
			t.Errorf("GET %s = %d", path, w.Code)
		}
		for n := range nodes(t, w.Body.String()) {
			if n.Data == "script" && attr(n, "type") != "application/ld+json" && !slices.Contains(own, attr(n, "src")) {
				t.Errorf("GET %s has a script of others: %v", path, n.Attr)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") && a.Key != "value" {
					t.Errorf("GET %s has <%s %s=%q>", path, n.Data, a.Key, a.Val)
				}
			}
		}
	}
	var ld map[string]any
	for n := range nodes(t, h.get("/items/"+it.ID).Body.String()) {
		if n.Data == "script" {
			if err := json.Unmarshal([]byte(n.FirstChild.Data), &ld); err != nil {
				t.Errorf("the linked data are not JSON: %v", err)
			}
		}
	}
	if diff := cmp.Diff(evil, ld["headline"]); diff != "" {
		t.Errorf("headline of the linked data (-want +got):\n%s", diff)
	}
}

// links are the addresses of the a elements of a page.
func links(t *testing.T, body string) []string {
	t.Helper()
	var out []string
	for n := range nodes(t, body) {
		if n.Data == "a" {
			out = append(out, attr(n, "href"))
		}
	}
	return out
}

func title(body string) string {
	_, rest, _ := strings.Cut(body, "<title>")
	title, _, _ := strings.Cut(rest, "</title>")
	return title
}

// nodes are the elements of a page.
func nodes(t *testing.T, body string) iter.Seq[*html.Node] {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(*html.Node) bool) {
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && !yield(n) {
				return
			}
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
