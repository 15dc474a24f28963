package opml_test

import (
	"fmt"

	"github.com/plonegov/carillon/harvester/opml"
)

func ExampleParse() {
	list, err := opml.Parse([]byte(`<opml version="2.0"><body><outline text="Sambre">
		<outline text="Actualités" type="rss" xmlUrl="https://samb.example/rss"/>
		<outline text="Sans adresse" type="rss"/>
	</outline></body></opml>`), "text/x-opml")
	if err != nil {
		panic(err)
	}
	for _, f := range list.Feeds {
		fmt.Println(f.Folders, f.Title, f.URL)
	}
	for _, f := range list.Faults {
		fmt.Printf("line %d: %s: %s\n", f.Line, f.Title, f.Reason)
	}
	// Output:
	// [Sambre] Actualités https://samb.example/rss
	// line 3: Sans adresse: it has no address (xmlUrl)
}
