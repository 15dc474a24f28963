package read_test

import (
	"fmt"

	"github.com/plonegov/carillon/harvester/read"
)

func ExampleText() {
	text, fault := read.Text([]byte("Horaires d'\xe9t\xe9"), "text/plain; charset=iso-8859-1")
	fmt.Printf("%s %q\n", text, fault)
	// Output:
	// Horaires d'été ""
}

func ExampleXML() {
	root, fault := read.XML("<agenda><date>3 mars</date><lieu>Hall &amp; parc</lieu>")
	fmt.Println(root.Child("agenda").Child("lieu").Text())
	fmt.Println(fault)
	// Output:
	// Hall & parc
	// line 1: it stops inside <agenda>
}

func ExampleJSON() {
	list, err := read.JSON(`{"total": 3, "items": [{"id": 1}, {"id": 2}, {"id": 3}]}`, 2, "items")
	fmt.Println(list.Name, len(list.Entries), list.Listed, err)
	// Output:
	// items 2 3 <nil>
}
