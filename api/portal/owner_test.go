package portal

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
)

// owned is a hub that its operator has made its own.
var owned = federation.Hub{
	Name:      federation.Text{"fr": "Portail de Vallonie", "nl": "Portaal Vallonië"},
	Theme:     federation.Theme{Accent: "#ffd500", Logo: "https://www.vallonie.example/logo.svg", HeadingFont: "Georgia, serif", Radius: "2px"},
	Zone:      "America/New_York",
	Languages: []string{"nl", "fr"},
	Links: federation.HubLinks{Legal: "https://www.vallonie.example/legal", Contact: "mailto:portail@vallonie.example",
		Accessibility: ""},
}

// ownedHub is the region as the operator has it.
func ownedHub(t *testing.T, change func(*federation.Hub)) *hub {
	t.Helper()
	h := newHub(t)
	mine := owned
	if change != nil {
		change(&mine)
	}
	err := h.store.InTx(t.Context(), func(tx federation.Tx) error {
		if _, err := federation.Save(t.Context(), tx, mine); err != nil {
			return err
		}
		m, err := h.portal.cats.Current().Member("bellerive")
		if err != nil {
			return err
		}
		withLogo := *m
		withLogo.Theme.Logo = "https://www.bellerive.example/logo.png"
		_, err = federation.Save(t.Context(), tx, withLogo)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.portal.cats.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

// TestOwnedPortal: the operator's name, logo, links and languages are worn by
// every page.
func TestOwnedPortal(t *testing.T) {
	h := ownedHub(t, nil)
	for kind, path := range h.kinds() {
		w := h.get(path, "Accept-Language: de")
		body := w.Body.String()
		if !strings.Contains(body, `<html lang="nl">`) || !strings.Contains(title(body), " – Portaal Vallonië") {
			t.Errorf("%s: a German reader gets %q", kind, title(body))
		}
		for _, want := range []string{`<img class="hub-logo" src="/pictures/logos/-/`, `href="https://www.vallonie.example/legal"`,
			`href="mailto:portail@vallonie.example"`, `href="/accessibility"`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", kind, want)
			}
		}
		if strings.Contains(body, "vallonie.example/logo") || strings.Contains(body, `hreflang="de"`) || strings.Contains(body, `hreflang="en"`) && !strings.Contains(body, `href="/api/docs" hreflang="en"`) {
			t.Errorf("%s loads from others, or offers a language that is not the hub's", kind)
		}
	}
	if body := h.get("/").Body.String(); !strings.Contains(body, `<img class="logo" src="/pictures/logos/bellerive/`) {
		t.Error("the card of a member lacks its logo")
	}
	if body := h.get("/?ui=fr").Body.String(); !strings.Contains(title(body), "Portail de Vallonie") {
		t.Errorf("in French the title is %q", title(body))
	}
	for _, path := range []string{"/", "/search?q=eau", "/accessibility", "/items/none", "/search?from=x"} {
		body := h.get(withUI(path, "de")).Body.String()
		if !strings.Contains(body, `<html lang="nl">`) || strings.Contains(body, "ui=de") {
			t.Errorf("%s in a language that the hub does not offer is not in its first: %s", path, title(body))
		}
	}
	if said := textOf(t, h.get("/items/"+h.titled("La passerelle")+"?ui=fr").Body.String()); !strings.Contains(said, "à 4 h 18") {
		t.Errorf("times are not those of the hub's zone: %s", said)
	}
	theirs := ownedHub(t, func(h *federation.Hub) { h.Links.Accessibility = "https://www.vallonie.example/a11y" })
	if all := links(t, theirs.get("/").Body.String()); slices.Contains(all, "/accessibility") || !slices.Contains(all, "https://www.vallonie.example/a11y") {
		t.Errorf("the operator's own statement is not the one linked: %q", all)
	}
}

// TestUnownedPortal: without a hub in the region file the portal is ours.
func TestUnownedPortal(t *testing.T) {
	h := newHub(t)
	body := h.get("/?ui=fr").Body.String()
	if !strings.HasSuffix(title(body), " – Carillon") || !strings.Contains(body, `<svg class="bell"`) || strings.Contains(body, `class="hub-logo"`) {
		t.Errorf("the page of a hub without a name is called %q", title(body))
	}
	if css := h.get(h.portal.page(mustVisit(t, h, "/"), "").Sheets[1]).Body.String(); strings.Contains(css, ":root") {
		t.Errorf("the sheet changes our colours: %s", css)
	}
	for _, lang := range federation.Languages {
		if !slices.Contains(links(t, body), "/?ui="+lang) {
			t.Errorf("%s is not offered", lang)
		}
	}
}

// TestOwnedColoursCanBeRead: white stands on the ground of the head.
func TestOwnedColoursCanBeRead(t *testing.T) {
	for _, accent := range []string{"#ffd500", "#000000", "#ffffff", "#b3123a", "#7fff00", "#808080"} {
		var light, dark strings.Builder
		hubColours(&light, &dark, federation.Theme{Accent: accent})
		for _, m := range regexp.MustCompile(`--brand(?:-deep)?:(#\w{6})`).FindAllStringSubmatch(light.String()+dark.String(), -1) {
			if r := ratio(t, "#ffffff", m[1]); r < 5 {
				t.Errorf("accent %s: white on %s is %.2f", accent, m[1], r)
			}
		}
	}
}

// TestStatementTellsWhatIsMeasured: the number of kinds of pages is that of
// the pages that TestAccessibility looks at.
func TestStatementTellsWhatIsMeasured(t *testing.T) {
	h := newHub(t)
	if n := len(h.kinds()); n < checkedKinds {
		t.Errorf("%d kinds of pages are checked, the statement says %d", n, checkedKinds)
	}
	for lang, want := range map[string]string{"fr": "sortes de pages", "nl": "soorten pagina’s", "de": "Arten von Seiten", "en": "kinds of pages"} {
		want = strconv.Itoa(checkedKinds) + " " + want
		if said := textOf(t, h.get("/accessibility?ui="+lang).Body.String()); !strings.Contains(said, want) || !strings.Contains(said, "WCAG 2.2") {
			t.Errorf("%s: the statement lacks %q: %s", lang, want, said)
		}
	}
	if said := textOf(t, ownedHub(t, nil).get("/accessibility").Body.String()); !strings.Contains(said, "portail@vallonie.example") || strings.Contains(said, "mailto:") {
		t.Errorf("the statement does not say whom to tell: %s", said)
	}
}

// TestOwnedAccessibility holds the pages of an operator to WCAG 2.2 AA, with
// an accent that nothing can be read on.
func TestOwnedAccessibility(t *testing.T) {
	h, url := serveHub(t, ownedHub(t, nil))
	b := browsertest.New(t)
	for _, kind := range []string{"home", "results", "member", "access", "item"} {
		for _, scheme := range []string{"light", "dark"} {
			p := b.Open(t, url+withUI(h.kinds()[kind], "fr"), browsertest.Media("prefers-color-scheme", scheme))
			for _, v := range p.Axe("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") {
				t.Errorf("%s, %s: %v", kind, scheme, v)
			}
			p.Close()
		}
	}
}
