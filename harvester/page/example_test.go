package page_test

import (
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/page"
)

func ExampleFormat() {
	read, err := page.Format().Decode(federation.Document{URL: "https://samb.example/actualites/piscine", ContentType: "text/html", Body: []byte(`<html lang="fr"><head><meta property="og:title" content="La piscine rouvre"></head>
		<body><main><h1>La piscine rouvre</h1><p>Elle est ouverte de nouveau tous les jours de dix à dix-huit heures, sauf le lundi.</p></main></body></html>`)})
	if err != nil {
		panic(err)
	}
	for _, it := range read.Items {
		fmt.Println(it.Title, "|", it.Content.Text())
	}
	// Output:
	// La piscine rouvre | Elle est ouverte de nouveau tous les jours de dix à dix-huit heures, sauf le lundi.
}
