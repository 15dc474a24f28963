package enrich_test

import (
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/enrich"
)

// Example completes an item of a region that says little: its title is made of
// its text, its language is told from its words, and its category is a topic of
// the hub.
func Example() {
	tables := enrich.NewTables(
		[]federation.Topic{{Slug: "culture", From: []string{"Fêtes & loisirs"}}},
		[]federation.Member{{Slug: "vallonie", Kind: federation.KindRegion}},
		federation.Hub{})
	d := federation.Decoded{Items: []federation.Item{{
		OriginID:   "1",
		Content:    markup.Sanitise("<p>Le conseil communal se réunit lundi prochain à la maison communale.</p>", nil),
		Categories: []string{"fêtes et loisirs", "Fêtes & Loisirs"},
	}}}
	tables.Complete(&d, enrich.Origin{
		Source: federation.Source{Member: "vallonie", Slug: "agenda", Type: federation.News},
		URL:    "https://www.vallonie.example/rss",
		Time:   time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC),
	})
	it := d.Items[0]
	fmt.Println(it.Title)
	fmt.Println(it.Language, it.Type, it.Source, it.Categories)
	// Output:
	// Le conseil communal se réunit lundi prochain à la maison communale.
	// fr news vallonie/agenda [fêtes et loisirs culture]
}
