package portal

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
)

// boxAround is a square outline about a point.
func boxAround(lat, lon, half float64) federation.Outline {
	return federation.Outline{{{Lat: lat - half, Lon: lon - half}, {Lat: lat - half, Lon: lon + half}, {Lat: lat + half, Lon: lon + half},
		{Lat: lat + half, Lon: lon - half}, {Lat: lat - half, Lon: lon - half}}}
}

// placed is an event somewhere in Bellerive.
func placed(id, title string, lat, lon float64) federation.Item {
	return federation.Item{ID: federation.NewItemID("bellerive/agenda", id), Member: "bellerive", Source: "bellerive/agenda", OriginID: id, Version: 1,
		Type: federation.PlaceItem, Title: title, Language: "fr", URL: "https://www.bellerive.example/" + id, Published: today, FirstSeen: today,
		Place: &federation.Place{Name: title, Address: "Rue du Pont 1", Point: &federation.Point{Lat: lat, Lon: lon}}}
}

// mapHub is a hub with outlines and places: two near each other, one apart,
// and an alert with an area.
func mapHub(t *testing.T) *hub {
	t.Helper()
	alert := federation.Item{ID: federation.NewItemID("ornelle/actualites", "crue"), Member: "ornelle", Source: "ornelle/actualites", OriginID: "crue", Version: 1,
		Type: federation.AlertItem, Title: "Crue de l’Ornelle", Language: "fr", Published: today, FirstSeen: today,
		Alert: &federation.Alert{Severity: "severe", Areas: []string{"Vallée"}, Zones: []federation.AlertZone{{Name: "Vallée", Polygons: boxAround(50.44, 4.62, .02)},
			{Name: "Aval", Circles: []federation.Circle{{Center: federation.Point{Lat: 50.40, Lon: 4.60}, Radius: 2}}}}}}
	h := newHub(t, placed("a", "Piscine <b>& sauna</b>", 50.441, 4.621), placed("b", "Stade", 50.4411, 4.6211), placed("c", "Bibliothèque", 50.42, 4.59), alert)
	err := h.store.InTx(t.Context(), func(tx federation.Tx) error {
		_, err := federation.Save(t.Context(), tx, federation.Hub{Outlines: map[string]federation.Outline{"52010": boxAround(50.43, 4.61, .03), "52011": boxAround(50.47, 4.70, .03)},
			OutlineFile: "communes.geojson", OutlineCredit: "© Bureau des cartes"})
		if err != nil {
			return err
		}
		for slug, code := range map[string]string{"bellerive": "52010", "hautecombe": "52011"} {
			m, err := federation.Get[federation.Member](t.Context(), h.store, slug)
			if err != nil {
				return err
			}
			m.Code = code
			if _, err := federation.Save(t.Context(), tx, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	h.router = chi.NewRouter()
	h.start()
	return h
}

// TestResultsMap draws the results of a search: members with results are links
// to them, places are pins with the numbers of the page, and all is well-formed
// XML whatever a title holds.
func TestResultsMap(t *testing.T) {
	h := mapHub(t)
	w := h.get("/map.svg?type=place&sort=oldest&ui=fr")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/svg+xml" || !strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
		t.Fatalf("GET = %d, %v", w.Code, w.Header())
	}
	body := w.Body.String()
	wellFormed(t, body)
	for _, want := range []string{
		`<title id="t">Carte : 3 résultats</title>`, `aria-label="Bellerive-sur-Ornelle : 3 résultats"`, `href="/search?member=bellerive&amp;`,
		`© Bureau des cartes`, `&lt;b&gt;&amp; sauna&lt;/b&gt;`, `1&#43;</text>`, `target="_top"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the map lacks %s:\n%s", want, body)
		}
	}
	if n := strings.Count(body, `<a class="pin"`); n != 2 {
		t.Errorf("%d pins, want 2: two places are as good as one", n)
	}
	page := h.get("/search?type=place&sort=oldest&ui=fr").Body.String()
	if strings.Count(page, "numéro sur la carte :") != 3 || !strings.Contains(page, `<iframe src="/map.svg?`) {
		t.Errorf("the results do not say their numbers, or have no map:\n%s", page)
	}
	for path, want := range map[string]int{"/map.svg?type=nothing": 400, "/map.svg?member=nobody": 404, "/map.svg?near=1,2&radius=x": 400} {
		if got := h.get(path).Code; got != want {
			t.Errorf("GET %s = %d, want %d", path, got, want)
		}
	}
}

// TestItemMap draws the place of an item, and the areas of an alert.
func TestItemMap(t *testing.T) {
	h := mapHub(t)
	alert := h.get("/items/" + h.titled("Crue") + "/map.svg").Body.String()
	wellFormed(t, alert)
	if strings.Count(alert, `class="zone"`) != 2 || strings.Contains(alert, "pin\"") {
		t.Errorf("the areas of the alert: %s", alert)
	}
	place := h.get("/items/" + h.titled("Biblio") + "/map.svg").Body.String()
	wellFormed(t, place)
	if !strings.Contains(place, `aria-label="Bibliothèque, Rue du Pont 1"`) {
		t.Errorf("the place: %s", place)
	}
	if page := h.get("/items/" + h.titled("Crue")).Body.String(); !strings.Contains(page, "/map.svg") {
		t.Error("the page of the alert has no map")
	}
	nowhere := "/items/" + h.titled("La passerelle")
	if strings.Contains(h.get(nowhere).Body.String(), "map.svg") || h.get(nowhere+"/map.svg").Code != http.StatusNotFound {
		t.Error("an item without a place has a map")
	}
}

func wellFormed(t *testing.T, s string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("not XML: %v in\n%s", err, s)
		}
	}
}

// TestMapCostsNothingUntilOpened looks at a page of results as a browser does,
// opens its map by keyboard, and goes through its links.
func TestMapCostsNothingUntilOpened(t *testing.T) {
	h, url := serveHub(t, mapHub(t))
	b := browsertest.New(t)
	_ = h
	p := b.Open(t, url+"/search?type=place&ui=fr", browsertest.Viewport(320, 800))
	p.Eval(`new Promise(done => setTimeout(done, 300))`, nil)
	for _, r := range p.Requests() {
		if strings.Contains(r, "map.svg") {
			t.Errorf("%s was asked for before anybody wanted it", r)
		}
	}
	p.Eval(`document.querySelector("details.map > summary").focus()`, nil)
	p.Press("\r")
	p.WaitFor(`document.querySelector("details.map iframe").contentDocument?.querySelectorAll("a.pin").length == 2`)
	var links, wide int
	p.Eval(`document.querySelector("details.map iframe").contentDocument.querySelectorAll("a[href][aria-label]").length`, &links)
	p.Eval(`document.documentElement.scrollWidth`, &wide)
	if links != 3 || wide > 320 {
		t.Errorf("%d links, page %d px wide; want 3 and no more than 320", links, wide)
	}
	var reached []string
	for range links {
		p.Press("\t")
		var at string
		p.Eval(`document.querySelector("details.map iframe").contentDocument.activeElement?.getAttribute("aria-label") ?? ""`, &at)
		reached = append(reached, at)
	}
	if slices.Contains(reached, "") || len(slices.Compact(reached)) != links {
		t.Errorf("the tabulator key reaches %q in the map", reached)
	}
	var small []float64
	p.Eval(`[...document.querySelector("details.map iframe").contentDocument.querySelectorAll("a.pin circle")].map(c => c.getBoundingClientRect().width).filter(w => w < 20)`, &small)
	if len(small) > 0 {
		t.Errorf("pins of %v px", small)
	}
	for _, v := range p.Axe("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") {
		t.Error(v)
	}
	if faults := p.ConsoleErrors(); len(faults) > 0 {
		t.Errorf("errors: %q", faults)
	}
	p.Close()
}

// TestNearMe presses the button: the position is asked for then and not before.
func TestNearMe(t *testing.T) {
	_, url := serveHub(t, mapHub(t))
	b := browsertest.New(t)
	fake := browsertest.Script(`window.asked = 0; Object.defineProperty(navigator, "geolocation", {value: {getCurrentPosition(found, failed) {
		window.asked++;
		location.search.includes("refuse") ? failed({code: 1}) : found({coords: {latitude: 50.43987654, longitude: 4.62123456}}) }}});
		HTMLFormElement.prototype.submit = function() { window.sent = new URLSearchParams(new FormData(this)).toString() }`)
	p := b.Open(t, url+"/search?type=place&ui=fr&postcode=5060", fake)
	var asked int
	p.Eval(`window.asked`, &asked)
	if asked != 0 {
		t.Error("the position was asked for before anybody pressed the button")
	}
	p.Eval(`document.getElementById("here").click()`, nil)
	var got string
	p.Eval(`window.sent`, &got)
	for _, want := range []string{"near=50.44%2C4.621", "sort=distance", "type=place"} {
		if !strings.Contains(got, want) {
			t.Errorf("searched %s, want %s", got, want)
		}
	}
	if strings.Contains(got, "5060") {
		t.Errorf("searched %s, want no postal code beside a position", got)
	}
	p.Close()
	p = b.Open(t, url+"/search?type=place&ui=nl&q=refuse", fake)
	p.Eval(`document.getElementById("here").click()`, nil)
	p.WaitFor(`document.getElementById("here-status").textContent.includes("postcode")`)
	p.Close()
}
