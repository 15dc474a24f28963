package local

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

type kind struct {
	name  string
	query func(c *corpus, r *rand.Rand) search.Query
}

var kinds = []kind{
	{"word", func(c *corpus, r *rand.Rand) search.Query { return words(c.pick(r, 0) + " ") }},
	{"words2", func(c *corpus, r *rand.Rand) search.Query { return words(c.pick(r, 0) + " " + c.pick(r, 0) + " ") }},
	{"words3", func(c *corpus, r *rand.Rand) search.Query {
		return words(c.pick(r, 0) + " " + c.pick(r, 0) + " " + c.pick(r, 0) + " ")
	}},
	{"question8", func(c *corpus, r *rand.Rand) search.Query { return words(c.question(r, 8)) }},
	{"question16", func(c *corpus, r *rand.Rand) search.Query { return words(c.question(r, 16)) }},
	{"function-word", func(c *corpus, r *rand.Rand) search.Query { return words(anyLittle(r) + " ") }},
	{"function-words", func(c *corpus, r *rand.Rand) search.Query {
		return words(strings.Join([]string{anyLittle(r), anyLittle(r), anyLittle(r)}[:2+r.IntN(2)], " ") + " ")
	}},
	{"function-words16", func(c *corpus, r *rand.Rand) search.Query {
		return words(strings.TrimSuffix(strings.Repeat(anyLittle(r)+" "+anyLittle(r)+" ", 8), " "))
	}},
	{"phrase", func(c *corpus, r *rand.Rand) search.Query {
		return words(fmt.Sprintf("%q", strings.Join([]string{c.said(r), c.said(r), c.said(r)}[:2+r.IntN(2)], " ")))
	}},
	{"phrase-words", func(c *corpus, r *rand.Rand) search.Query {
		return words(fmt.Sprintf("%q %s ", anyLittle(r)+" "+c.said(r), c.pick(r, 0)))
	}},
	{"exclusion", func(c *corpus, r *rand.Rand) search.Query { return words(c.pick(r, 0) + " -" + c.said(r)) }},
	{"exclusion-phrase", func(c *corpus, r *rand.Rand) search.Query {
		return words(fmt.Sprintf("%s -%q", c.pick(r, 0), anyLittle(r)+" "+c.said(r)))
	}},
	{"exclusion-alone", func(c *corpus, r *rand.Rand) search.Query { return faceted(words("-" + c.said(r))) }},
	{"prefix2", func(c *corpus, r *rand.Rand) search.Query { return words(cut(c.pick(r, 5), 2)) }},
	{"prefix", func(c *corpus, r *rand.Rand) search.Query { return words(cut(c.pick(r, 5), 3+r.IntN(3))) }},
	{"letter", func(c *corpus, r *rand.Rand) search.Query { return words(cut(c.pick(r, 5), 1+r.IntN(2))) }},
	{"word-prefix", func(c *corpus, r *rand.Rand) search.Query {
		return words(c.pick(r, 0) + " " + cut(c.pick(r, 5), 3+r.IntN(3)))
	}},
	{"typo", func(c *corpus, r *rand.Rand) search.Query { return words(misspell(c.pick(r, 6), r) + " ") }},
	{"typo-prefix", func(c *corpus, r *rand.Rand) search.Query {
		return words(c.pick(r, 0) + " " + misspell(cut(c.pick(r, 8), 7), r))
	}},
	{"nonsense", func(c *corpus, r *rand.Rand) search.Query {
		return words(misspell(misspell(misspell(c.pick(r, 12), r), r), r))
	}},
	{"worst", func(c *corpus, r *rand.Rand) search.Query { // what nobody asks but a scanner
		var q []string
		for range maxWords {
			q = append(q, misspell(misspell(misspell(c.pick(r, 9)+c.pick(r, 9), r), r), r))
		}
		return words(strings.Join(q, " "))
	}},
	{"filter-facets", func(c *corpus, r *rand.Rand) search.Query {
		return faceted(filtered(words(c.pick(r, 0)+" "), r))
	}},
	{"word-facets", func(c *corpus, r *rand.Rand) search.Query { return faceted(words(c.pick(r, 0) + " ")) }},
	{"little-word-facets", func(c *corpus, r *rand.Rand) search.Query { return faceted(words(anyLittle(r) + " ")) }},
	{"browse-type", func(c *corpus, r *rand.Rand) search.Query {
		q := faceted(search.Query{})
		q.Select.Types = []federation.ItemType{federation.ItemTypes[r.IntN(4)]}
		return q
	}},
	{"browse-all", func(c *corpus, r *rand.Rand) search.Query { return faceted(search.Query{}) }},
	{"browse-member", func(c *corpus, r *rand.Rand) search.Query {
		q := faceted(search.Query{})
		q.Select.Members = []string{fmt.Sprintf("commune-%03d", r.IntN(corpusMembers))}
		return q
	}},
	{"browse-member-type", func(c *corpus, r *rand.Rand) search.Query {
		q := faceted(search.Query{})
		q.Select.Members = []string{fmt.Sprintf("commune-%03d", r.IntN(corpusMembers))}
		q.Select.Types = []federation.ItemType{federation.ItemTypes[r.IntN(4)]}
		return q
	}},
	{"browse-type-language", func(c *corpus, r *rand.Rand) search.Query {
		q := faceted(search.Query{})
		q.Select.Types = []federation.ItemType{federation.ItemTypes[r.IntN(4)]}
		q.Select.Languages = []string{"fr"}
		return q
	}},
	{"browse-since", func(c *corpus, r *rand.Rand) search.Query {
		q := faceted(search.Query{})
		q.Select.Types = []federation.ItemType{federation.EventItem}
		q.Select.From = federation.Bound{Time: c.begin.AddDate(4, 0, -7), Day: true}
		q.Select.Sort = federation.ByStart
		return q
	}},
	{"list", func(c *corpus, r *rand.Rand) search.Query { // a feed
		q := search.Query{Uncounted: true}
		q.Select.Types = []federation.ItemType{federation.ItemTypes[r.IntN(4)]}
		q.Select.Categories = []string{fmt.Sprintf("catégorie %02d", r.IntN(corpusCategories))}
		return q
	}},
	{"newest", func(c *corpus, r *rand.Rand) search.Query {
		q := filtered(words(c.pick(r, 0)+" "), r)
		q.Select.Sort = federation.ByNewest
		return q
	}},
	{"date", func(c *corpus, r *rand.Rand) search.Query { return dated(faceted(words(c.pick(r, 0)+" ")), c, r) }},
	{"date-alone", func(c *corpus, r *rand.Rand) search.Query { return dated(faceted(search.Query{}), c, r) }},
	{"distance", func(c *corpus, r *rand.Rand) search.Query { return near(words(c.pick(r, 0)+" "), r) }},
	{"combined", func(c *corpus, r *rand.Rand) search.Query {
		q := near(faceted(words(misspell(c.pick(r, 6), r)+" "+cut(c.pick(r, 5), 4))), r)
		q.Select.Types = []federation.ItemType{federation.News, federation.EventItem, federation.Service}
		return q
	}},
	{"all-at-once", func(c *corpus, r *rand.Rand) search.Query {
		q := dated(near(faceted(words(fmt.Sprintf("%s %s %s -%s %q", c.question(r, 6), misspell(c.pick(r, 6), r), cut(c.pick(r, 5), 4), c.said(r),
			anyLittle(r)+" "+c.said(r)))), r), c, r)
		q.Select.Types = []federation.ItemType{federation.News, federation.EventItem, federation.Service}
		q.Select.Members = append(q.Select.Members, "commune-001", "commune-002")
		return q
	}},
}

