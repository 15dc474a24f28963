package portal

import (
	"fmt"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// BenchmarkResults makes the page of twenty results of a search, uncached, from
// request to the last byte. See DESIGN.md 9: at most 4 ms of CPU.
func BenchmarkResults(b *testing.B) {
	var extra []federation.Item
	for i := range 3000 {
		it := newItem("bellerive", "actualites", fmt.Sprint("bench:", i), federation.ItemTypes[i%len(federation.ItemTypes)], fmt.Sprint("Travaux de la rue ", i))
		it.Summary = "Les travaux de la rue commencent lundi et durent trois semaines ; la circulation est déviée par la place."
		it.Categories = []string{"Travaux", fmt.Sprint("thème ", i%40)}
		extra = append(extra, it)
	}
	h := newHub(b, extra...)
	for name, path := range map[string]string{"words": "/search?q=travaux", "browse": "/search?type=news", "filters": "/search?q=travaux&type=news,event&from=2026-01-01&postcode=5060"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if w := h.get(path); w.Code != 200 {
					b.Fatalf("GET %s = %d", path, w.Code)
				}
			}
		})
	}
}
