package api

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation/shareddata"
)

// TestSharedLinks asks with what Facebook, newsletters, advertisements and
// session keys add to a link, each page kind with each: people get the page at
// its clean address, feeds and widgets the same bytes as without.
func TestSharedLinks(t *testing.T) {
	store := newRegion(2)
	h := serveWhole(t, store)
	added := []string{"fbclid=IwAR0_x-y", "utm_source=newsletter&utm_medium=e-mail&utm_campaign=%C3%A9t%C3%A9", "gclid=1", "mc_cid=1&mc_eid=2",
		"msclkid=3", "_ga=2.1.5", "PHPSESSID=8f", "jsessionid=A;B", "sid=1", "zanpid=%zz", "ref=x&ref=y", "=", "12345", "amp;utm_source=x", "%ff=%ff", "q2=1"}
	for page, clean := range map[string]string{
		"/":                              "/",
		"/?ui=nl":                        "/?ui=nl",
		"/search?q=travaux":              "/search?q=travaux",
		"/search?type=news&q=travaux":    "/search?q=travaux&type=news",
		"/search?ui=de&q=travaux&limit=": "/search?q=travaux&ui=de",
		"/items/" + store.items[0].ID:    "/items/" + store.items[0].ID,
		"/members/m00":                   "/members/m00",
		"/members/m00?ui=en":             "/members/m00?ui=en",
		"/members/m00/sources/actus":     "/members/m00/sources/actus",
		"/channels/m01":                  "/channels/m01",
	} {
		for _, more := range added {
			for _, method := range []string{"GET", "HEAD"} {
				target := page + "?" + more
				if strings.Contains(page, "?") {
					target = page + "&" + more
				}
				w := ask(h, method, target)
				if at := w.Header().Get("Location"); w.Code != http.StatusMovedPermanently || at != clean {
					t.Errorf("%s %s = %d to %q, want 301 to %q", method, target, w.Code, at, clean)
				}
				if cc := w.Header().Get("Cache-Control"); cc != "public, max-age=3600" {
					t.Errorf("%s %s may be kept by %q, want an hour", method, target, cc)
				}
			}
		}
		if w := ask(h, "GET", clean); w.Code != http.StatusOK {
			t.Errorf("GET %s = %d to %q, want 200: a redirect must lead somewhere", clean, w.Code, w.Header().Get("Location"))
		}
	}
	for _, target := range []string{"/feed.rss?q=travaux", "/feed.atom?member=m00", "/feed.json?limit=2", "/channels/m00.rss?limit=2",
		"/embed/widget/list?member=m00", "/embed/widget/list.html?member=m00"} {
		want := ask(h, "GET", target)
		for _, more := range added {
			w := ask(h, "GET", target+"&"+more)
			if w.Code != http.StatusOK || w.Body.String() != want.Body.String() || w.Header().Get("ETag") != want.Header().Get("ETag") {
				t.Errorf("GET %s&%s = %d, want the same as without: %.200s", target, more, w.Code, w.Body)
			}
			if at := want.Header().Get("Content-Location"); w.Header().Get("Content-Location") != at {
				t.Errorf("GET %s&%s names %q as its address, want %q", target, more, w.Header().Get("Content-Location"), at)
			}
		}
	}
	for _, more := range added { // programs are told: a typing error must not look like an answer
		if w := ask(h, "GET", "/api/v1/items?"+more); w.Code != http.StatusBadRequest {
			t.Errorf("GET /api/v1/items?%s = %d, want 400", more, w.Code)
		}
	}
}

// TestSharedLinksTrial asks for the addresses of the shared trial.
func TestSharedLinksTrial(t *testing.T) {
	list, err := os.ReadFile(shareddata.Dir(t, "trials", "hub", "08-tracking-parameter-400", "urls.txt"))
	if err != nil {
		t.Fatal(err)
	}
	h := serveWhole(t, newRegion(1))
	ours := strings.NewReplacer("/embed/samb-actus", "/embed/widget/list", "/channels/actus", "/channels/m00", "/members/samb", "/members/m00")
	for line := range strings.FieldsSeq(string(list)) {
		w := ask(h, "GET", ours.Replace(line))
		if w.Code == http.StatusMovedPermanently {
			w = ask(h, "GET", w.Header().Get("Location"))
		}
		if w.Code != http.StatusOK {
			t.Errorf("GET %s = %d, want 200 at last: %.200s", line, w.Code, w.Body)
		}
	}
}

