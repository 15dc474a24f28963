package text

import (
	"slices"
	"strings"
	"sync"
)

// Synonyms are sets of words that people take for one another: déchets, poubelles, ordures. They are for queries: an
// index holds what texts say. It does not change once made and is safe for concurrent use; nil holds none.
type Synonyms struct {
	entries map[string][]int32 // by language and stems: the sides of sets whose words lead somewhere
	sides   []side
	begins  map[beginning]bool // of every entry's words: nearly all words need not be stemmed
	most    int                // words of the longest entry
	single  []string           // entries of one word, sorted
}

// side is what one entry of a set leads to: first what is in its language or in none, from abroad on what is in others.
type side struct {
	words  [][]string
	abroad int
}

// Of returns what may be said instead of forms, one or several folded words that stand side by side: each
// alternative is a list of folded words that must stand together in this order. Inflected forms of an entry count as
// the entry (poubelle for poubelles), in the language of its set; articles and elided words must be left out as
// [Tokens] leaves them out. It returns nil where there is none. Callers must not write to what they get.
//
// Those of the entry's own language, or of none, come before those of others.
func (s *Synonyms) Of(forms []string) [][]string {
	own, abroad := s.Apart(forms)
	return append(own, abroad...)
}

// Apart returns what Of does, what is in the entry's own language, or in none, apart from what is in others.
//
// It is asked for every run of at most [Synonyms.MaxWords] words of a query; most are told no without a stem cut.
func (s *Synonyms) Apart(forms []string) (own, abroad [][]string) {
	if s == nil || len(forms) == 0 || len(forms) > s.most {
		return nil, nil
	}
	for i, f := range forms {
		if !s.begins[beginningOf(f, i, len(forms))] {
			return nil, nil
		}
	}
	var key strings.Builder
	var sides []side
	for _, lang := range Langs {
		key.Reset()
		writeKey(&key, lang, forms)
		for _, n := range s.entries[key.String()] {
			sides = append(sides, s.sides[n])
			own = appendNew(own, s.sides[n].words[:s.sides[n].abroad], forms)
		}
	}
	for _, side := range sides {
		for _, to := range side.words[side.abroad:] {
			if !contains(own, to) {
				abroad = appendNew(abroad, [][]string{to}, forms)
			}
		}
	}
	return own, abroad
}

// appendNew appends what is neither in out nor own.
func appendNew(out, words [][]string, own []string) [][]string {
	for _, to := range words {
		if !slices.Equal(to, own) && !contains(out, to) {
			out = append(out, to)
		}
	}
	return out
}

func contains(list [][]string, words []string) bool {
	return slices.ContainsFunc(list, func(w []string) bool { return slices.Equal(w, words) })
}

// MaxWords is how many words the longest entry has; 0 when there are none.
func (s *Synonyms) MaxWords() int {
	if s == nil {
		return 0
	}
	return s.most
}

// beginning is what is compared before any stem is cut: the first letters of a word, its place in the entry and how
// many words that has. Inflection changes the first two letters hardly ever (stad, steden: the third); words that
// stand with others are compared by three, for there are many and they vary little.
type beginning struct {
	letters   string
	at, words int
}

func beginningOf(form string, at, words int) beginning {
	most := 2
	if words > 1 {
		most = 3
	}
	return beginning{form[:min(len(form), most)], at, words}
}

func writeKey(b *strings.Builder, lang string, forms []string) {
	b.WriteString(lang)
	for i, f := range forms {
		b.WriteByte(": "[min(i, 1)])
		b.WriteString(Stem(lang, f))
	}
}

// Misspelt returns the entry of one word that form is likeliest a misspelling of, or "" where none is one likely error
// away: for what no item says, and so no dictionary of theirs can put right (footfball, where all say foot).
func (s *Synonyms) Misspelt(form string) string {
	if s == nil || MaxTypos(form) == 0 {
		return ""
	}
	from, _ := slices.BinarySearch(s.single, form[:1])
	best, least := "", float32(1)
	for _, as := range s.single[from:] {
		if as[0] != form[0] {
			break
		}
		if n := len(as) - len(form); n < -1 || n > 1 {
			continue
		}
		if slips := Slips(form, as, false); slips <= least && (slips < least || best == "") {
			best, least = as, slips
		}
	}
	return best
}

// NewSynonyms makes one of all sets of all lists given.
func NewSynonyms(lists ...SynonymList) *Synonyms {
	s := &Synonyms{entries: map[string][]int32{}, begins: map[beginning]bool{}}
	for _, l := range lists {
		for _, set := range l {
			s.add(set)
		}
	}
	slices.Sort(s.single)
	s.single = slices.Compact(s.single)
	return s
}

func (s *Synonyms) add(set SynonymSet) {
	to := set.To
	if len(to) == 0 {
		to = set.From
	}
	for _, e := range set.From {
		own := e.words()
		n := int32(len(s.sides))
		s.sides = append(s.sides, leadsTo(e.Lang, own, to))
		s.most = max(s.most, len(own))
		if len(own) == 1 {
			s.single = append(s.single, own[0])
		}
		for i, t := range Tokens(nil, e.Text) {
			s.begins[beginningOf(t.Form, i, len(own))] = true
			if t.Alt != "" {
				s.begins[beginningOf(t.Alt, i, len(own))] = true
			}
		}
		for _, lang := range Langs {
			if e.Lang != "" && e.Lang != lang {
				continue
			}
			var key strings.Builder
			writeKey(&key, lang, own)
			s.entries[key.String()] = append(s.entries[key.String()], n)
		}
	}
}

// leadsTo is where an entry of words in lang leads.
func leadsTo(lang string, words []string, to []Synonym) side {
	var own, abroad [][]string
	for _, e := range to {
		switch w := e.words(); {
		case slices.Equal(w, words):
		case lang == "" || e.Lang == "" || e.Lang == lang:
			own = append(own, w)
		default:
			abroad = append(abroad, w)
		}
	}
	return side{append(own, abroad...), len(own)}
}

// DefaultSynonyms are the lists that ship with Carillon, for what municipalities of Belgium, France, Luxembourg,
// Germany, the Netherlands and Spain publish. They are read once, when they are first asked for.
func DefaultSynonyms() SynonymList { return shipped() }

var shipped = sync.OnceValue(readShipped)
