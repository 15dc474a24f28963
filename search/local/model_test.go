package local

import (
	"fmt"
	"log/slog"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/text"
)

// model is an index that goes through all items for every query.
type model struct {
	items map[string]federation.Item
	forms map[string]map[string]int  // by id, form: how many fields have it, one bit each
	stems map[string]map[string]bool // by form: its stem keys
	ever  map[string]map[string]bool // what stems has ever been
	texts map[string][][]text.Token  // by id
}

func newModel(items map[string]federation.Item, ever map[string]map[string]bool) *model {
	m := &model{items: items, ever: ever, texts: make(map[string][][]text.Token), forms: make(map[string]map[string]int), stems: make(map[string]map[string]bool)}
	for id, it := range items {
		for _, s := range append([]string{it.Title, it.Content.Text()}, it.Categories...) {
			m.texts[id] = append(m.texts[id], text.TokensIn(nil, langOf(langBit(it.Language)), s))
		}
		m.forms[id] = formsOf(m.texts[id])
		for form := range m.forms[id] {
			if m.stems[form] == nil {
				m.stems[form] = make(map[string]bool)
			}
			if slices.Contains(text.Langs[:], it.Language) {
				m.stems[form][it.Language+":"+text.Stem(it.Language, form)] = true
				if ever[form] == nil {
					ever[form] = make(map[string]bool)
				}
				ever[form][it.Language+":"+text.Stem(it.Language, form)] = true
			}
		}
	}
	return m
}

func formsOf(texts [][]text.Token) map[string]int {
	out := make(map[string]int)
	for i, tokens := range texts {
		for _, t := range tokens {
			for _, form := range t.Spellings() {
				out[form] |= 1 << min(i, 2) // title, body, labels
			}
		}
	}
	return out
}

