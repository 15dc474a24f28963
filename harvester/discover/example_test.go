package discover_test

import (
	"fmt"

	"github.com/plonegov/carillon/harvester/discover"
)

func ExampleRead() {
	page := discover.Read([]byte(`<html lang="fr"><title>Ville de Merle</title>
		<link rel="alternate" type="application/rss+xml" href="/rss.xml" title="Actualités">`), "https://www.merle.example/", nil)
	fmt.Println(page.Name(), page.Slug(), page.Language)
	for _, l := range page.Links {
		fmt.Println(l.Title, l.URL)
	}
	// Output:
	// Ville de Merle merle fr
	// Actualités https://www.merle.example/rss.xml
}
