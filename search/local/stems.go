package local

import (
	"hash/fnv"
	"slices"

	"github.com/plonegov/carillon/search/text"
)

// stems tell which forms share a stem in a language. A form that is its own
// stem is found by itself, so only the others are filed, each by a key of its
// stem: two stems may have the same, and the form tells which it is.
type stems struct {
	langs []uint8  // by form: bit i where an item in text.Langs[i] has it
	keys  []uint32 // rising
	forms []uint32 // one for each key, rising among equal ones
}

// stemKey is the key of a stem in text.Langs[lang].
func stemKey(lang int, stem string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write(append([]byte{byte(lang)}, stem...)) // it never fails
	return h.Sum32()
}

// filed is a form with a key, in an order by both.
func filed(key, form uint32) uint64 { return uint64(key)<<32 | uint64(form) }

func newStems(langs []uint8, all []uint64) stems {
	slices.Sort(all)
	all = slices.Compact(all)
	s := stems{langs: langs, keys: make([]uint32, len(all)), forms: make([]uint32, len(all))}
	for i, one := range all {
		s.keys[i], s.forms[i] = uint32(one>>32), uint32(one)
	}
	return s
}

// stemsOf files each form under its stem in each language that it occurs in.
// byRank gives the number, in langs, of a form.
func stemsOf(forms *dictionary, byRank []uint32, langs []uint8) stems {
	var all []uint64
	of := make([]uint8, len(byRank))
	for r, n := range byRank {
		of[r] = langs[n]
		form := forms.at(uint32(r))
		for i, lang := range text.Langs {
			if langs[n]&(1<<i) == 0 {
				continue
			}
			if stem := text.Stem(lang, form); stem != form {
				all = append(all, filed(stemKey(i, stem), uint32(r)))
			}
		}
	}
	return newStems(of, all)
}

// having are the forms filed under a key.
func (s *stems) having(key uint32) []uint32 {
	lo, _ := slices.BinarySearch(s.keys, key)
	hi := lo
	for hi < len(s.keys) && s.keys[hi] == key {
		hi++
	}
	return s.forms[lo:hi]
}

// in reports whether an item in text.Langs[lang] has the form.
func (s *stems) in(lang int, form uint32) bool { return s.langs[form]&(1<<lang) != 0 }

func (s *stems) fits(forms int) bool {
	return len(s.langs) == forms && len(s.keys) == len(s.forms) && slices.IsSorted(s.keys) && below(s.forms, forms)
}

func (s *stems) layout(c coder) {
	c.uint8s(&s.langs)
	c.uint32s(&s.keys)
	c.uint32s(&s.forms)
}

// related are the forms that share a stem with w in any part. A part may have
// one of them only in items of other languages, and not know that it does.
func (v *view) related(w word) []string { return v.relatedIn("", w) }

// relatedIn are those by the rules of one language, or of all when it is "".
func (v *view) relatedIn(speaks string, w word) []string {
	var out []string
	for _, form := range w.Spellings() {
		if form == "" {
			continue
		}
		for i, lang := range text.Langs {
			if speaks == "" || speaks == lang {
				out = v.appendStemming(out, i, text.Stem(lang, form))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// appendStemming appends the forms that have a stem in text.Langs[lang].
func (v *view) appendStemming(out []string, lang int, stem string) []string {
	if text.Stem(text.Langs[lang], stem) == stem && slices.ContainsFunc(v.parts, func(p part) bool {
		n, ok := p.forms.find(stem)
		return ok && p.stems.in(lang, n)
	}) {
		out = append(out, stem)
	}
	var others []string
	key := stemKey(lang, stem)
	for _, p := range v.parts {
		for _, n := range p.stems.having(key) {
			others = append(others, p.forms.at(n))
		}
	}
	slices.Sort(others)
	for _, form := range slices.Compact(others) {
		if text.Stem(text.Langs[lang], form) == stem {
			out = append(out, form)
		}
	}
	return out
}

// inCompounding are the bits of the languages that write compounds as one word.
var inCompounding = func() (bits uint8) {
	for i, lang := range text.Langs {
		if slices.Contains(compounding, lang) {
			bits |= 1 << i
		}
	}
	return bits
}()

// compounds reports whether an item in a language that writes compounds as one
// word has the form.
func (s *stems) compounds(form uint32) bool { return s.langs[form]&inCompounding != 0 }
