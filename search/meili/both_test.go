package meili_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/meili"
)

// own are the cases that are no promise of every engine; they run on the
// stand-in and on a real server, before the suite.
var own = []struct {
	name string
	run  func(t *testing.T, x *meili.Index)
}{
	{"Examine", testExamined},
	{"Stage", testStage},
	{"Operators", testOperators},
	{"Hostile", testHostile},
}

// testExamined: the settings that a server has are those that it was given, so
// that no index is made anew again and again.
func testExamined(t *testing.T, x *meili.Index) {
	if err := x.Apply(t.Context(), search.Batch{Put: []federation.Item{news("a", "Avis"), news("b", "Avis")}, Cursor: 7}); err != nil {
		t.Fatal(err)
	}
	r, err := x.Examine(t.Context())
	if err != nil || len(r.Differences) > 0 || !r.Ours || r.Missing || r.Documents != 2 || r.Cursor != 7 || r.Version == "" {
		t.Errorf("Examine() = %+v, %v, want two items at change 7 and no difference", r, err)
	}
	if err := x.Remove(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r, err = x.Examine(t.Context()); err != nil || !r.Missing {
		t.Errorf("Examine() = %+v, %v without an index, want that it is missing", r, err)
	}
	if _, err := x.Search(t.Context(), search.Query{}); err == nil {
		t.Error("Search without an index found nothing, want an error")
	}
}

// testStage swaps an index in while another one answers.
func testStage(t *testing.T, x *meili.Index) {
	total := func(words string) int {
		t.Helper()
		res, err := x.Search(t.Context(), search.Query{Select: federation.Selection{Words: words}})
		if err != nil {
			t.Fatal(err)
		}
		return res.Total
	}
	if err := x.Apply(t.Context(), search.Batch{Put: []federation.Item{news("old", "Ancienne piscine")}, Cursor: 3}); err != nil {
		t.Fatal(err)
	}
	for _, keep := range []bool{false, true} {
		s, err := x.Stage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Apply(t.Context(), search.Batch{Put: []federation.Item{news("new", "Nouvelle patinoire")}, Cursor: 9}); err != nil {
			t.Fatal(err)
		}
		if total("piscine") != 1 || total("patinoire") != 0 {
			t.Error("what is being made is found")
		}
		if !keep {
			if err := s.Abort(t.Context()); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := s.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	at, err := x.Cursor(t.Context())
	if total("piscine") != 0 || total("patinoire") != 1 || at != 9 || err != nil {
		t.Errorf("behind the swap: %d of the old, %d of the new, cursor %d, %v; want 0, 1, 9", total("piscine"), total("patinoire"), at, err)
	}
	if err := x.Apply(t.Context(), search.Batch{Put: []federation.Item{news("newer", "Nouvelle patinoire encore")}, Cursor: 10}); err != nil {
		t.Errorf("Apply behind the swap = %v", err)
	}
	if n := total("patinoire"); n != 2 {
		t.Errorf("%d of the new, want two", n)
	}
}

// testOperators: signs that an engine might read are none, alone or many.
func testOperators(t *testing.T, x *meili.Index) {
	if err := x.Apply(t.Context(), search.Batch{Put: []federation.Item{news("a", "Avis de travaux"), news("b", "Piscine")}}); err != nil {
		t.Fatal(err)
	}
	for _, nothing := range []string{`"`, `""`, `"""`, `-`, `--`, `-avis`, `-"avis de"`, `-avis -piscine`, `- `, ` " - " `, `*`, `\`, `?`, `%`, "\x00", "\u200b", `-"`, `"-"`,
		strings.Repeat(`"`, 10_000), strings.Repeat("-", 10_000), strings.Repeat("- ", 5_000)} {
		res, err := x.Search(t.Context(), search.Query{Select: federation.Selection{Words: nothing}})
		if err != nil || res.Total != 0 {
			t.Errorf("Search(%.40q) = %d hits, %v; want none: it asks for nothing", nothing, res.Total, err)
		}
	}
	for query, want := range map[string]int{`avis "`: 1, `" avis`: 1, `avis -`: 1, `avis -- `: 1, `avis -piscine`: 1, `avis -travaux`: 0, `"avis de travaux"`: 1,
		`"travaux avis"`: 0, `kind = state`: 0, `avis" OR kind = "state`: 0, strings.Repeat("avis ", 2_000): 1} {
		res, err := x.Search(t.Context(), search.Query{Select: federation.Selection{Words: query}})
		if err != nil || min(res.Total, 1) != want {
			t.Errorf("Search(%.40q) = %d hits, %v; want %d", query, res.Total, err, want)
		}
	}
}

// testHostile: each of the hostile texts is taken as a document, finds nothing
// that it should not as a value, and is asked for without an error.
func testHostile(t *testing.T, x *meili.Index) {
	texts := append(hostile(t), `" OR kind = item OR "`, `x"] OR member EXISTS OR id IN ["`, `\`, `\"`, `'`, "a\nb", "a\x00b", `_geoRadius(0,0,1e9)`, "NOT",
		"IN [", strings.Repeat("é", 10_000), strings.Repeat("a ", 10_000), strings.Repeat("x", 10_000))
	slices.Sort(texts)
	texts = slices.Compact(texts)
	var batch []federation.Item
	keys := map[string]int{}
	for i, s := range texts {
		it := news(fmt.Sprint("h", i), s)
		it.Summary, it.Member, it.Source, it.Categories = s, s, s+"/rss", []string{s}
		batch = append(batch, it)
		keys[federation.NormalCategory(s)]++
	}
	if err := x.Apply(t.Context(), search.Batch{Put: batch, Cursor: 5}); err != nil {
		t.Fatal(err)
	}
	for i, s := range texts {
		res, err := x.Search(t.Context(), search.Query{Select: federation.Selection{Members: []string{s}}, Facets: search.Facets})
		if err != nil || res.Total != 1 || res.Hits[0].ID != batch[i].ID {
			t.Errorf("member %.60q = %d hits, %v; want its item alone", s, res.Total, err)
		}
		if n := keys[federation.NormalCategory(s)]; federation.NormalCategory(s) != "" && i%8 == 0 {
			res, err := x.Search(t.Context(), search.Query{Select: federation.Selection{Categories: []string{s}, Languages: []string{"fr"}}})
			if err != nil || res.Total != n {
				t.Errorf("category %.60q = %d hits, %v; want %d", s, res.Total, err, n)
			}
		}
		if _, err := x.Search(t.Context(), search.Query{Select: federation.Selection{Words: s}}); err != nil {
			t.Errorf("Search(%.60q) = %v", s, err)
		}
		if _, err := x.Suggest(t.Context(), search.Beginning{Prefix: s, Most: 5, Offers: []string{s}}); err != nil {
			t.Errorf("Suggest(%.60q) = %v", s, err)
		}
	}
}
