package widgets_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// TestReserve looks at the form alone; what it reserves is measured in a
// browser, by embed.TestReserveFollowsItsColumn.
func TestReserve(t *testing.T) {
	form := regexp.MustCompile(`^calc\([0-9.]+em( \+ clamp\(0em,(100% - [0-9.]+em|\(100% - [0-9.]+em\)\*99),[0-9.]+em\)\*-?[0-9.]+)+\)$`)
	long := sample(3)
	long.Theme = federation.Theme{Size: "18px", Density: "airy", Scale: "1.4"}
	for i := range long.Entries {
		long.Entries[i].Item.Title = strings.Repeat("Très long titre ", 400)
	}
	for name, v := range map[string]widgets.View{"none yet": {}, "ten": sample(10), "agenda": agenda("nl"), "long": long} {
		got := widgets.Reserve(v)
		if !form.MatchString(got.Height) || len(got.Height) > 800 {
			t.Errorf("%s: Reserve = %s", name, got.Height)
		}
		if want := map[bool]string{true: "18px", false: "medium"}[name == "long"]; got.Size != want {
			t.Errorf("%s: Reserve counts in %s, want %s", name, got.Size, want)
		}
	}
}
