package portal

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
)

// oneOfEach are items of the types whose rows have parts of their own; all are
// found by "lampadaire".
func oneOfEach() []federation.Item {
	pdf := func(title string, size int64) federation.Attachment {
		return federation.Attachment{URL: "https://www.bellerive.example/files/" + url.PathEscape(title) + ".pdf", Type: "application/pdf", Title: title, Size: size}
	}
	item := func(kind federation.ItemType, title string, with func(*federation.Item)) federation.Item {
		it := newItem("bellerive", "actualites", "rows:"+title, kind, title)
		it.Summary = "Tout sur le lampadaire de la place, ses heures et sa lumière."
		with(&it)
		return it
	}
	series := func(it *federation.Item) {
		it.Event = &federation.Event{Start: today.AddDate(0, 0, -7).Add(8 * time.Hour), End: today.AddDate(0, 0, -7).Add(10 * time.Hour),
			Recurrence: "FREQ=WEEKLY", Zone: "Europe/Brussels"}
		it.Place = &federation.Place{Name: "Salle du Moulin"}
	}
	return []federation.Item{
		item(federation.Service, "Signaler un lampadaire en panne", func(*federation.Item) {}),
		item(federation.Service, "Louer un lampadaire", func(it *federation.Item) { it.URL = "" }),
		item(federation.Decision, "Lampadaire de la place : marché attribué", func(it *federation.Item) {
			it.Number = "2026/114"
			it.Attachments = []federation.Attachment{pdf("Délibération", 245_000), pdf("Annexe 1", 1_200_000), pdf("Annexe 2", 0), pdf("Plan", 0),
				{URL: "https://www.bellerive.example/photo.jpg", Role: federation.RoleImage, Type: "image/jpeg"}, {URL: "javascript:alert(1)", Title: "x"}}
		}),
		item(federation.DocumentItem, "Plan lampadaire", func(it *federation.Item) { it.Attachments = []federation.Attachment{pdf("Plan complet", 3_400_000)} }),
		item(federation.Consultation, "Quel lampadaire pour le parc ?", func(it *federation.Item) { it.Expires = today.AddDate(0, 0, 20) }),
		item(federation.Notice, "Enquête : lampadaire rue Haute", func(it *federation.Item) { it.Expires = today.AddDate(0, 0, 9) }),
		item(federation.EventItem, "Balade lampadaire", series),
		item(federation.EventItem, "Bal du lampadaire", func(it *federation.Item) {
			it.Event = &federation.Event{Start: today.AddDate(0, 0, 3), Status: federation.EventCancelled}
		}),
		item(federation.PlaceItem, "Musée du lampadaire", func(it *federation.Item) {
			it.Place = &federation.Place{Name: "Musée du lampadaire", Address: "Rue Haute 3, 5060 Bellerive", Hours: "Mo 09:00-12:00; Mo 13:00-17:00; We 09:00-12:00"}
		}),
		item(federation.AlertItem, "Vent fort : lampadaire instable", func(it *federation.Item) {
			it.Alert = &federation.Alert{Severity: "severe", Areas: []string{"Bellerive"}, Instruction: "Restez à l’abri."}
			it.Expires = today.AddDate(0, 0, 1)
		}),
		item(federation.News, "Un lampadaire neuf", func(it *federation.Item) {
			it.Image = &federation.Image{URL: "https://pictures.example/img/9.svg", Alt: "Le lampadaire", Width: 960, Height: 640}
		}),
	}
}

// row is the text of the result with a title, and its links besides that.
func row(t *testing.T, body, title string) (text string, hrefs []string) {
	t.Helper()
	for n := range nodes(t, body) {
		if n.Data != "article" {
			continue
		}
		var b strings.Builder
		hrefs = hrefs[:0]
		for c := range n.Descendants() {
			if c.FirstChild == nil && c.Parent.Data != "article" {
				b.WriteString(c.Data)
			}
			if c.Data == "a" {
				hrefs = append(hrefs, attr(c, "href"))
			}
		}
		if text = strings.Join(strings.Fields(b.String()), " "); strings.Contains(text, title) {
			return text, hrefs[1:]
		}
	}
	t.Fatalf("no result is called %q", title)
	return "", nil
}

