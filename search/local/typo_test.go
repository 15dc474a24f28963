package local

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

func dictionaryOf(words []string) *dictionary {
	var b dictionaryBuilder
	words = slices.Clone(words)
	slices.Sort(words)
	for _, w := range slices.Compact(words) {
		b.add(w)
	}
	d := b.done()
	return &d
}

// distance is optimal string alignment, by the book.
func distance(a, b []rune) int {
	m := make([][]int, len(a)+1)
	for i := range m {
		m[i] = make([]int, len(b)+1)
		for j := range m[i] {
			switch {
			case i == 0 || j == 0:
				m[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				m[i][j] = m[i-1][j-1]
			default:
				m[i][j] = 1 + min(m[i-1][j-1], m[i-1][j], m[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				m[i][j] = min(m[i][j], m[i-2][j-2]+1)
			}
		}
	}
	return m[len(a)][len(b)]
}

func randomWord(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(7) {
		b.WriteRune([]rune("abcéд")[r.IntN(5)])
	}
	return b.String()
}

// TestNear compares the walk through the dictionary with the distance of every
// word and of every beginning of it.
func TestNear(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var all []string
	for range 800 {
		all = append(all, randomWord(r))
	}
	d := dictionaryOf(all)
	for range 300 {
		word := randomWord(r)
		most, prefix := 1+r.IntN(2), r.IntN(2) == 0
		want := make(map[string]class)
		for i := range uint32(d.len()) {
			w := []rune(d.at(i))
			errors := distance([]rune(word), w)
			for n := 0; prefix && n <= len(w); n++ {
				errors = min(errors, distance([]rune(word), w[:n]))
			}
			if 0 < errors && errors <= most {
				want[d.at(i)] = oneTypo + class(errors-1)
			}
		}
		got := make(map[string]class)
		for _, m := range d.near(d.shared(), word, most, prefix) {
			for i := m.lo; i < m.hi; i++ {
				if _, twice := got[d.at(i)]; twice {
					t.Errorf("near(%q, %d, %v) has %q twice", word, most, prefix, d.at(i))
				}
				got[d.at(i)] = m.class
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("near(%q, %d, %v) (-want +got):\n%s", word, most, prefix, diff)
		}
	}
}

func TestNearEmpty(t *testing.T) {
	if got := new(dictionary).near(nil, "abc", 2, true); got != nil {
		t.Errorf("near in an empty dictionary = %v", got)
	}
}

func TestPrefixed(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var all []string
	for range 500 {
		all = append(all, randomWord(r))
	}
	d := dictionaryOf(all)
	for range 300 {
		p := randomWord(r)
		p = string([]rune(p)[:min(2, len([]rune(p)))])
		s := d.prefixed(p)
		for i := range uint32(d.len()) {
			if in := s.lo <= i && i < s.hi; in != strings.HasPrefix(d.at(i), p) {
				t.Fatalf("prefixed(%q) = %v; %q at %d", p, s, d.at(i), i)
			}
		}
	}
}

// TestMaxSought: of the words that nothing matches the first four are put right.
func TestMaxSought(t *testing.T) {
	x := empty(t)
	known := []string{"bibliothèque", "patrimoine", "inondation", "vaccination", "agriculture"}
	apply(t, x, federation.Item{ID: "a", Title: strings.Join(known, " "), Language: "fr"})
	asked := parse("bibliothèqze patrimoinz inondatioz vaccinatioz agriculturz ").words
	for i, term := range x.view.Load().expand(asked, &text.Synonyms{}) {
		if put := term.fixed != ""; put != (i < maxSought) {
			t.Errorf("word %d, %q, is put right as %q", i+1, term.Form, term.fixed)
		}
	}
}
