package territory_test

import (
	"encoding/json"
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/territory"
)

func ExampleOutline() {
	var namur federation.Outline
	if err := json.Unmarshal(territory.Outline("92094"), &namur); err != nil {
		panic(err)
	}
	fmt.Println(namur.Has(federation.Point{Lat: 50.465, Lon: 4.867}), territory.Outline("00000") == nil)
	// Output:
	// true true
}
