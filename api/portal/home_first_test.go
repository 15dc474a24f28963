package portal

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// TestHomeTyped: with the radius "everywhere" the form's place is whose reader
// it is, and what the form then shows is the same again.
func TestHomeTyped(t *testing.T) {
	h := newHub(t)
	for form, want := range map[string]string{
		"q=eau&place=Bellerive-sur-Ornelle&radius=all":         "/search?as=bellerive&q=eau",
		"q=eau&place=5060&radius=all&sort=distance":            "/search?as=5060&q=eau",
		"q=eau&place=&near=50.431,4.612&radius=all":            "/search?as=bellerive&q=eau", // no address keeps the point
		"q=eau&place=&near=10,10&radius=all":                   "/search?q=eau",
		"q=eau&place=&radius=all":                              "/search?q=eau",
		"q=eau&place=5060&radius=15&as=rosenthal":              "/search?as=rosenthal&postcode=5060&q=eau",
		"q=eau&place=Les+Amis+du+canal&radius=all&type=notice": "/search?as=amis&q=eau&type=notice",
	} {
		w := h.get("/search?" + form)
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != want {
			t.Errorf("GET /search?%s = %d to %q, want 303 to %q", form, w.Code, got, want)
		}
	}
	for _, path := range []string{"/search?as=bellerive&q=eau", "/search?as=5060&q=eau", "/search?as=rosenthal&postcode=5060&q=eau"} {
		form := url.Values{}
		for n := range nodes(t, h.get(path).Body.String()) {
			switch name := attr(n, "name"); {
			case n.Data == "input" && slices.Contains([]string{"place", "as", "q"}, name):
				form.Add(name, attr(n, "value"))
			case n.Data == "option" && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "selected" }) && attr(n.Parent, "name") == "radius":
				form.Add("radius", attr(n, "value"))
			}
		}
		if got := h.get("/search?" + form.Encode()).Header().Get("Location"); strings.ReplaceAll(got, "bellerive", "5060") != strings.ReplaceAll(path, "bellerive", "5060") {
			t.Errorf("the form of %s (%s) leads to %q", path, form.Encode(), got)
		}
	}
}

// TestHomeFirst: whose reader asks orders the results and can be dropped; who
// is nobody's is told so.
func TestHomeFirst(t *testing.T) {
	var extra []federation.Item
	for _, m := range []string{"bellerive", "hautecombe", "rosenthal"} {
		source := map[string]string{"rosenthal": "nachrichten"}[m]
		if source == "" {
			source = "actualites"
		}
		extra = append(extra, newItem(m, source, "zwin-"+m, federation.Service, "Prime au zwinage"))
	}
	h := newHub(t, extra...)
	for _, m := range []string{"bellerive", "hautecombe", "rosenthal"} {
		body := h.get("/search?q=zwinage&as=" + m).Body.String()
		first := ""
		for n := range nodes(t, body) {
			if class := attr(n, "class"); first == "" && n.Data == "article" {
				first = class
			}
		}
		if !strings.Contains(first, memberClass(m)) {
			t.Errorf("as %s the first result is of %q", m, first)
		}
		if !slices.Contains(links(t, body), "/search?q=zwinage") {
			t.Errorf("as %s: no way to drop it among %q", m, links(t, body))
		}
	}
	for _, lang := range federation.Languages {
		w := h.get("/search?q=zwinage&as=9999&ui=" + lang)
		body := w.Body.String()
		if w.Code != http.StatusBadRequest || !strings.Contains(body, "9999") || !slices.Contains(links(t, body), "/search?q=zwinage&ui="+lang) {
			t.Errorf("%s: as=9999 is %d", lang, w.Code)
		}
	}
}

// TestWiderKeepsHome: what lies outside of a postal code is offered with what
// is inside first.
func TestWiderKeepsHome(t *testing.T) {
	h := newHub(t)
	for path, want := range map[string]string{
		"/search?q=passerelle&postcode=5070":              "/search?as=5070&q=passerelle",
		"/search?q=passerelle&near=50.47,4.7&radius=1":    "/search?as=hautecombe&q=passerelle",
		"/search?q=passerelle&postcode=5070&as=bellerive": "/search?as=bellerive&q=passerelle",
		"/search?q=passerelle&postcode=9999":              "/search?q=passerelle",
	} {
		if got := links(t, h.get(path).Body.String()); !slices.Contains(got, want) {
			t.Errorf("GET %s does not offer %s: %q", path, want, got)
		}
	}
}

// TestAbout: of how many results there are nobody is sure, and the page says so.
func TestAbout(t *testing.T) {
	h := newHub(t)
	for lang, want := range map[string]string{"fr": "Environ 1\u00a0234 résultats pour", "nl": "Ongeveer 1.234 resultaten voor", "de": "Etwa 1.234 Ergebnisse für", "en": "About 1,234 results for"} {
		v := visit{voice: h.portal.voices.of(lang)}
		if got := v.resultsHeading(1234, true, "eau"); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q …", lang, got, want)
		}
		if got := v.resultsHeading(0, true, ""); got != v.T("results_none") {
			t.Errorf("%s: of nothing it says %q", lang, got)
		}
	}
}

// TestSearchAsTyped: beside what a query was taken for stands the search for
// what was written, which nothing puts right.
func TestSearchAsTyped(t *testing.T) {
	for _, c := range []struct{ typed, corrected, want string }{
		{"verjer", "verger", `"verjer"`}, {"un verjer partagé", "un verger partagé", `un "verjer" partagé`},
		{`"un" verjer`, "verger", `"un" "verjer"`},
	} {
		if got := literal(c.typed, c.corrected); got != c.want {
			t.Errorf("literal(%q, %q) = %q, want %q", c.typed, c.corrected, got, c.want)
		}
	}
	h := newHub(t)
	path := "/search?" + federation.Selection{Words: `"verjer"`}.String()
	if got := links(t, h.get("/search?q=verjer").Body.String()); !slices.Contains(got, path) {
		t.Errorf("no link to %s among %q", path, got)
	}
	if body := h.get(path).Body.String(); len(found(t, body)) > 0 {
		t.Errorf("what was typed finds %q", found(t, body))
	}
	a, err := h.portal.search.Search(t.Context(), search.Request{Select: federation.Selection{Words: `"verjer"`}})
	if err != nil || a.Total > 0 || a.Corrected != "" {
		t.Errorf("%d results, corrected to %q, %v", a.Total, a.Corrected, err)
	}
}
