package portal

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/plonegov/carillon/federation"
)

// dated is an event of Bellerive so many days from today.
func dated(title string, days int) federation.Item {
	it := newItem("bellerive", "agenda", "urn:"+title, federation.EventItem, title)
	it.Event = &federation.Event{Start: today.AddDate(0, 0, days), End: today.AddDate(0, 0, days).Add(time.Hour)}
	return it
}

// TestAgendaOpensOnWhatIsToCome, in a search for events and in a channel of
// them, with a way to what is over.
func TestAgendaOpensOnWhatIsToCome(t *testing.T) {
	h := newHub(t, dated("Bal passé", -40), dated("Bal à venir", 30))
	for _, path := range []string{"/search?type=event", "/search?type=event&member=bellerive", "/channels/agenda", "/search?type=event&sort=start&limit=3"} {
		body := h.get(path).Body.String()
		titles := found(t, body)
		if slices.Contains(titles, "Bal passé") || len(titles) == 0 {
			t.Errorf("GET %s opens on %q", path, titles)
		}
		past := ""
		for _, link := range links(t, body) {
			if strings.Contains(link, "to=2026-11-22") {
				past = link
			}
		}
		if got := found(t, h.get(past).Body.String()); !slices.Contains(got, "Bal passé") || slices.Contains(got, "Bal à venir") {
			t.Errorf("GET %s leads to the past at %q, which shows %q", path, past, got)
		}
	}
	for _, path := range []string{"/search?type=event&from=2026-01-01", "/search?q=bal&type=event", "/search?type=event,news&limit=100"} {
		if got := found(t, h.get(path).Body.String()); !slices.Contains(got, "Bal passé") {
			t.Errorf("GET %s leaves out the past, which was asked for: %q", path, got)
		}
	}
}

// TestAgendaGoesOn: the pages of a narrowed list hold each event once.
func TestAgendaGoesOn(t *testing.T) {
	var many []federation.Item
	for i := range 50 {
		many = append(many, dated("Marché "+string(rune('A'+i/26))+string(rune('a'+i%26)), 1+i))
	}
	h := newHub(t, many...)
	for _, path := range []string{"/search?type=event&member=bellerive", "/channels/agenda"} {
		seen := map[string]bool{}
		for range 5 {
			body := h.get(path).Body.String()
			for _, title := range found(t, body) {
				if seen[title] {
					t.Errorf("%q is shown twice", title)
				}
				seen[title] = true
			}
			path = ""
			for n := range nodes(t, body) {
				if attr(n, "rel") == "next" {
					path = attr(n, "href")
				}
			}
			if path == "" {
				break
			}
		}
		if len(seen) < 50 {
			t.Errorf("the pages hold %d events", len(seen))
		}
	}
}

