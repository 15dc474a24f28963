package local

import (
	"testing"

	"github.com/plonegov/carillon/search"
)

// BenchmarkSuggest completes what people type letter by letter, on 100,000
// generated items.
//
//	go test -run - -bench Suggest ./search/local
func BenchmarkSuggest(b *testing.B) {
	x := filled(b, 100_000)
	for name, prefixes := range map[string][]string{
		"one letter": {"p", "c", "e"}, "two letters": {"pi", "co", "ra"}, "word": {"pisc", "comm", "bibliothè"},
		"two words": {"commune p", "horaire pi", "travaux rue"}, "many words": {"quels sont les horaires de la piscine communale ", "carte identité commune con"},
	} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				for _, p := range prefixes {
					if _, err := x.Suggest(b.Context(), search.Beginning{Prefix: p, Language: "fr", Offers: offers, Most: 8}); err != nil {
						b.Fatal(err)
					}
					n++
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "µs/prefix")
		})
	}
}

var offers = []string{"travaux de voirie", "collecte des déchets", "horaire de la piscine"}
