package dila_test

import (
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/dila"
)

func ExampleFormat() {
	read, err := dila.Format().Decode(federation.Document{URL: "https://www.service-public.gouv.fr/F1.xml", ContentType: "application/xml", Body: []byte(`<Publication ID="F1" type="Fiche d'information"><dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">Passeport</dc:title>
		<Introduction><Texte><Paragraphe>Le passeport se demande en mairie.</Paragraphe></Texte></Introduction></Publication>`)})
	if err != nil {
		panic(err)
	}
	for _, it := range read.Items {
		fmt.Println(it.Type, it.OriginID, it.Title, it.Summary)
	}
	// Output:
	// service F1 Passeport Le passeport se demande en mairie.
}