// TestSpellings: a path that somebody wrote by hand, or a mail program cut and
// escaped, leads to the page.
func TestSpellings(t *testing.T) {
	store := newRegion(2)
	h := serveWhole(t, store)
	id := store.items[0].ID
	for path, want := range map[string]string{ // "" = answered as it is
		"/members/m%30%30":                        "",
		"/%6Dembers/m00":                          "",
		"/channels/m01%2Erss":                     "",
		"/api/v1/items/%" + hexOf(id[0]) + id[1:]: "",
		"/embed/widget/%6Cist?member=m00":         "",
		"/members/m00/":                           "/members/m00",
		"/members/m00//":                          "/members/m00",
		"//members/m00":                           "/members/m00",
		"/members//m00":                           "/members/m00",
		"/members/M00":                            "/members/m00",
		"/MEMBERS/m00/Sources/Actus/":             "/members/m00/sources/actus",
		"/Search?q=Travaux":                       "/search?q=Travaux",
		"/search/?q=Travaux":                      "/search?q=Travaux",
		"/Channels/M01.RSS":                       "/channels/m01.rss",
		"/channels/m01/":                          "/channels/m01",
		"/items/" + strings.ToUpper(id):           "/items/" + id,
		"/feed.RSS?limit=2":                       "/feed.rss?limit=2",
		"/api/v1/items/?limit=1":                  "/api/v1/items?limit=1",
		"/api/docs/":                              "/api/docs",
		"/embed/widget/List.html":                 "/embed/widget/list.html",
	} {
		for _, method := range []string{"GET", "HEAD"} {
			w := ask(h, method, path)
			if want == "" {
				if w.Code != http.StatusOK {
					t.Errorf("%s %s = %d, want 200", method, path, w.Code)
				}
				continue
			}
			if at := w.Header().Get("Location"); w.Code != http.StatusMovedPermanently || at != want {
				t.Errorf("%s %s = %d to %q, want 301 to %q", method, path, w.Code, at, want)
			}
			if w := ask(h, method, want); w.Code != http.StatusOK {
				t.Errorf("%s %s = %d, want 200", method, want, w.Code)
			}
		}
	}
	if page := ask(h, "GET", "/members/m%30%30").Body.String(); strings.Contains(page, "m%30") || page != ask(h, "GET", "/members/m00").Body.String() {
		t.Error("a page asked for with needless escapes is another than the plain one")
	}
}

func hexOf(c byte) string { return string([]byte{"0123456789abcdef"[c>>4], "0123456789abcdef"[c&15]}) }

// TestNoSpellingLeadsAway: no redirect leads to another host, none to itself,
// and what is nowhere is 404 at once.
func TestNoSpellingLeadsAway(t *testing.T) {
	h := serveWhole(t, newRegion(1))
	for _, path := range []string{"//evil.example", "//evil.example/", "///evil.example/%2F..", "/%5Cevil.example/", "/members/%2F%2Fevil.example/",
		"/nothing/", "/members/nobody/more/", "/members/", "/channels/", "/Nothing", "/members/m00/sources/", "/assets/nothing/", "/api/v1/", "/embed/"} {
		w := ask(h, "GET", path)
		if at := w.Header().Get("Location"); at != "" && (!strings.HasPrefix(at, "/") || strings.HasPrefix(at, "//") || at == path) {
			t.Errorf("GET %s leads to %q", path, at)
		}
		if w.Code != http.StatusNotFound && w.Code != http.StatusMovedPermanently {
			t.Errorf("GET %s = %d, want 404", path, w.Code)
		}
	}
	for _, method := range []string{"POST", "PUT"} { // whose body a redirect would lose
		if w := ask(h, method, "/members/m00/"); w.Code == http.StatusMovedPermanently {
			t.Errorf("%s of a path with a slash too many is redirected", method)
		}
	}
}

// TestFaultsOfWidgetsAndFeeds: what is wrong with the address of a feed or a
// widget is said in the language of who asks; the API speaks English.
func TestFaultsOfWidgetsAndFeeds(t *testing.T) {
	h := serveWhole(t, newRegion(1))
	words := map[string]string{"fr": "date de fin", "nl": "einddatum", "de": "Enddatum", "en": "end date"}
	const bad = "from=2026-12-24&to=2026-12-01"
	for lang, want := range words {
		for _, target := range []string{"/feed.rss?", "/feed.json?", "/channels/m00.atom?", "/embed/widget/list.html?"} {
			for _, w := range []string{target + bad + "&ui=" + lang, target + bad} {
				r := ask(h, "GET", w, "Accept-Language", lang)
				p := problemOf(t, r)
				if r.Code != 400 || !strings.Contains(p.Detail, want) || p.Errors[0].Location != "query.to" || r.Header().Get("Content-Language") != lang {
					t.Errorf("GET %s in %s = %d %q (%s), want %q", w, lang, r.Code, p.Detail, r.Header().Get("Content-Language"), want)
				}
			}
		}
		frame := ask(h, "GET", "/embed/widget/list?"+bad, "Accept-Language", lang)
		if frame.Code != 400 || !strings.Contains(frame.Body.String(), want) || !strings.Contains(frame.Body.String(), `<html lang="`+lang) {
			t.Errorf("a frame in %s = %d %s, want %q", lang, frame.Code, frame.Body, want)
		}
		api := ask(h, "GET", "/api/v1/items?"+bad, "Accept-Language", lang)
		if p := problemOf(t, api); !strings.Contains(p.Detail, "is before from") {
			t.Errorf("the API answers in %s: %q", lang, p.Detail)
		}
	}
}

// TestRobots: crawlers are kept from endless lists and led to the sitemap.
func TestRobots(t *testing.T) {
	body := ask(serveRegion(t, newRegion(1)), "GET", "/robots.txt").Body.String()
	for _, want := range []string{"Disallow: /search\n", "\nSitemap: https://hub.example/sitemap.xml\n"} {
		if !strings.Contains(body, want) {
			t.Errorf("robots.txt lacks %q:\n%s", want, body)
		}
	}
}
