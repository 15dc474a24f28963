package widgets_test

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestAlso names the others that published an item, each once, three at most,
// and not the member itself, which may have it from two sources.
func TestAlso(t *testing.T) {
	name := func(s string) federation.Text { return federation.Text{"fr": s} }
	for _, c := range []struct {
		also []federation.Text
		want string
	}{
		{nil, ""},
		{[]federation.Text{name("Brume")}, "Aussi publié par Brume<"},
		{[]federation.Text{name("Alba"), name("Brume"), name("Cran & Fils"), name("Brume")}, "Aussi publié par Brume, Cran &amp; Fils<"},
		{[]federation.Text{name("Alba")}, ""},
		{[]federation.Text{name("B"), name("C"), name("D"), name("E")}, "Aussi publié par B, C, D et 1 autre<"},
	} {
		v := agenda("fr")
		v.Entries = v.Entries[:1]
		v.Entries[0].Member, v.Entries[0].Also = name("Alba"), c.also
		got := fragment(t, v)
		if has := strings.Contains(got, "Aussi publié"); has != (c.want != "") || !strings.Contains(got, c.want) {
			t.Errorf("Fragment with also %v lacks %q, or has it for nothing:\n%s", c.also, c.want, got)
		}
	}
}
