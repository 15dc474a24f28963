package local

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/text"
)

// builder makes a segment of items.
type builder struct {
	seg    *segment
	tables tables
	own    [allColumns]bool // tables that are ours to change
	ords   [allColumns][]uint32

	ids    dictionaryBuilder
	number map[string]uint32 // of a form, in order of appearance
	forms  []string
	langs  []uint8 // by form: bit i for text.Langs[i]
	pairs  [fields][]pair
	spells map[spelling]int

	precedence map[string]search.Precedence // by id
	topics     map[string][]string          // words by slug
	files      map[string]string            // by id

	tokens []text.Token
	seen   []uint32 // forms in the field being read
	met    []met    // by form: in the field being read
	chain  []place
	places [fields][]byte
}

// pair is a posting of a form whose rank is not known yet.
type pair struct {
	form     uint32
	doc      uint16
	tf       uint8
	from, to uint32 // where its places are
}

// met is how often a form is in a field, and where first and last in the chain.
type met struct {
	count       int
	first, last uint32
}

// place is one in a field, and the next one of the same form in the chain.
type place struct{ at, next uint32 }

// spelling is a form as a title wrote it.
type spelling struct {
	form uint32
	as   string
}

// build makes segments of items, of at most most documents each, and returns the
// tables that go with them; of with only what tells more of the items is used.
// Of items with one id the last counts.
func build(items []federation.Item, with search.Batch, t tables, most int) (out []*segment, _ tables) {
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b federation.Item) int { return strings.Compare(a.ID, b.ID) })
	last := items[:0]
	for i := range items {
		if i+1 == len(items) || items[i].ID != items[i+1].ID {
			last = append(last, items[i])
		}
	}
	for some := range slices.Chunk(last, most) {
		var s *segment
		s, t = buildOne(some, with, t)
		out = append(out, s)
	}
	return out, t
}

// buildOne makes a segment of items in the order of their ids.
func buildOne(items []federation.Item, with search.Batch, t tables) (*segment, tables) {
	b := &builder{seg: new(segment), tables: t, number: make(map[string]uint32), spells: make(map[spelling]int),
		precedence: with.Precedence, topics: with.Topics, files: with.Files}
	for i := range items {
		b.add(&items[i])
	}
	b.finish()
	return b.seg, b.tables
}

func (b *builder) add(it *federation.Item) {
	doc := uint32(len(b.seg.date))
	b.ids.add(it.ID)
	b.columns(it)
	lang := langBit(it.Language)
	summary, body := search.Bodies(it)
	titleLen := b.read(titleField, doc, lang, it.Title)
	summaryLen := b.read(summaryField, doc, lang, summary)
	bodyLen := b.read(bodyField, doc, lang, body)
	b.read(labelField, doc, lang, search.Labels(it, b.topics)...)
	fileLen := b.read(fileField, doc, lang, b.files[it.ID])
	b.spell(it.Title)
	s := b.seg
	s.titleLen = append(s.titleLen, uint8(min(titleLen, math.MaxUint8)))
	s.summaryLen = append(s.summaryLen, uint8(min(summaryLen, math.MaxUint8)))
	s.bodyLen = append(s.bodyLen, uint16(min(bodyLen, math.MaxUint16)))
	if fileLen > 0 {
		s.fileLens.add(doc, uint16(min(fileLen, math.MaxUint16)))
	}
}

// countWords adds up the lengths of all documents.
func (s *segment) countWords() {
	s.words[titleField] = total(s.titleLen)
	s.words[summaryField] = total(s.summaryLen)
	s.words[bodyField] = total(s.bodyLen)
	s.words[fileField] = total(s.fileLens.values)
}

func total[T number](list []T) (sum uint64) {
	for _, n := range list {
		sum += uint64(n)
	}
	return sum
}

// langBit is the bit of an item's language; 0 when text has no stems for it.
func langBit(language string) uint8 {
	for i, l := range text.Langs {
		if federation.MatchLanguage(l, language) {
			return 1 << i
		}
	}
	return 0
}

// langOf is the language of a bit; "" for 0.
func langOf(bit uint8) string {
	if bit == 0 {
		return ""
	}
	return text.Langs[bits.TrailingZeros8(bit)]
}

