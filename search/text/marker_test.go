package text

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestMarkerUsedAgain: a marker that read and marked other texts before shows a text as a new one does.
func TestMarkerUsedAgain(t *testing.T) {
	match := oneOf("piscine", "ete", "a4")
	used := NewMarker(nil)
	rapid.Check(t, func(t *rapid.T) {
		used.Reset(match)
		texts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.StringMatching(`(piscine |Été-|a4 |l'|[a-z]{0,9}[ .<]){0,90}`)), 1, 4).Draw(t, "texts")
		for _, s := range texts {
			most := rapid.IntRange(0, 120).Draw(t, "most")
			found := used.Read(s)
			if got, want := used.Snippet(most), Snippet(s, match, most); got != want {
				t.Fatalf("Snippet(%q, %d) = %q, of a new one %q", s, most, got, want)
			}
			if want := slices.ContainsFunc(Tokens(nil, strings.TrimSpace(s)), match); found != want {
				t.Fatalf("Read(%q) = %v, want %v", s, found, want)
			}
			if got, want := used.Highlight(s), string(Highlight(nil, s, match)); got != want {
				t.Fatalf("Highlight(%q) = %q, of a new one %q", s, got, want)
			}
		}
		used.Reset(nil)
		for _, kept := range [][]Token{used.tokens[:cap(used.tokens)], used.hits[:cap(used.hits)]} {
			if slices.ContainsFunc(kept, func(t Token) bool { return t != Token{} }) {
				t.Fatal("a marker that let go of all texts still holds a part of one")
			}
		}
	})
}

func BenchmarkMarker(b *testing.B) {
	m := NewMarker(oneOf("rouvre", "ecole"))
	b.SetBytes(int64(len(benchReal)))
	b.ReportAllocs()
	for b.Loop() {
		m.Read(benchReal)
		m.Snippet(200)
	}
}
