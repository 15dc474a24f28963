package widgets_test

import (
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// sample is a view of n items of the kind a commune publishes.
func sample(n int) widgets.View {
	titles := []string{"Travaux rue de la Gare : circulation alternée dès lundi", "Le conseil communal adopte le budget 2027",
		"Marché de Noël sur la place du Perron", "Collecte des sapins : inscrivez-vous avant le 5 janvier",
		"Nouvelle crèche : ouverture des inscriptions", "Enquête publique sur le schéma de développement",
		"Bibliothèque fermée le 11 novembre", "Prime communale pour l’isolation des toitures",
		"Stages de carnaval pour les 6 à 12 ans", "Coupure d’eau dans le hameau de Thon"}
	v := widgets.View{Hub: "https://hub.example", Kind: "list", Label: "Actualités régionales", Language: "fr",
		More: "https://hub.example/channels/actus-region"}
	for i := range n {
		day := time.Date(2026, 11, 20-i%20, 9, 30+i%30, 0, 0, time.UTC)
		v.Entries = append(v.Entries, widgets.Entry{
			Member: federation.Text{"fr": "Sambre-sur-Orne"},
			Item: federation.Item{ID: fmt.Sprintf("item%022d", i), Type: federation.News, Language: "fr",
				URL: fmt.Sprintf("https://www.sambre-sur-orne.example/actualites/%d", 4100+37*i), Title: titles[i%len(titles)],
				Summary:   "La commune informe les riverains que le chantier durera trois semaines, sauf intempéries.",
				Published: day, FirstSeen: day.Add(time.Hour),
				Provenance: federation.Provenance{Fetched: day.Add(time.Hour), License: "CC-BY-4.0"}},
		})
	}
	return v
}
