package portal

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
)

// hubServer serves the hub on loopback, with pictures where embed/picture has
// them.
func hubServer(t *testing.T) (*hub, string) {
	t.Helper()
	return serveHub(t, newHub(t))
}

func serveHub(t *testing.T, h *hub) (*hub, string) {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	mux.Handle("/", h.router)
	mux.HandleFunc("/api/v1/suggest", suggest)
	mux.HandleFunc("/pictures/{item}/{name}", servePicture)
	mux.HandleFunc("/pictures/logos/{item}/{name}", servePicture)
	return h, server.URL
}

// suggest answers as the API does, from few words: what is suggested is the
// engine's, how it is offered is the page's.
func suggest(w http.ResponseWriter, r *http.Request) {
	found := []string{}
	for _, s := range []string{"travaux", "travaux de voirie", "travailler à la commune", "passerelle", "piscine"} {
		if strings.HasPrefix(s, r.FormValue("q")) {
			found = append(found, s)
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string][]string{"suggestions": found})
}

// servePicture draws hills by a river in colours of the picture's name.
func servePicture(w http.ResponseWriter, r *http.Request) {
	hue := 0
	for _, b := range []byte(r.PathValue("name")) {
		hue = (hue*67 + int(b)) % 360
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 640"><defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="hsl(%d 60%% 82%%)"/><stop offset="1" stop-color="hsl(%d 55%% 93%%)"/></linearGradient></defs><rect width="960" height="640" fill="url(#s)"/><circle cx="720" cy="170" r="70" fill="#fff6dc"/><path d="M0 420 Q180 250 360 390 T720 360 T960 400 V640 H0z" fill="hsl(%d 30%% 58%%)"/><path d="M0 500 Q260 380 520 480 T960 470 V640 H0z" fill="hsl(%d 35%% 40%%)"/><path d="M330 640 Q480 560 430 500 Q560 560 640 640z" fill="hsl(205 50%% 78%%)"/></svg>`,
		hue, hue+30, hue+70, hue+90)
}

// TestAccessibility holds every kind of page, in every language and in the
// dark, to WCAG 2.2 AA as far as axe-core can tell.
func TestAccessibility(t *testing.T) {
	h, url := hubServer(t)
	b := browsertest.New(t)
	pages := 0
	for kind, path := range h.kinds() {
		for _, lang := range federation.Languages {
			for _, scheme := range []string{"light", "dark"} {
				if scheme == "dark" && lang != "fr" {
					continue // colours do not depend on the language
				}
				p := b.Open(t, url+withUI(path, lang), browsertest.Media("prefers-color-scheme", scheme))
				for _, v := range p.Axe("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") {
					t.Errorf("%s, %s, %s: %v", kind, lang, scheme, v)
				}
				p.Close()
				pages++
			}
		}
	}
	t.Logf("%d pages looked at", pages)
}

// TestPagesAreQuiet looks for what a page must not do.
func TestPagesAreQuiet(t *testing.T) {
	h, url := hubServer(t)
	b := browsertest.New(t)
	for kind, path := range h.kinds() {
		p := b.Open(t, url+path, browsertest.Viewport(320, 640))
		var wide []string
		p.Eval(`(() => { const w = document.documentElement; return w.scrollWidth > 320 ? [...document.querySelectorAll("body *")]
			.filter(e => e.getBoundingClientRect().right > 321).map(e => e.outerHTML.slice(0, 120)) : [] })()`, &wide)
		if len(wide) > 0 {
			t.Errorf("%s is wider than 320 px: %q", kind, wide)
		}
		var small []string
		p.Eval(`[...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")].filter(e => {
			const r = (e.closest("label.check") || e).getBoundingClientRect();
			const inline = e.matches("p a, dd a, li a, h2 a, h3 a") && getComputedStyle(e).display === "inline";
			return r.width && !inline && (r.height < 24 || r.width < 24) && !e.matches(".skip") }).map(e => e.outerHTML.slice(0, 120))`, &small)
		if len(small) > 0 {
			t.Errorf("%s has targets under 24 px: %q", kind, small)
		}
		for _, r := range p.Requests() {
			if !strings.HasPrefix(r, url+"/") && !strings.HasPrefix(r, "data:") { // the browser's own calendar sign
				t.Errorf("%s asks for %s", kind, r)
			}
		}
		if got := append(p.Cookies(), p.Storage()...); len(got) > 0 {
			t.Errorf("%s keeps %q", kind, got)
		}
		for _, e := range p.ConsoleErrors() {
			if kind != "error" && kind != "invalid" || !strings.Contains(e, "status of 4") {
				t.Errorf("%s: %s", kind, e)
			}
		}
		if got := leastShift(t, b, p, url+path); got > 0.01 {
			t.Errorf("%s shifts by %v", kind, got)
		}
		p.Close()
	}
}

// leastShift is the layout shift of a page, the least of three openings where
// the first shows any: on a busy machine a browser draws the header before it
// has read all of it, while what a page moves by itself it moves each time.
func leastShift(t *testing.T, b *browsertest.Browser, p *browsertest.Page, url string) float64 {
	shift := p.CLS()
	for range 2 {
		if shift == 0 {
			break
		}
		again := b.Open(t, url, browsertest.Viewport(320, 640))
		shift = min(shift, again.CLS())
		again.Close()
	}
	return shift
}

// TestFocusIsSeen goes through a page as the tabulator key does.
func TestFocusIsSeen(t *testing.T) {
	h, url := hubServer(t)
	b := browsertest.New(t)
	for kind, path := range h.kinds() {
		p := b.Open(t, url+path)
		var unseen []string
		p.Eval(`[...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary, [tabindex='0']")].filter(e => {
			if (!e.checkVisibility()) return false;
			e.focus({focusVisible: true});
			const drawn = n => { const s = getComputedStyle(n); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 };
			return document.activeElement === e && !drawn(e) && !(e.closest(".card") && drawn(e.closest(".card"))) }).map(e => e.outerHTML.slice(0, 120))`, &unseen)
		if len(unseen) > 0 {
			t.Errorf("%s shows no focus on %q", kind, unseen)
		}
		p.Close()
	}
}

// TestFiltersStayOpenBesideResults holds the one trick of the style sheet.
func TestFiltersStayOpenBesideResults(t *testing.T) {
	_, url := hubServer(t)
	p := browsertest.New(t).Open(t, url+"/search?q=passerelle")
	seen := func() (ok bool) {
		p.Eval(`document.querySelector(".check input").checkVisibility({contentVisibilityAuto: true}) && document.querySelector(".check input").getBoundingClientRect().height > 0`, &ok)
		return ok
	}
	if !seen() {
		t.Error("the filters are closed at 1280 px")
	}
	p.Resize(390, 800)
	if seen() {
		t.Error("the filters are open at 390 px")
	}
}

// withUI asks for a page in a language.
func withUI(path, lang string) string {
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	return path + sep + "ui=" + lang
}

// TestPicturesThatDoNotCome: over each lies an empty field, where a browser
// would draw a broken sign.
func TestPicturesThatDoNotCome(t *testing.T) {
	h := ownedHub(t, nil)
	server := httptest.NewServer(h.router) // without pictures
	t.Cleanup(server.Close)
	b := browsertest.New(t)
	for _, path := range []string{"/?ui=fr", "/items/" + h.titled("La passerelle")} {
		p := b.Open(t, server.URL+path)
		var broken int
		var bare []string
		p.Eval(`[...document.images].filter(i => i.complete && !i.naturalWidth).length`, &broken)
		p.Eval(`[...document.images].filter(i => i.complete && !i.naturalWidth && i.getBoundingClientRect().width > 0).filter(i => {
			const s = getComputedStyle(i, "::after");
			return s.content === "none" || s.position !== "absolute" || s.backgroundColor === "rgba(0, 0, 0, 0)" }).map(i => i.outerHTML)`, &bare)
		if broken == 0 || len(bare) > 0 {
			t.Errorf("GET %s: of %d pictures that did not come, these are bare: %q", path, broken, bare)
		}
		p.Close()
	}
}
