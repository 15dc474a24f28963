package locale_test

import (
	"fmt"
	"testing/fstest"

	"github.com/plonegov/carillon/federation/locale"
)

func Example() {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	all := locale.MustLoad(fstest.MapFS{
		"locales/fr.json": file(`{"items": {"one": "{{.Count}} publication", "other": "{{.Count}} publications"}, "of": "de {{.Name}}"}`),
		"locales/nl.json": file(`{}`), "locales/de.json": file(`{}`), "locales/en.json": file(`{}`),
	})
	fmt.Println(all["fr"].N("items", 1), all["fr"].T("of", "Name", "Samb"))
	fmt.Println(all["fr"].T("nothing"))
	// Output:
	// 1 publication de Samb
	// [[nothing]]
}
