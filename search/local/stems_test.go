package local

import (
	"log/slog"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/text"
)

// TestRelated: forms of one stem are found in the languages they occur in, and
// one whose stem only has the same key is not.
func TestRelated(t *testing.T) {
	x, err := New(slog.New(slog.DiscardHandler), "")
	if err != nil {
		t.Fatal(err)
	}
	put := []federation.Item{
		{ID: "a", Type: federation.News, Language: "fr", Title: "dechet jardins"},
		{ID: "b", Type: federation.News, Language: "fr", Title: "dechets jardin"},
		{ID: "c", Type: federation.News, Language: "eu", Title: "piscines"},
	}
	if err := x.Apply(t.Context(), search.Batch{Put: put}); err != nil {
		t.Fatal(err)
	}
	v := x.view.Load()
	p := v.parts[0].segment
	stray, _ := p.forms.find("jardin")
	all := []uint64{filed(stemKey(slices.Index(text.Langs[:], "fr"), text.Stem("fr", "dechets")), stray)}
	for i, key := range p.stems.keys {
		all = append(all, filed(key, p.stems.forms[i]))
	}
	p.stems = newStems(p.stems.langs, all)
	for form, want := range map[string][]string{"dechets": {"dechet", "dechets"}, "jardins": {"jardin", "jardins"}, "piscine": nil, "": nil} {
		if diff := cmp.Diff(want, v.related(word{Token: text.Token{Form: form}})); diff != "" {
			t.Errorf("related(%q) (-want +got):\n%s", form, diff)
		}
	}
}
