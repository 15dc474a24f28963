package federation_test

import (
	"fmt"

	"github.com/plonegov/carillon/federation"
)

func ExampleParseSelection() {
	s, err := federation.ParseSelection("type=news,event&member=samb&q=piscine")
	if err != nil {
		panic(err)
	}
	fmt.Println(s) // one canonical text, whatever the order
	fmt.Println(s.Types, s.Members, s.Words)

	_, err = federation.ParseSelection("limit=1000")
	fmt.Println(err)
	// Output:
	// member=samb&q=piscine&type=event,news
	// [event news] [samb] piscine
	// limit: "1000" must be a whole number from 1 to 100
}

func ExampleText_In() {
	name := federation.Text{"fr": "Namur", "nl": "Namen"}
	fmt.Println(name.In("nl"), name.In("de", "fr"))
	// Output:
	// Namen Namur
}
