package robots_test

import (
	"fmt"

	"github.com/plonegov/carillon/harvester/robots"
)

func Example() {
	rules := robots.Read([]byte("User-agent: *\nCrawl-delay: 5\nDisallow: /intranet/\n"), 200, "Carillon")
	fmt.Println(rules.Allowed("https://www.ville.example/actualites"), rules.Allowed("https://www.ville.example/intranet/avis"), rules.CrawlDelay())
	// Output: true false 5s
}