// pick is a word as people ask for it: frequent ones more often, of more than
// some letters.
func (c *corpus) pick(r *rand.Rand, letters int) string {
	z := rand.NewZipf(r, 1.1, 60, 20_000)
	for {
		if w := c.vocab[z.Uint64()]; len([]rune(w)) >= letters {
			return w
		}
	}
}

// said is a word as texts have it, the commonest among them.
func (c *corpus) said(r *rand.Rand) string {
	return c.vocab[rand.NewZipf(r, 1.1, 12, corpusWords-1).Uint64()]
}

func anyLittle(r *rand.Rand) string { return little[r.IntN(len(little))] }

// question is one of so many words, half of which are function words.
func (c *corpus) question(r *rand.Rand, size int) string {
	out := make([]string, size)
	for i := range out {
		if out[i] = anyLittle(r); i%2 == 1 {
			out[i] = c.pick(r, 0)
		}
	}
	return strings.Join(out, " ") + " "
}

func cut(w string, letters int) string { return string([]rune(w)[:letters]) }

func misspell(w string, r *rand.Rand) string {
	letters := []rune(w)
	i := 1 + r.IntN(len(letters)-2)
	letters[i] = rune("kwxyz"[r.IntN(5)])
	return string(letters)
}

func words(q string) search.Query { return search.Query{Select: federation.Selection{Words: q}} }

func filtered(q search.Query, r *rand.Rand) search.Query {
	for range 1 + r.IntN(3) {
		q.Select.Members = append(q.Select.Members, fmt.Sprintf("commune-%03d", r.IntN(corpusMembers)))
	}
	q.Select.Types = []federation.ItemType{federation.News, federation.EventItem}
	return q
}

func faceted(q search.Query) search.Query {
	q.Facets = search.Facets
	return q
}

// dated bounds q to a month.
func dated(q search.Query, c *corpus, r *rand.Rand) search.Query {
	from := c.begin.AddDate(0, r.IntN(47), 0)
	q.Select.From = federation.Bound{Time: from, Day: true}
	q.Select.To = federation.Bound{Time: from.AddDate(0, 1, 0), Day: true}
	return q
}

func near(q search.Query, r *rand.Rand) search.Query {
	q.Select.Near = &federation.Point{Lat: 49.8 + 1.4*r.Float64(), Lon: 3.1 + 3*r.Float64()}
	q.Select.Sort = federation.ByDistance
	return q
}
