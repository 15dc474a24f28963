package markup_test

import (
	"fmt"
	"net/url"

	"github.com/plonegov/carillon/federation/markup"
)

func ExampleSanitise() {
	base, err := url.Parse("https://www.ville.example/actualites/")
	if err != nil {
		panic(err)
	}
	html := markup.Sanitise(`<p onclick="alert(1)">Lire <a href="piscine">la suite</a><script>alert(2)</script></p>`, base)
	fmt.Println(html)
	fmt.Println(html.Text())
	// Output:
	// <p>Lire <a href="https://www.ville.example/actualites/piscine" rel="noopener nofollow ugc">la suite</a></p>
	// Lire la suite
}
