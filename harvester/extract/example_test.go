package extract_test

import (
	"context"
	"fmt"

	"github.com/plonegov/carillon/harvester/extract"
	"github.com/plonegov/carillon/harvester/extract/extracttest"
)

func ExampleRead() {
	file := extract.Read(context.Background(), extracttest.ODT("Procès-verbal", "Séance du 3 mars"), "")
	fmt.Printf("%+v\n", file)
	// Output:
	// {Pages:[Procès-verbal Séance du 3 mars] Paged:true Reason:}
}
