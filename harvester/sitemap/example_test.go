package sitemap_test

import (
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/sitemap"
)

func ExampleFormat() {
	read, err := sitemap.Format().Decode(federation.Document{URL: "https://samb.example/sitemap.xml", Body: []byte(`<urlset>
		<url><loc>https://samb.example/actualites/piscine</loc><lastmod>2026-03-03</lastmod></url></urlset>`)})
	if err != nil {
		panic(err)
	}
	for _, p := range read.Pages {
		fmt.Println(p.URL)
	}
	// Output:
	// https://samb.example/actualites/piscine
}