func TestRowsSayWhatPeopleDoWithEachType(t *testing.T) {
	h := newHub(t, oneOfEach()...)
	for _, tc := range []struct {
		lang, title string
		want, not   []string
		links       []string
	}{
		{"fr", "Signaler un", []string{"Démarche", "Commencer la démarche", "www.bellerive.example"}, nil, []string{"https://www.bellerive.example/rows:Signaler%20un%20lampadaire%20en%20panne"}},
		{"nl", "Signaler un", []string{"Formaliteit starten"}, nil, []string{"https://www.bellerive.example/rows:Signaler%20un%20lampadaire%20en%20panne"}},
		{"de", "Louer un", nil, []string{"Behördengang beginnen"}, nil},
		{"en", "marché attribué", []string{"2026/114", "Délibération", "PDF, 245 kB", "PDF, 1.2 MB", "2 more files"}, []string{"Annexe 2", "photo"},
			[]string{"https://www.bellerive.example/files/D%C3%A9lib%C3%A9ration.pdf", "https://www.bellerive.example/files/Annexe%201.pdf"}},
		{"de", "Plan lampadaire", []string{"PDF, 3,4 MB"}, []string{"weitere Datei"}, []string{"https://www.bellerive.example/files/Plan%20complet.pdf"}},
		{"nl", "Quel lampadaire", []string{"open tot 13 december 2026"}, nil, nil},
		{"fr", "Enquête", []string{"Valable jusqu’au 2 décembre 2026"}, nil, nil},
		{"en", "Balade", []string{"Mon ", ", 18:30 to 20:30", "More dates follow"}, nil, nil},
		{"fr", "Bal du", []string{"Annulé", "jeu 26 nov"}, []string{"D’autres dates"}, nil},
		{"fr", "Musée", []string{"Rue Haute 3, 5060 Bellerive", "Ouvert jusqu’à 12 h"}, []string{"23 novembre"}, nil},
		{"de", "Musée", []string{"Geöffnet bis 12 Uhr"}, nil, nil},
		{"de", "Vent fort", []string{"Bellerive", "Restez à l’abri."}, nil, nil},
	} {
		body := h.get(withUI("/search?q=lampadaire", tc.lang)).Body.String()
		text, hrefs := row(t, body, tc.title)
		for _, s := range tc.want {
			if !strings.Contains(strings.ReplaceAll(text, "\u00a0", " "), s) {
				t.Errorf("%s, %s: %q lacks %q", tc.lang, tc.title, text, s)
			}
		}
		for _, s := range tc.not {
			if strings.Contains(text, s) {
				t.Errorf("%s, %s: %q has %q", tc.lang, tc.title, text, s)
			}
		}
		if strings.Join(hrefs, " ") != strings.Join(tc.links, " ") {
			t.Errorf("%s, %s: links %q, want %q", tc.lang, tc.title, hrefs, tc.links)
		}
	}
}

// TestRowsAreWellMade: what is added to rows is valid, accessible, and can be
// reached by touch beside the link of the whole row.
func TestRowsAreWellMade(t *testing.T) {
	h, url := serveHub(t, newHub(t, oneOfEach()...))
	for _, fault := range browsertest.CheckHTML(t, map[string]string{"rows": h.get("/search?q=lampadaire").Body.String()}) {
		t.Error(fault)
	}
	b := browsertest.New(t)
	for _, scheme := range []string{"light", "dark"} {
		p := b.Open(t, url+"/search?q=lampadaire&ui=fr", browsertest.Viewport(320, 800), browsertest.Media("prefers-color-scheme", scheme))
		for _, v := range p.Axe("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") {
			t.Errorf("%s: %v", scheme, v)
		}
		var covered []string
		p.Eval(`[...document.querySelectorAll(".card .start a, .card .files a")].filter(a => {
			a.scrollIntoView({block: "center", behavior: "instant"}); const r = a.getClientRects()[0];
			return r.right > 320 || document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)?.closest("a") !== a }).map(a => a.href)`, &covered)
		if len(covered) > 0 {
			t.Errorf("%s: these links lie under the row's: %q", scheme, covered)
		}
		p.Close()
	}
}

// TestLastDateOfASeries: that more dates follow is said only where they do.
func TestLastDateOfASeries(t *testing.T) {
	it := newItem("bellerive", "agenda", "rows:cours", federation.EventItem, "Cours de vannerie")
	it.Event = &federation.Event{Start: today.AddDate(0, 0, 7), End: today.AddDate(0, 0, 7).Add(time.Hour), Recurrence: "FREQ=WEEKLY;COUNT=2"}
	h := newHub(t, it)
	for day, want := range map[string]bool{"2026-11-30": true, "2026-12-07": false} {
		text, _ := row(t, h.get("/search?q=vannerie&ui=en&from="+day+"&to="+day).Body.String(), "Cours")
		if got := strings.Contains(text, "More dates follow"); got != want {
			t.Errorf("on %s: more dates follow %v, want %v: %q", day, got, want, text)
		}
	}
}