// ids are those of the items that a query must find; chosen is the query with
// the values of every facet.
func (m *model) ids(s, chosen federation.Selection) []string {
	out := []string{}
	words := m.weigh(s.Words)
	cut := m.cut(chosen, words)
	for id, it := range m.items {
		if s.Match(it) && m.within(it, s.Words) && (len(words) == 0 || m.cover(id, words) >= cut) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// weighed is a word of a query: the forms it stands for and what it weighs.
type weighed struct {
	forms  map[string]bool
	weight int
	little bool
}

func (m *model) weigh(query string) []weighed {
	words := parse(query).literal().words
	terms := make([]term, len(words))
	for i, w := range words {
		terms[i].word = w
	}
	little := functionWords(terms)
	out := make([]weighed, len(words))
	for i := range out {
		out[i].forms = map[string]bool{}
	}
	for i, w := range words {
		for form := range m.meant(w) {
			out[i].forms[form] = true
		}
		out[i].little = little[i]
		exact := w
		exact.prefix = false
		out[i].weight = m.weight(m.meant(exact), little[i])
		for form := range m.compounds(w) {
			out[i].forms[form] = true
		}
		m.join(words[i:min(i+2, len(words))], out[i:])
		m.join(words[i:min(i+3, len(words))], out[i:])
	}
	telling := false
	for i := range out {
		if out[i].weight == 0 {
			out[i].weight = m.weight(out[i].forms, little[i])
		}
		telling = telling || out[i].weight > 0 && !little[i]
	}
	if !telling && slices.Contains(little, false) {
		for i := range out {
			out[i].weight = 0
		}
	}
	return out
}

// compounds are the forms that have a word as a part.
func (m *model) compounds(w word) map[string]bool {
	out := map[string]bool{}
	for form, stems := range m.stems {
		joins := slices.ContainsFunc(compounding, func(lang string) bool {
			return slices.ContainsFunc(slices.Collect(maps.Keys(stems)), func(k string) bool { return strings.HasPrefix(k, lang+":") })
		})
		if w.quoted || !joins || len(form) < shortestCompound || hasDigit(form) {
			continue
		}
		for _, part := range partsOf(w) {
			for at := range form {
				if strings.HasPrefix(form[at:], part) && isPart(form, at, len(part), func(s string) bool { return m.stems[s] != nil }) {
					out[form] = true
				}
			}
		}
	}
	return out
}

// join adds to neighbours what they are when they are written as one.
func (m *model) join(words []word, out []weighed) {
	form := ""
	for _, w := range words {
		if t := (term{word: w}); w.quoted || t.isLittle() || len(words) < 2 {
			return
		}
		form += w.Form
	}
	if m.stems[form] == nil {
		return
	}
	for other := range m.meant(word{Token: text.Token{Form: form}}) {
		for i := range words {
			out[i].forms[other] = true
		}
	}
}

// cut is what a match of s covers at least.
func (m *model) cut(s federation.Selection, words []weighed) int {
	all, best, telling := 0, 0, 0
	for _, w := range words {
		all += w.weight
		if w.weight > 0 && !w.little {
			telling++
		}
	}
	for id, it := range m.items {
		if s.Match(it) && m.within(it, s.Words) {
			best = max(best, m.cover(id, words))
		}
	}
	return max(1, int(math.Ceil(leastCover*float64(all))), int(math.Ceil(bestShare(telling)*float64(best))))
}

func (m *model) weight(meant map[string]bool, little bool) int {
	var in [3]float64
	for _, forms := range m.forms {
		for form, fields := range forms {
			for f := range in {
				if fields&(1<<f) != 0 && meant[form] {
					in[f]++
				}
			}
		}
	}
	n := float64(len(m.items))
	df := min(max(in[0], in[1]), n)
	if df == 0 {
		df = in[2] // labels
	}
	if df == 0 {
		return 0
	}
	idf := math.Log(1 + (n-df+.5)/(df+.5))
	if little {
		idf *= littleWeight
	}
	return max(1, int(math.Round(16*idf)))
}

func (m *model) cover(id string, words []weighed) int {
	sum := 0
	for _, w := range words {
		for form := range m.forms[id] {
			if w.forms[form] {
				sum += w.weight
				break
			}
		}
	}
	return sum
}

// within reports whether an item has the phrases and nothing that is left out.
func (m *model) within(it federation.Item, query string) bool {
	ask := parse(query).literal()
	for _, p := range ask.phrases {
		if !m.stands(it.ID, p) {
			return false
		}
	}
	for _, w := range ask.without {
		if len(w) > 1 && m.stands(it.ID, w) {
			return false
		}
		for form := range m.meant(w[0]) {
			if len(w) == 1 && m.forms[it.ID][form] != 0 {
				return false
			}
		}
	}
	return true
}

// known are the forms that items have.
func (m *model) known(forms map[string]bool) map[string]bool {
	out := map[string]bool{}
	for form := range forms {
		out[form] = m.stems[form] != nil
	}
	maps.DeleteFunc(out, func(_ string, known bool) bool { return !known })
	return out
}

// stands reports whether the words stand together in a text of an item.
func (m *model) stands(id string, words []word) bool {
	for _, tokens := range m.texts[id] {
		for i := range tokens {
			n := 0
			for n < len(words) && i+n < len(tokens) && isWritten(words[n], tokens[i+n]) {
				n++
			}
			if n == len(words) {
				return true
			}
		}
	}
	return false
}

func isWritten(w word, t text.Token) bool {
	for _, as := range w.Spellings() {
		for _, form := range t.Spellings() {
			if form == as || w.prefix && !w.isShort() && strings.HasPrefix(form, as) {
				return true
			}
		}
	}
	return false
}

func (m *model) meant(w word) map[string]bool {
	out := map[string]bool{}
	for _, as := range w.Spellings() {
		keys := text.Stems(as)
		for form, stems := range m.stems {
			if w.quoted && form != as && !w.prefix {
				continue
			}
			if form == as || w.prefix && strings.HasPrefix(form, as) || slices.ContainsFunc(keys, func(k string) bool { return stems[k] }) {
				out[form] = true
			}
		}
	}
	return out
}

// shown are the ids without those of other versions of a document, and those
// that stand behind a smaller one that says the same.
func (m *model) shown(sorted []string) []string {
	version := map[string]string{} // by document
	for _, id := range sorted {
		if same := m.items[id].Same; same != "" && (version[same] == "" || id == same) {
			version[same] = id
		}
	}
	sorted = slices.DeleteFunc(sorted, func(id string) bool {
		same := m.items[id].Same
		return same != "" && version[same] != id
	})
	met := map[string]bool{}
	return slices.DeleteFunc(sorted, func(id string) bool {
		g := search.FoldKey(m.items[id])
		behind := met[g]
		met[g] = g != ""
		return behind
	})
}

// counts are what a facet must show.
func (m *model) counts(s federation.Selection, f search.Facet) map[string]int {
	chosen := s
	values := func(it federation.Item) []string { return nil }
	switch f {
	case search.ByMember:
		chosen.Members = nil
		values = func(it federation.Item) []string { return []string{it.Member} }
	case search.ByType:
		chosen.Types = nil
		values = func(it federation.Item) []string { return []string{string(it.Type)} }
	case search.ByCategory:
		chosen.Categories = nil
		values = func(it federation.Item) []string { return search.NormalCategories(it.Categories) }
	case search.ByLanguage:
		chosen.Languages = nil
		values = func(it federation.Item) []string { return []string{it.Language} }
	}
	out, counted := make(map[string]int), make(map[[2]string]bool)
	for _, id := range m.ids(chosen, s) {
		for _, v := range slices.Compact(slices.Sorted(slices.Values(values(m.items[id])))) {
			document := [2]string{id, v}
			if same := m.items[id].Same; same != "" {
				document[0] = "same " + same
			}
			if !counted[document] {
				out[v]++
			}
			counted[document] = true
		}
	}
	return out
}

// TestModel puts, replaces and deletes items at random, batch after batch, and
// asks the index and the model the same.
func TestModel(t *testing.T) {
	x, err := New(slog.New(slog.NewTextHandler(t.Output(), nil)), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := newCorpus(5)
	c.vocab = c.vocab[:3000]
	c.zipf = rand.NewZipf(c.rand, 1.1, 12, uint64(len(c.vocab)-1))
	items, ever := make(map[string]federation.Item), make(map[string]map[string]bool)
	versions := rand.New(rand.NewPCG(9, 9))
	for range 20 {
		var b search.Batch
		for range c.rand.IntN(30) {
			it := c.item(c.rand.IntN(300))
			it.Member = fmt.Sprint("m", c.rand.IntN(6))
			if c.rand.IntN(3) == 0 {
				it.Group, it.Wording = fmt.Sprint("g", c.rand.IntN(40)), int64(c.rand.IntN(2))
			}
			switch versions.IntN(6) {
			case 0:
				it.Same = it.ID
			case 1:
				it.Same = federation.NewItemID(it.Source, fmt.Sprint(versions.IntN(20)))
			}
			b.Put = append(b.Put, it)
		}
		for id := range items {
			if c.rand.IntN(10) == 0 {
				b.Delete = append(b.Delete, id)
				delete(items, id)
			}
		}
		b.Put = slices.DeleteFunc(b.Put, func(it federation.Item) bool { return slices.Contains(b.Delete, it.ID) })
		for _, it := range b.Put {
			items[it.ID] = it
		}
		if err := x.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		compare(t, x, newModel(items, ever), c)
	}
	if parts := len(x.view.Load().parts); parts > 4 {
		t.Errorf("%d parts for %d items", parts, len(items))
	}
}

func compare(t *testing.T, x *Index, m *model, c *corpus) {
	t.Helper()
	for range 10 {
		s := c.selection()
		res, err := x.Search(t.Context(), search.Query{Select: s, Facets: search.Facets})
		if err != nil {
			t.Fatal(err)
		}
		want := m.shown(m.ids(s, s))
		words := m.weigh(s.Words)
		now := m.stems
		m.stems = m.ever
		before := m.weigh(s.Words)
		m.stems = now
		if !slices.EqualFunc(words, before, func(a, b weighed) bool { return maps.Equal(m.known(a.forms), m.known(b.forms)) }) {
			continue // a form is no longer in items of a language; an index may not know yet
		}
		if slices.ContainsFunc(words, func(w weighed) bool { return w.weight == 0 }) {
			continue // errors are forgiven in it
		}
		got := []string{}
		for _, h := range res.Hits {
			got = append(got, h.ID)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" || res.Total != len(want) {
			t.Fatalf("Search(%q), total %d (-want +got):\n%s", s, res.Total, diff)
		}
		for _, f := range search.Facets {
			counts := make(map[string]int)
			for _, c := range res.Facets[f] {
				if c.Count > 0 {
					counts[c.Value] = c.Count
				}
			}
			if diff := cmp.Diff(m.counts(s, f), counts); diff != "" {
				t.Fatalf("Search(%q) facet %s (-want +got):\n%s", s, f, diff)
			}
		}
	}
}

// selection is one at random, of words that are mostly known.
func (c *corpus) selection() federation.Selection {
	s := federation.Selection{Limit: maxHits}
	some := func(n int) bool { return c.rand.IntN(n) == 0 }
	if !some(3) {
		s.Words = c.text(1 + c.rand.IntN(3))
		switch {
		case some(4):
			s.Words = fmt.Sprintf("%q %s", s.Words, c.text(1))
		case some(6):
			s.Words = fmt.Sprintf("%q", s.Words)
		case some(6):
			s.Words += " -" + c.text(1)
		case some(6):
			s.Words += fmt.Sprintf(" -%q", c.text(2))
		case some(6):
			s.Words = fmt.Sprintf("%q", little[c.rand.IntN(9)]+" "+little[c.rand.IntN(9)])
		}
		switch {
		case some(2):
			s.Words += " "
		case !strings.HasSuffix(s.Words, `"`):
			s.Words += "e " // so that the last word is three letters long at least, or ends
			s.Words = strings.TrimSpace(s.Words)
			if last := s.Words[strings.LastIndexByte(s.Words, ' ')+1:]; len([]rune(last)) < shortPrefix {
				s.Words += " "
			}
		}
	}
	if some(3) {
		s.Members = []string{"m1", "m2"}
	}
	if some(4) {
		s.Types = []federation.ItemType{federation.News, federation.EventItem}
	}
	if some(4) {
		s.Categories = []string{"catégorie 01", "catégorie 03"}
	}
	if some(5) {
		s.Languages = []string{"nl", "de"}
	}
	if some(5) {
		s.From = federation.Bound{Time: c.begin.AddDate(1, 0, 0), Day: true}
	}
	if some(5) {
		s.To = federation.Bound{Time: c.begin.AddDate(3, 0, 0), Day: true}
	}
	return s
}
