package local

import (
	"slices"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/text"
)

// TestAbroad: what says it in another language comes behind what says it in the
// word's own, and is left out of a query that is surely in a language in which
// something is found.
func TestAbroad(t *testing.T) {
	list, err := text.ParseSynonyms("own.yaml", []byte("fr:\n  - piscine, bassin\nall:\n  - fr:piscine, nl:zwembad\n  - fr:marché, nl:markt\n"))
	if err != nil {
		t.Fatal(err)
	}
	x := empty(t)
	apply(t, x, federation.Item{ID: "nl", Title: "Zwembad", Language: "nl"}, federation.Item{ID: "markt", Title: "Markt", Language: "nl"},
		federation.Item{ID: "fr", Title: "Le petit bassin de la ville est ouvert aux enfants", Language: "fr"},
		federation.Item{ID: "other", Title: "Rien", Language: "fr"})
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"piscine", []string{"fr", "nl"}},
		{"où est la piscine ?", []string{"fr"}},
		{"où est le marché ?", []string{"markt"}},
	} {
		res, err := x.Search(t.Context(), search.Query{Select: federation.Selection{Words: c.query}, Synonyms: text.NewSynonyms(list)})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range res.Hits {
			got = append(got, h.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q finds %v, want %v", c.query, got, c.want)
		}
	}
}

// TestMisspeltSynonym: a word that no item has is put right when its synonym is
// what items say.
func TestMisspeltSynonym(t *testing.T) {
	list, err := text.ParseSynonyms("own.yaml", []byte("fr:\n  - football, foot\n"))
	if err != nil {
		t.Fatal(err)
	}
	x := empty(t)
	apply(t, x, federation.Item{ID: "a", Title: "Tournoi de foot", Language: "fr"}, federation.Item{ID: "b", Title: "Rien", Language: "fr"})
	res, err := x.Search(t.Context(), search.Query{Select: federation.Selection{Words: "footfball"}, Synonyms: text.NewSynonyms(list)})
	if err != nil || len(res.Hits) != 1 || res.Hits[0].ID != "a" || res.Corrected != "football" {
		t.Errorf("footfball finds %+v, put right as %q, %v", res.Hits, res.Corrected, err)
	}
}
