package widgets_test

import (
	"fmt"

	"github.com/plonegov/carillon/widgets"
)

func ExampleSnippet() {
	fmt.Println(widgets.Snippet{Hub: "https://hub.example", Placement: "samb-actus", Link: "https://hub.example/channels/actus", Label: "Actualités"})
	// Output:
	// <carillon-widget data-hub="https://hub.example" data-placement="samb-actus">
	//   <a href="https://hub.example/channels/actus">Actualités</a>
	// </carillon-widget>
	// <script async src="https://hub.example/w/1/carillon.js"></script>
}

func ExampleLicenceOf() {
	fmt.Println(widgets.LicenceOf("CC-BY-4.0"))
	// Output:
	// {CC BY 4.0 https://creativecommons.org/licenses/by/4.0/}
}