// Bounds of what is indexed of one item. Decoders bound items much closer;
// these keep the sums of a field within their bits, whatever they let through.
const (
	maxText  = 1 << 20 // bytes of one text
	maxField = 1 << 16 // words of one field
)

// read takes in the words of a field and returns how many there are.
func (b *builder) read(f field, doc uint32, lang uint8, texts ...string) int {
	words, gap := 0, 0
	for _, s := range texts {
		b.tokens = text.TokensIn(b.tokens[:0], langOf(lang), s[:min(len(s), maxText)])
		b.tokens = b.tokens[:min(len(b.tokens), maxField-words)]
		for i, t := range b.tokens {
			at := uint32(words + gap + i)
			b.enter(t.Form, lang, at)
			if t.Alt != "" {
				b.enter(t.Alt, lang, at)
			}
			for form := range strings.FieldsSeq(t.Also) {
				b.enter(form, lang, at)
			}
		}
		words += len(b.tokens)
		gap += textGap
	}
	for _, form := range b.seen {
		from := uint32(len(b.places[f]))
		m := b.met[form]
		before, next := uint32(0), m.first
		for range min(m.count, maxTF) {
			at := b.chain[next].at
			b.places[f] = binary.AppendUvarint(b.places[f], uint64(at-before))
			before, next = at, b.chain[next].next
		}
		b.pairs[f] = append(b.pairs[f], pair{form, uint16(doc), uint8(min(m.count, maxTF)), from, uint32(len(b.places[f]))})
		b.met[form].count = 0
	}
	b.seen, b.chain = b.seen[:0], b.chain[:0]
	return words
}

func (b *builder) enter(form string, lang uint8, at uint32) {
	n, ok := b.number[form]
	if !ok {
		n = uint32(len(b.forms))
		form = strings.Clone(form) // it is part of the item's text
		b.number[form] = n
		b.forms = append(b.forms, form)
		b.langs = append(b.langs, 0)
		b.met = append(b.met, met{})
	}
	b.langs[n] |= lang
	here := uint32(len(b.chain))
	b.chain = append(b.chain, place{at: at})
	m := &b.met[n]
	if m.count++; m.count == 1 {
		b.seen = append(b.seen, n)
		m.first = here
	} else {
		b.chain[m.last].next = here
	}
	m.last = here
}

// finish sorts the forms and lays the postings out by them.
func (b *builder) finish() {
	byRank := make([]uint32, len(b.forms))
	for i := range byRank {
		byRank[i] = uint32(i)
	}
	slices.SortFunc(byRank, func(x, y uint32) int { return strings.Compare(b.forms[x], b.forms[y]) })
	rank := make([]uint32, len(b.forms))
	var forms dictionaryBuilder
	for r, n := range byRank {
		rank[n] = uint32(r)
		forms.add(b.forms[n])
	}
	b.seg.ids, b.seg.forms = b.ids.done().even(), forms.done()
	for f := range fields {
		b.seg.postings[f], b.seg.places[f] = arrange(b.pairs[f], rank, b.places[f])
	}
	b.seg.spellings = b.spellings(byRank)
	b.seg.stems = stemsOf(&b.seg.forms, byRank, b.langs)
	b.finishColumns()
}

// arrange is a counting sort: pairs come in the order of documents, and stay so
// within a form.
func arrange(pairs []pair, rank []uint32, blob []byte) (postings, places) {
	if len(pairs) == 0 {
		return postings{}, places{}
	}
	l := postings{off: make([]uint32, len(rank)+1), docs: make([]uint16, 0, len(pairs)), more: make(bitmap, 0, (len(pairs)+63)/64)}
	for _, p := range pairs {
		l.off[rank[p.form]+1]++
	}
	for i := range rank {
		l.off[i+1] += l.off[i]
	}
	next := slices.Clone(l.off)
	order := make([]uint32, len(pairs)) // which pair stands where
	for i, p := range pairs {
		at := &next[rank[p.form]]
		order[*at] = uint32(i)
		*at++
	}
	at := places{blob: make([]byte, 0, len(blob))}
	for n, i := range order {
		p := &pairs[i]
		at.add(n, blob[p.from:p.to])
		l.add(uint32(p.doc), uint32(p.tf))
	}
	return l.clipped(), at.clipped()
}
