package text_test

import (
	"fmt"

	"github.com/plonegov/carillon/search/text"
)

func ExampleTokens() {
	s := "L'École d'été à Saint-Gérard"
	for _, t := range text.Tokens(nil, s) {
		fmt.Println(s[t.Start:t.End], t.Form)
	}
	// Output:
	// École ecole
	// été ete
	// à a
	// Saint saint
	// Gérard gerard
}

func ExampleSynonyms_Of() {
	list, err := text.ParseSynonyms("synonyms.yaml", []byte("fr:\n  - [recyparc, déchetterie]\n"))
	if err != nil {
		panic(err)
	}
	fmt.Println(text.NewSynonyms(list).Of([]string{"recyparc"}))
	// Output:
	// [[dechetterie]]
}
