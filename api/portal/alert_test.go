package portal

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// alertItem is an alert of the first member of the fixture that is in force now.
func alertItem(name, lang, severity string) federation.Item {
	now := time.Now()
	it := federation.Item{Member: "hautecombe", Source: "hautecombe/alertes", OriginID: name, Version: 1, Type: federation.AlertItem,
		Title: name, Language: lang, Published: now.Add(-time.Hour), Updated: now.Add(-time.Hour), FirstSeen: now.Add(-time.Hour),
		Expires: now.Add(24 * time.Hour), Content: markup.Sanitise("<p>De l’eau entre dans les caves.</p>", nil),
		Place: &federation.Place{Name: "Centre"},
		Alert: &federation.Alert{Severity: severity, Urgency: "immediate", Certainty: "observed", Event: "Inondation", Areas: []string{"Centre", "Gare"},
			Instruction: "Restez aux étages.\nN’utilisez pas l’ascenseur.", Sender: "Centre de crise", Zones: []federation.AlertZone{{Name: "Centre",
				Circles: []federation.Circle{{Center: federation.Point{Lat: 50.45, Lon: 4.61}, Radius: 3}}}}}}
	it.ID = federation.NewItemID(it.Source, name)
	it.Hash = federation.ContentHash(it)
	return it
}

// warned is a hub whose clock is the real one, as that of its index is.
func warned(t *testing.T, items ...federation.Item) *hub {
	h := newHub(t, items...)
	h.portal.now = time.Now
	return h
}

func (h *hub) body(path string) string {
	h.t.Helper()
	w := httptest.NewRecorder()
	h.router.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	if w.Code != http.StatusOK {
		h.t.Fatalf("GET %s = %d", path, w.Code)
	}
	return w.Body.String()
}

// TestHomeShowsTheGravest: one extreme alert among sixty newer ones is first,
// and the way to all of them says how many there are.
func TestHomeShowsTheGravest(t *testing.T) {
	extreme := alertItem("Digue rompue", "fr", "extreme")
	extreme.Published = time.Now().Add(-25 * 24 * time.Hour)
	items := []federation.Item{extreme}
	for i := range 60 {
		items = append(items, alertItem(fmt.Sprint("Avis jaune ", i), "fr", "minor"))
	}
	body := warned(t, items...).body("/?ui=fr")
	_, section, _ := strings.Cut(body, `<section class="alerts"`)
	section, _, _ = strings.Cut(section, "</section>")
	if first := strings.Index(section, "Digue rompue"); first < 0 || first > strings.Index(section, "Avis jaune") {
		t.Errorf("the extreme alert is not first: %s", section)
	}
	if !strings.Contains(section, "Gravité extrême") || !strings.Contains(section, "Voir les 61 alertes en cours") {
		t.Errorf("no severity in words, or no way to all of them: %s", section)
	}
}

// TestHomeLanguages: two alerts of one second are two, the versions of one are
// one, and what is in another language alone is shown all the same.
func TestHomeLanguages(t *testing.T) {
	windFR, windNL, snow := alertItem("Vent fort", "fr", "moderate"), alertItem("Harde wind", "nl", "moderate"), alertItem("Neige et verglas", "fr", "moderate")
	for _, it := range []*federation.Item{&windFR, &windNL, &snow} {
		it.Published, it.Updated, it.Expires = snow.Published, snow.Updated, snow.Expires
	}
	windFR.Same, windNL.Same, snow.Same = windFR.ID, windFR.ID, snow.ID
	h := warned(t, windFR, windNL, snow)
	for lang, want := range map[string][]bool{"fr": {true, false, true}, "nl": {false, true, true}, "de": {true, false, true}} {
		body := h.body("/?ui=" + lang)
		for i, title := range []string{"Vent fort", "Harde wind", "Neige et verglas"} {
			if strings.Contains(body, title) != want[i] {
				t.Errorf("home in %s shows %q: %v, want %v", lang, title, !want[i], want[i])
			}
		}
	}
	if body := h.body("/?ui=nl"); !strings.Contains(body, `<h3 lang="fr"><a href="/items/`+snow.ID) {
		t.Error("an alert in another language is not marked as such")
	}
}

