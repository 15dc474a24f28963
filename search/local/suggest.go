package local

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// maxPrefix bounds the query that Suggest looks at, in bytes.
const maxPrefix = 1000

// Suggest completes the last word of prefix with words of titles, as titles
// mostly spell them. Titles in the reader's language count double. There is
// nothing to complete when something stands after the last word, or n < 1.
func (x *Index) Suggest(ctx context.Context, prefix, language string, n int) ([]string, error) {
	if err := ctx.Err(); err != nil || len(prefix) > maxPrefix {
		return nil, err
	}
	words := parseWords(prefix)
	if len(words) == 0 || !words[len(words)-1].prefix || n < 1 {
		return nil, nil
	}
	last := words[len(words)-1]
	v := x.view.Load()
	mine := v.tables[languageColumn].allowed(func(l string) bool { return language != "" && federation.MatchLanguage(language, l) })
	found := make(map[string]completion)
	for _, p := range v.parts {
		for _, form := range last.spellings() {
			p.complete(found, p.forms.prefixed(form), mine)
		}
	}
	list := make([]completion, 0, len(found))
	for _, c := range found {
		if c.as != prefix[last.Start:] {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b completion) int {
		return cmp.Or(cmp.Compare(b.titles, a.titles), strings.Compare(a.as, b.as))
	})
	// Müll is found under mull and under muell.
	list = slices.CompactFunc(list, func(a, b completion) bool { return a.as == b.as })
	out := make([]string, 0, min(n, len(list)))
	for _, c := range list[:min(n, len(list))] {
		out = append(out, prefix[:last.Start]+c.as)
	}
	return out, nil
}

// completion is a form as titles spell it and how many have it.
type completion struct {
	as     string
	titles int
	most   int // titles of the part whose spelling it is
}

// complete adds the forms of s that titles have.
func (p part) complete(found map[string]completion, s span, mine []bool) {
	for form := s.lo; form < s.hi; form++ {
		titles := 0
		for _, e := range p.postings[titleField].of(form) {
			d := e >> tfBits
			if p.dead.has(d) {
				continue
			}
			titles++
			if mine[p.ords[languageColumn][d]] {
				titles++
			}
		}
		if titles == 0 {
			continue
		}
		key := p.forms.at(form)
		c := found[key]
		c.titles += titles
		if titles > c.most {
			c.most, c.as = titles, strings.Clone(p.spelled(form))
		}
		found[key] = c
	}
}
