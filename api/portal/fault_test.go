package portal

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/plonegov/carillon/federation"
)

// TestFaultsBesideTheForm: what a person can get wrong is said in his
// language, on the page of the search, whose form stays as it was filled.
func TestFaultsBesideTheForm(t *testing.T) {
	h := newHub(t)
	first := h.get("/search?member=bellerive&limit=1").Body.String()
	_, cursor, _ := strings.Cut(first, "cursor=")
	cursor, _, _ = strings.Cut(html.UnescapeString(cursor), "&")
	for _, c := range []struct {
		query  string
		status int
		key    string    // of the control that is marked, "" = the fault has none
		want   [4]string // fr nl de en
		kept   []string  // in the form
	}{
		{"q=plan&from=2026-12-24&to=2026-12-01", 400, "to", [4]string{"date de fin", "einddatum", "Enddatum", "end date"},
			[]string{`value="plan"`, `value="2026-12-24"`, `value="2026-12-01"`}},
		{"from=24%2F12%2F2026&type=news", 400, "from", [4]string{"« 24/12/2026 » n’est pas une date", "“24/12/2026” is geen datum", "„24/12/2026“ ist kein Datum", "“24/12/2026” is not a date"},
			[]string{`type="text" value="24/12/2026"`, `value="news" checked`}},
		{"to=demain&q=march%C3%A9", 400, "to", [4]string{"« demain »", "“demain”", "„demain“", "“demain”"}, []string{`type="text" value="demain"`, `value="marché"`}},
		{"radius=5", 400, "radius", [4]string{"choisissez aussi un lieu", "Kies ook een plaats", "Wählen Sie auch einen Ort", "choose a place too"}, nil},
		{"radius=-1&near=50.43,4.61", 400, "radius", [4]string{"500", "500", "500", "500"}, []string{`value="Bellerive-sur-Ornelle" maxlength`}},
		{"sort=distance", 400, "sort", [4]string{"trier par distance", "op afstand te sorteren", "nach Entfernung", "sort by distance"}, nil},
		{"near=ici", 400, "near", [4]string{"« ici »", "“ici”", "„ici“", "“ici”"}, nil},
		{"place=Atlantis&radius=10&q=a", 400, "place", [4]string{"« Atlantis »", "“Atlantis”", "„Atlantis“", "“Atlantis”"}, []string{`value="Atlantis"`}},
		{"place=7%3F&q=a", 400, "postcode", [4]string{"code postal", "geen postcode", "keine Postleitzahl", "not a postcode"}, []string{`value="7?"`}},
		{"postcode=?&q=a", 400, "postcode", [4]string{"code postal", "geen postcode", "keine Postleitzahl", "not a postcode"}, []string{`value="?"`}},
		{"limit=0", 400, "", [4]string{"de 1 à 100", "1 tot 100", "1 bis 100", "1 to 100"}, nil},
		{"limit=lots&q=plan", 400, "", [4]string{"de 1 à 100", "1 tot 100", "1 bis 100", "1 to 100"}, []string{`value="plan"`}},
		{"type=gossip", 400, "", [4]string{"« gossip »", "“gossip”", "„gossip“", "“gossip”"}, nil},
		{"sort=best", 400, "sort", [4]string{"« best »", "“best”", "„best“", "“best”"}, nil},
		{"lang=%00", 400, "", [4]string{"illisibles", "onleesbare", "unlesbare", "cannot be read"}, nil},
		{"q=a&q=b", 400, "", [4]string{"plusieurs fois", "meermaals", "mehrmals", "more than once"}, nil},
		{"q=" + strings.Repeat("a", 301), 400, "", [4]string{"300 caractères", "300 tekens", "300 Zeichen", "300 characters"}, nil},
		{"q=%E9t%E9", 400, "", [4]string{"illisibles", "onleesbare", "unlesbare", "cannot be read"}, nil},
		{"q=%3F%21&type=news", 400, "", [4]string{"au moins un mot", "minstens één woord", "mindestens ein Suchwort", "at least one word"}, []string{`value="?!"`, `value="news" checked`}},
		{"q=-plan", 400, "", [4]string{"au moins un mot", "minstens één woord", "mindestens ein Suchwort", "at least one word"}, []string{`value="-plan"`}},
		{"cursor=abc", 400, "", [4]string{"autre recherche", "andere zoekopdracht", "anderen Suche", "another search"}, nil},
		{"member=lindewater&limit=1&cursor=" + cursor, 400, "", [4]string{"autre recherche", "andere zoekopdracht", "anderen Suche", "another search"},
			[]string{`value="lindewater" checked`}},
		{"member=nobody", 404, "", [4]string{"Aucun organisme", "geen organisatie", "keine Organisation", "no organisation"}, nil},
		{"member=Not%20a%20slug", 400, "", [4]string{"Aucun organisme", "geen organisatie", "keine Organisation", "no organisation"}, nil},
		{"channel=nothing&q=plan", 404, "", [4]string{"Aucune rubrique", "geen rubriek", "keine Rubrik", "no channel"}, []string{`value="plan"`}},
		{"source=bellerive/nothing", 404, "", [4]string{"Aucune source", "geen bron", "keine Quelle", "no source"}, nil},
	} {
		for i, lang := range federation.Languages {
			w := h.get("/search?"+c.query, "Accept-Language: "+lang)
			body := strings.ReplaceAll(html.UnescapeString(w.Body.String()), "\u00a0", " ")
			if w.Code != c.status || !strings.Contains(body, c.want[i]) || !strings.Contains(body, `<html lang="`+lang) {
				t.Errorf("GET /search?%.60s in %s = %d, want %d and %q; title %q", c.query, lang, w.Code, c.status, c.want[i], title(body))
			}
			if c.key != "" && (!strings.Contains(body, `aria-describedby="fault-`+c.key+`"`) || !strings.Contains(body, `id="fault-`+c.key+`"`)) {
				t.Errorf("GET /search?%s in %s does not say it beside %q", c.query, lang, c.key)
			}
			for _, want := range append(c.kept, `<form class="search"`) {
				if !strings.Contains(body, want) {
					t.Errorf("GET /search?%s in %s: the form lacks %s", c.query, lang, want)
				}
			}
			if strings.Contains(body, `class="card`) || strings.Contains(body, "must be") || w.Header().Get("Cache-Control") != "no-cache" {
				t.Errorf("GET /search?%s in %s shows results, English, or may be kept", c.query, lang)
			}
		}
	}
}

// TestTheWayOn: the page of a search that cannot be made leads to one that can.
func TestTheWayOn(t *testing.T) {
	h := newHub(t)
	for query, want := range map[string]string{
		"q=plan&from=2026-12-24&to=2026-12-01":    "/search?from=2026-12-24&q=plan",
		"q=plan&from=yesterday&limit=0":           "/search?q=plan",
		"radius=5&q=plan":                         "/search?q=plan",
		"sort=distance&q=plan&ui=nl":              "/search?q=plan&ui=nl",
		"member=bellerive,nobody&channel=nothing": "/search?member=bellerive",
		"limit=0&member=nobody":                   "/search",
		"cursor=x&type=news":                      "/search?type=news",
		"cursor=x&from=2026-12-24&to=2026-12-01":  "/search?from=2026-12-24",
	} {
		body := html.UnescapeString(h.get("/search?" + query).Body.String())
		if !strings.Contains(body, `<a href="`+want+`">`) {
			t.Errorf("GET /search?%s does not lead to %s", query, want)
		}
		if w := h.get(want); w.Code != http.StatusOK {
			t.Errorf("GET %s = %d, want 200", want, w.Code)
		}
	}
}