// TestLanguageVersions: the page of an item leads to it in other languages, and
// does not show it as another publication.
func TestLanguageVersions(t *testing.T) {
	fr, nl, de, other := alertItem("Vent fort", "fr-BE", "severe"), alertItem("Harde wind", "nl-BE", "severe"), alertItem("Starker Wind", "de", "severe"), alertItem("Gladde wegen", "nl", "severe")
	for _, it := range []*federation.Item{&nl, &de, &other} {
		it.Published, it.Updated = fr.Published, fr.Updated
	}
	fr.Same, nl.Same, de.Same, other.Same = fr.ID, fr.ID, fr.ID, other.ID
	h := warned(t, fr, nl, de, other)
	link := func(it federation.Item, ui string) string { return "/items/" + it.ID + "?ui=" + ui }
	for ui, said := range map[string]string{"fr": "Aussi en", "nl": "Ook in het", "de": "Auch auf", "en": "Also in"} {
		page := h.body(link(fr, ui))
		if !strings.Contains(page, said) || !strings.Contains(page, `<a lang="nl" hreflang="nl" href="`+link(nl, ui)+`">Nederlands</a>`) ||
			!strings.Contains(page, `<a lang="de" hreflang="de" href="`+link(de, ui)+`">Deutsch</a>`) {
			t.Errorf("the page in %s does not lead to the other languages: %s", ui, page)
		}
		if strings.Contains(page, "Harde wind") || strings.Contains(page, "Starker Wind") || !strings.Contains(page, "Gladde wegen") {
			t.Errorf("the page in %s shows its own versions as other publications", ui)
		}
	}
	if page := h.body(link(other, "nl")); strings.Contains(page, "Ook in het") {
		t.Errorf("an item in one language is said to be in others: %s", page)
	}
}

// TestEventVersions: of an event too, whenever each language was published.
func TestEventVersions(t *testing.T) {
	fr, nl := alertItem("Fête du pain", "fr", "minor"), alertItem("Broodfeest", "nl", "minor")
	for i, it := range []*federation.Item{&fr, &nl} {
		it.Type, it.Alert, it.Same = federation.EventItem, nil, fr.ID
		it.Published = it.Published.Add(-time.Duration(i) * time.Hour)
		it.Event = &federation.Event{Start: time.Now().Add(48 * time.Hour).Truncate(time.Hour)}
	}
	page := warned(t, fr, nl).body("/items/" + fr.ID + "?ui=fr")
	if !strings.Contains(page, `href="/items/`+nl.ID+`?ui=fr">Nederlands</a>`) {
		t.Errorf("the page does not lead to the event in Dutch: %s", page)
	}
}

// TestOverIsOver: what its source has ended, and what has reached its end, is
// not on the home page, says so where it is shown, and stands last.
func TestOverIsOver(t *testing.T) {
	ended, lapsed, going := alertItem("Orages violents", "fr", "extreme"), alertItem("Canicule", "fr", "extreme"), alertItem("Brouillard", "fr", "minor")
	ended.Alert.Ended = true
	lapsed.Expires, lapsed.Updated = time.Time{}, time.Now().Add(-federation.AlertLife-time.Hour)
	lapsed.Published = lapsed.Updated
	h := warned(t, ended, lapsed, going)
	home := h.body("/?ui=fr")
	_, section, _ := strings.Cut(home, `<section class="alerts"`)
	section, _, _ = strings.Cut(section, "</section>")
	if strings.Contains(section, "Orages violents") || strings.Contains(section, "Canicule") || !strings.Contains(section, "Brouillard") {
		t.Errorf("home shows %s", section)
	}
	list := h.body("/search?type=alert&member=hautecombe&ui=fr")
	if strings.Index(list, "Brouillard") > strings.Index(list, "Orages violents") || strings.Count(list, "Cette alerte est terminée") != 2 {
		t.Error("the list does not have what is over at its end, marked as such")
	}
	for lang, want := range map[string]string{"fr": "Cette alerte est terminée", "nl": "Deze waarschuwing is voorbij", "de": "Diese Warnung ist beendet", "en": "This alert is over"} {
		for _, it := range []federation.Item{ended, lapsed} {
			page := h.body("/items/" + it.ID + "?ui=" + lang)
			if at := strings.Index(page, want); at < 0 || at > strings.Index(page, `<div class="prose"`) {
				t.Errorf("the page of %s in %s does not say at its top that it is over", it.Title, lang)
			}
		}
	}
}

