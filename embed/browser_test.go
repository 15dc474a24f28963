package embed_test

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// town is a municipal page on an origin of its own, as a commune would write
// it: a heading, what the test puts in the middle, and text below.
type town struct {
	lang   string
	policy string // Content-Security-Policy, with HUB for the hub's origin
	head   string
	body   string
}

// serveTown starts the town's site and returns the page's address.
func serveTown(t testing.TB, h *hub, p town) string {
	t.Helper()
	fill := strings.NewReplacer("HUB", h.URL)
	mux := http.NewServeMux()
	mux.HandleFunc("/site.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		fmt.Fprint(w, `body{margin:0 auto;max-width:70rem;padding:1rem;font:1rem/1.5 Georgia,serif}
			html{font-size:62.5%} body{font-size:1.6rem} h3{text-transform:uppercase;color:red} a{color:#036} .reserved{display:block;min-height:420px} .deep{height:6000px}`)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		if p.policy != "" {
			w.Header().Set("Content-Security-Policy", fill.Replace(p.policy))
		}
		lang := p.lang
		if lang == "" {
			lang = "fr"
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="%s"><head><meta charset="utf-8"><title>Sambre-sur-Orne</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><link rel="stylesheet" href="/site.css">%s</head>
<body><main><h1>Sambre-sur-Orne</h1><p>Bienvenue.</p>%s<p id="below">Nos guichets sont ouverts chaque matin.</p></main></body></html>`,
			lang, fill.Replace(p.head), fill.Replace(p.body))
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL + "/"
}

// script is the second half of every snippet.
const script = `<script async src="HUB/w/1/carillon.js"></script>`

// mount is the first half, for a placement.
func mount(placement, attributes string) string {
	return fmt.Sprintf(`<carillon-widget data-hub="HUB" data-placement="%s" %s><a href="HUB/channels/actus">Actualités régionales</a></carillon-widget>`,
		html.EscapeString(placement), attributes)
}

// shown is true once the n-th widget of the page has its content.
func shown(n int) string {
	return fmt.Sprintf(`document.querySelectorAll("carillon-widget,[data-carillon],[data-placement]")[%d]?.shadowRoot?.querySelector(".w")`, n)
}

// region is a hub of one commune with news and an agenda in four languages.
func region(h *hub) {
	h.members = []federation.Member{
		{Slug: "vallonie", Kind: federation.KindRegion, Name: federation.Text{"fr": "Région de Vallonie", "nl": "Regio Vallonië"}, Languages: []string{"fr", "nl"}},
		{Slug: "sambre", Kind: federation.KindCommune, Name: federation.Text{"fr": "Sambre-sur-Orne"}, Languages: []string{"fr"},
			Theme: federation.Theme{Accent: "#b3123a", Radius: "4px"}},
	}
	h.channels = []federation.Channel{{Slug: "actus", Title: federation.Text{"fr": "Actualités régionales", "nl": "Regionaal nieuws", "de": "Regionale Nachrichten", "en": "Regional news"},
		Select: federation.Selection{Types: []federation.ItemType{federation.News}}}}
	news := federation.Selection{Channels: []string{"actus"}, Limit: 5}
	agenda := federation.Selection{Types: []federation.ItemType{federation.EventItem}, Limit: 4}
	h.placements = []federation.Placement{
		{Slug: "actus", Member: "sambre", Widget: "list", Select: news, Options: federation.Options{"summary": true}},
		{Slug: "agenda", Member: "sambre", Widget: "list", Select: agenda, Options: federation.Options{"title": federation.Text{"fr": "Agenda"}}},
		{Slug: "tout", Member: "vallonie", Widget: "list", Select: federation.Selection{Limit: 9}, Options: federation.Options{"summary": true, "images": true},
			Theme: federation.Theme{Accent: "#00594c", Scheme: "auto", Radius: "12px", Line: "1px"}},
		{Slug: "cartes", Member: "vallonie", Widget: "cards", Select: federation.Selection{Limit: 9}, Options: federation.Options{"summary": true}},
	}
	titles := []string{"Travaux rue de la Gare : circulation alternée dès lundi", "Le conseil communal adopte le budget 2027",
		"Collecte des sapins : inscrivez-vous avant le 5 janvier", "Nouvelle crèche : ouverture des inscriptions",
		"Enquête publique sur le schéma de développement communal", "Prime communale pour l’isolation des toitures"}
	for i, title := range titles {
		it := item("sambre", i, title)
		it.Image = &federation.Image{URL: fmt.Sprint(h.Photos, "/", 40*i), Alt: "", Width: 800, Height: 450}
		h.items = append(h.items, it)
	}
	dutch := item("vallonie", 20, "Nieuwe fietspaden langs de Samber")
	dutch.Language = "nl"
	dutch.Provenance.Attribution = "Regio Vallonië, Communicatiedienst"
	h.items = append(h.items, dutch)
	for i, title := range []string{"Marché de Noël sur la place du Perron", "Concert de la fanfare royale", "Nettoyage des berges"} {
		it := item("sambre", 30+i, title)
		it.Type = federation.EventItem
		start := it.Published.AddDate(0, 0, 45+3*i)
		it.Event = &federation.Event{Start: start, End: start.AddDate(0, 0, i).Add(90 * 60e9)}
		it.Place = &federation.Place{Name: "Place du Perron"}
		h.items = append(h.items, it)
	}
	h.items[len(h.items)-1].Event.Status = "cancelled"
}