// emptyHub is a portal of members that published nothing.
func emptyHub(t *testing.T, members ...federation.Member) *hub {
	t.Helper()
	return hubOf(t, func(tx federation.Tx) error {
		for _, m := range members {
			if _, err := federation.Save(t.Context(), tx, m); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestEmptyHubSaysWhatToDo(t *testing.T) {
	for want, members := range map[string][]federation.Member{
		"carillon apply region.yaml": nil,
		"carillon harvest":           {{Slug: "huy", Kind: federation.KindCommune, Name: federation.Text{"fr": "Huy"}, Languages: []string{"fr"}}},
	} {
		h := emptyHub(t, members...)
		for _, lang := range federation.Languages {
			w := h.get("/?ui=" + lang)
			said := textOf(t, w.Body.String())
			if w.Code != 200 || !strings.Contains(said, want) || !strings.Contains(said, h.portal.voices[lang].T("empty")) {
				t.Errorf("%s, %d members: the home page does not say %q: %s", lang, len(members), want, said)
			}
			if strings.Contains(w.Body.String(), `class="lead"`) {
				t.Errorf("%s: the home page counts what is not there: %s", lang, said)
			}
		}
	}
	if said := textOf(t, newHub(t).get("/").Body.String()); strings.Contains(said, "carillon harvest") {
		t.Error("a hub with items says that it is empty")
	}
}

// TestOneChoiceOfAList: two members at one place are one place to look around.
func TestOneChoiceOfAList(t *testing.T) {
	at := &federation.Point{Lat: 50.43, Lon: 4.61}
	member := func(slug string) federation.Member {
		return federation.Member{Slug: slug, Kind: federation.KindCommune, Name: federation.Text{"fr": slug}, Languages: []string{"fr"}, Location: at}
	}
	h := emptyHub(t, member("huy"), member("amay"))
	for _, path := range []string{"/search?near=50.43,4.61&radius=2.5", "/search?near=50.1,4.2"} {
		for n := range nodes(t, h.get(path).Body.String()) {
			if n.Data != "select" {
				continue
			}
			chosen := 0
			for o := range n.Descendants() {
				if slices.ContainsFunc(o.Attr, func(a html.Attribute) bool { return a.Key == "selected" }) {
					chosen++
				}
			}
			if chosen > 1 {
				t.Errorf("GET %s: %d choices of %q are selected", path, chosen, attr(n, "name"))
			}
		}
	}
	if said := textOf(t, h.get("/search?near=50.1,4.2&radius=2.5").Body.String()); !strings.Contains(said, "le lieu choisi et 2,5 km à la ronde") || strings.Contains(said, "50.1") {
		t.Errorf("a place is told by its coordinates: %s", said)
	}
}

// TestNoSlugIsAName: a source without a title is called by what it gives.
func TestNoSlugIsAName(t *testing.T) {
	h := newHub(t)
	for path, want := range map[string]string{
		"/members/amis":                       "Les Amis du canal",
		"/items/" + h.titled("La passerelle"): "Actualités",
		"/members/amis/sources/billets":       "Les Amis du canal",
		"/items/" + h.titled("Vigilance"):     "Source",
		"/members/lindewater/sources/nieuws":  "Nieuws",
	} {
		said := textOf(t, h.get(path).Body.String())
		if !strings.Contains(said, want) {
			t.Errorf("GET %s lacks %q: %s", path, want, said)
		}
		for _, slug := range []string{" billets ", "amis/billets", " actualites ", "/actualites "} {
			if strings.Contains(said, slug) {
				t.Errorf("GET %s shows the slug %q: %s", path, slug, said)
			}
		}
	}
}

// TestResultsAreReachedAtOnce counts the stops of the keyboard before the
// first result.
func TestResultsAreReachedAtOnce(t *testing.T) {
	h := newHub(t)
	stops, first := 0, false
	skips := map[string]bool{}
	for n := range nodes(t, h.get("/search?q=passerelle").Body.String()) {
		switch {
		case n.Data == "a" && n.Parent.Data == "h2":
			first = true
		case attr(n, "class") == "skip":
			skips[attr(n, "href")] = true
		}
		if first {
			break
		}
		if n.Data == "a" || n.Data == "button" || n.Data == "select" || n.Data == "summary" || n.Data == "input" && attr(n, "type") != "hidden" {
			stops++
		}
	}
	if !first || stops > 12 || !skips["#results"] || !skips["#content"] {
		t.Errorf("%d stops before the first result (found: %v), links past them %v", stops, first, skips)
	}
}

// TestFrenchSpacing: no line begins with the mark that ends a sentence.
func TestFrenchSpacing(t *testing.T) {
	it := newItem("bellerive", "actualites", "urn:spaces", federation.News, "Travaux : que faire ? « Rien » !")
	it.Summary = "Le pont : fermé ; la rue : ouverte !"
	h := newHub(t, it)
	for _, path := range []string{"/", "/items/" + it.ID, "/search?q=" + url.QueryEscape("travaux pont"), "/members/bellerive"} {
		body := html.UnescapeString(h.get(path + "?"[:1-strings.Count(path, "?")] + "&ui=de").Body.String())
		if !strings.Contains(body, "\u00a0: que faire") && !strings.Contains(body, "\u00a0: que") {
			t.Errorf("GET %s does not show the title with its no-break spaces", path)
		}
		for n := range nodes(t, body) {
			if n.Data == "h1" || n.Data == "h3" || n.Data == "h2" {
				var b strings.Builder
				for c := range n.Descendants() {
					if c.Type == html.TextNode {
						b.WriteString(c.Data)
					}
				}
				if strings.Contains(b.String(), " ?") || strings.Contains(b.String(), " :") {
					t.Errorf("GET %s has %q", path, b.String())
				}
			}
		}
	}
}

func TestCorrectedWordsAreInTheHeading(t *testing.T) {
	said := textOf(t, newHub(t).get("/search?q=verjer&ui=fr").Body.String())
	if !strings.Contains(said, "pour « verger »") || !strings.Contains(said, "Aucun résultat pour « verjer »") || strings.Contains(said, "résultat pour « verjer » Pertinence") {
		t.Errorf("the heading names other words than were searched: %s", said)
	}
	if said := textOf(t, newHub(t).get("/search?q=xyzzyq&ui=nl").Body.String()); !strings.Contains(said, "Geen resultaten voor “xyzzyq”") || strings.Contains(said, "0 resul") {
		t.Errorf("nothing found is told by a count: %s", said)
	}
}
