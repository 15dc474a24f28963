package searchtest

import (
	"math"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// testExplain asks why hits are where they are: what is told adds up to the
// score, names the words, where they stand and how they matched, and is told of
// nothing unless it is asked for.
func testExplain(t *testing.T, h *harness) {
	old := item("old", "Les piscines de la ville", "Horaires d’hiver de la piscine.")
	old.Published = someDay.AddDate(-2, 0, 0)
	h.put(item("both", "Horaires de la piscine", "La piscine ouvre à neuf heures."), old, item("one", "Travaux", "Nouveaux horaires du chantier."),
		item("other", "Marché", "Rien de cela."))
	q := search.Query{Select: federation.Selection{Words: "horaire de la piscine xyzzyq"}, Language: "fr", Explain: true}
	res, err := h.Search(t.Context(), q)
	if err != nil || len(res.Hits) == 0 {
		t.Fatalf("%d hits, %v", len(res.Hits), err)
	}
	for _, hit := range res.Hits {
		if hit.Why == nil {
			t.Fatalf("%s is not explained", h.names[hit.ID])
		}
		sum := 0.0
		for _, w := range hit.Why.Words {
			fields := 0.0
			for _, f := range w.Fields {
				fields += f.Score
			}
			if math.Abs(fields*w.Weight-w.Score) > 1e-3*max(w.Score, 1) {
				t.Errorf("%s: the fields of %q add up to %v, told is %v", h.names[hit.ID], w.Word, fields*w.Weight, w.Score)
			}
			sum += w.Score
		}
		for _, f := range hit.Why.Factors {
			sum *= f.Value
		}
		if math.Abs(sum-hit.Score) > 1e-3*hit.Score {
			t.Errorf("%s: what is told makes %v, the score is %v: %+v", h.names[hit.ID], sum, hit.Score, hit.Why)
		}
	}
	first := res.Hits[0].Why
	if len(first.Words) != 5 || first.Words[4].Weight != 0 || len(first.Words[3].Fields) != 2 || first.Words[3].Fields[0].Match != "exact" ||
		first.Words[0].Fields[0].Match != "stem" || first.Words[0].Fields[0].Forms[0] != "horaires" {
		t.Errorf("of %s is told %+v", h.names[res.Hits[0].ID], first)
	}
	q.Explain = false
	if res, err = h.Search(t.Context(), q); err != nil || res.Hits[0].Why != nil {
		t.Errorf("told without being asked: %+v, %v", res.Hits[0].Why, err)
	}
}
