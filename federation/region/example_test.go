package region_test

import (
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
)

func ExampleParse() {
	file, err := region.Parse("region.yaml", []byte(`members:
  - slug: samb
    kind: commune
    name: Sambre
    sources:
      - {slug: actus, url: "https://samb.example/rss", every: 15m}
`), region.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println(file.Members[0].Name["fr"], file.Sources[0].Name(), file.Sources[0].Every)

	_, err = region.Parse("region.yaml", []byte("members:\n  - {slug: samb, kind: village, name: Sambre}\n"), region.Options{})
	fmt.Println(err)
	// Output:
	// Sambre samb/actus 15m0s
	// region.yaml:2: kind: "village" must be one of region, province, commune, agency, association
}

func ExampleWrite() {
	fmt.Printf("%s", region.Write(&federation.Catalogue{
		Members: []federation.Member{{Slug: "samb", Kind: federation.KindCommune, Name: federation.Text{"fr": "Sambre"}}},
		Sources: []federation.Source{{Member: "samb", Slug: "actus", URL: "https://samb.example/rss"}},
	}))
	// Output:
	// members:
	//   - slug: samb
	//     kind: commune
	//     name: Sambre
	//     sources:
	//       - slug: actus
	//         url: https://samb.example/rss
}
