package federation

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"testing"

	"github.com/plonegov/carillon/federation/shareddata"
)

// TestRealNamesAreNoLookAlikes: no commune of Belgium or France is refused for
// the name of another.
func TestRealNamesAreNoLookAlikes(t *testing.T) {
	var all Names
	n := 0
	for _, name := range []string{"be-communes.csv", "fr-communes.csv.gz"} {
		f, err := os.Open(shareddata.Dir(t, "communes", name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var in io.Reader = bufio.NewReader(f)
		if name[len(name)-3:] == ".gz" {
			if in, err = gzip.NewReader(in); err != nil {
				t.Fatal(err)
			}
		}
		r := csv.NewReader(in)
		r.FieldsPerRecord, r.LazyQuotes = -1, true
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, field := range row {
				n++
				if err := CheckName("name", field); err != nil {
					t.Errorf("%v", err)
				}
				if len(field) > 3 && field[0] >= 'A' {
					if other := all.Add(field); other != "" {
						t.Errorf("%q looks like %q", field, other)
					}
				}
			}
		}
	}
	t.Logf("%d names", n)
}
