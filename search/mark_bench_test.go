package search

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// BenchmarkMark marks a word that stands far down in the text of an item.
func BenchmarkMark(b *testing.B) {
	body := "<p>" + strings.Repeat("Les services communaux répondent à toutes les questions sur le marché. ", 15) + "La piscine rouvre.</p>"
	it := federation.Item{Title: "Avis aux habitants", Content: markup.Sanitise(body, nil)}
	it.Summary = it.Content.Summary(200)
	b.ReportAllocs()
	for b.Loop() {
		m := newMarker([]string{"piscine", "piscines"})
		for range 20 {
			m.mark(it)
		}
		m.free()
	}
}