// TestAlertPage: an alert has what people need, once.
func TestAlertPage(t *testing.T) {
	it := alertItem("Crue de l’Orne", "fr", "severe")
	it.Categories = []string{"Met"}
	h := warned(t, it)
	page := h.body("/items/" + it.ID + "?ui=fr")
	main, _, _ := strings.Cut(page, "</article>")
	for _, want := range []string{"Gravité élevée", "Inondation", "Zones concernées", "Valable jusqu’au", "Consignes", "Restez aux étages.",
		"Centre de crise", "https://www.openstreetmap.org/?mlat=50.4500&amp;mlon=4.6100#map=11/", ">Météo</a>"} {
		if !strings.Contains(main, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if n := strings.Count(main, "Gare"); n != 1 {
		t.Errorf("the area is there %d times", n)
	}
	told := it
	told.Content = markup.Sanitise("<p>Eau</p><h2>Consignes</h2><p>Restez aux étages.</p><p>N’utilisez pas l’ascenseur.</p>", nil)
	told.OriginID, told.ID = "told", federation.NewItemID(it.Source, "told")
	_, main, _ = strings.Cut(warned(t, told).body("/items/"+told.ID+"?ui=fr"), `<div class="body">`)
	main, _, _ = strings.Cut(main, "<aside")
	if n := strings.Count(main, "Restez aux étages."); n != 1 {
		t.Errorf("what to do is there %d times", n)
	}
}

// TestAlertPagesAccessible draws the pages with alerts of every grade, for
// axe-core, and for people into $CARILLON_SCREENSHOTS.
func TestAlertPagesAccessible(t *testing.T) {
	var items []federation.Item
	for _, severity := range federation.Severities {
		items = append(items, alertItem("Crue : "+severity, "fr", severity))
	}
	over := alertItem("Orages violents", "fr", "severe")
	over.Alert.Ended = true
	h := warned(t, append(items, over)...)
	server := httptest.NewServer(h.router)
	t.Cleanup(server.Close)
	b := browsertest.New(t)
	for name, path := range map[string]string{"alert": "/items/" + items[0].ID, "over": "/items/" + over.ID, "alerts": "/search?type=alert", "home": "/"} {
		for _, lang := range federation.Languages {
			for _, scheme := range []string{"light", "dark"} {
				if scheme == "dark" && lang != "fr" {
					continue // colours do not depend on the language
				}
				for _, width := range []int{1280, 390} {
					if width == 390 && lang != "fr" {
						continue
					}
					p := b.Open(t, server.URL+withUI(path, lang), browsertest.Viewport(width, 900), browsertest.Media("prefers-color-scheme", scheme))
					for _, v := range p.Axe("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") {
						t.Errorf("%s, %s, %s: %v", name, lang, scheme, v)
					}
					if dir := os.Getenv("CARILLON_SCREENSHOTS"); dir != "" && lang == "fr" {
						p.Screenshot(filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", name, width, scheme)), width, 1100)
					}
					p.Close()
				}
			}
		}
	}
}
