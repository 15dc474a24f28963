package widgets_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/plonegov/carillon/widgets"
)

var update = flag.Bool("update", false, "rewrite golden files and the release of this version")

// TestReleaseIsWhatTheAssetsMake keeps the generated release level with the
// assets, and the releases before it as they were issued.
func TestReleaseIsWhatTheAssetsMake(t *testing.T) {
	name := "releases/" + widgets.Version + ".js"
	if *update {
		if err := os.WriteFile(name, widgets.Loader(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, widgets.Loader()) {
		t.Errorf("%s is not what assets/ makes: raise widgets.Version if it was ever issued, then run go test ./widgets -update", name)
	}
}

func TestIntegrity(t *testing.T) {
	// The example of W3C Subresource Integrity, 1.1 and 3.2.1.
	const want = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
	if got := widgets.Integrity([]byte("alert('Hello, world.');")); got != want {
		t.Errorf("Integrity = %s, want %s", got, want)
	}
}
