package search

import (
	"slices"
	"sync/atomic"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

// Best is one thing that comes first for the words of a query, because the
// operator says so: an item, or a page elsewhere.
type Best struct {
	*Found                      // nil for a link
	Link   *federation.BestLink // nil for an item
}

// mostBest bounds what comes first in one answer.
const mostBest = 5

// bestBets finds the best bets of a query. They are made ready anew only when
// the catalogue is another one. The zero value is ready.
type bestBets struct {
	made atomic.Pointer[madeBets]
}

type madeBets struct {
	of   *federation.Catalogue
	bets map[string][]bet // by a form or a stem of their first word
}

// bet is one phrase of a best bet.
type bet struct {
	rank   int // its place in the hub's list
	lang   string
	phrase []text.Token
	*federation.BestBet
}

func (b *bestBets) of(cat *federation.Catalogue) map[string][]bet {
	if m := b.made.Load(); m != nil && m.of == cat {
		return m.bets
	}
	m := &madeBets{of: cat, bets: make(map[string][]bet)}
	for i := range cat.Hub.BestBets {
		one := &cat.Hub.BestBets[i]
		for lang, phrases := range one.Words {
			for _, p := range phrases {
				if words := tellingWords(p); len(words) > 0 {
					for _, key := range keysOf(words[0], lang) {
						m.bets[key] = append(m.bets[key], bet{i, lang, words, one})
					}
				}
			}
		}
	}
	b.made.Store(m)
	return m.bets
}

// keysOf are what a word of a language is found by: its forms and its stem.
func keysOf(w text.Token, lang string) []string {
	keys := []string{w.Form, lang + ":" + text.Stem(lang, w.Form)}
	if w.Alt != "" {
		keys = append(keys, w.Alt)
	}
	return keys
}

// tellingWords are the words of a text without function words, unless it has
// no others.
func tellingWords(s string) []text.Token {
	words := text.Tokens(nil, s)
	telling := make([]text.Token, 0, len(words))
	for _, w := range words {
		if !little(w.Form) {
			telling = append(telling, w)
		}
	}
	if len(telling) == 0 {
		return words
	}
	return telling
}

// matching are the bets of which a query has a phrase: all its telling words,
// one after the other, function words aside. They come in the order of the
// hub's list, those of the members asked for first.
func (b *bestBets) matching(cat *federation.Catalogue, queries []string, members []string) []*federation.BestBet {
	bets := b.of(cat)
	if len(bets) == 0 {
		return nil
	}
	var found []bet
	for _, q := range queries {
		words := tellingWords(q)
		for i, w := range words {
			for _, key := range append(text.Stems(w.Form), w.Form, w.Alt) {
				for _, one := range bets[key] {
					if one.stands(words[i:]) && one.counts(members) {
						found = append(found, one)
					}
				}
			}
		}
	}
	slices.SortStableFunc(found, func(x, y bet) int {
		if (len(x.Members) > 0) != (len(y.Members) > 0) {
			return len(y.Members) - len(x.Members)
		}
		return x.rank - y.rank
	})
	found = slices.CompactFunc(found, func(x, y bet) bool { return x.rank == y.rank })
	out := make([]*federation.BestBet, len(found))
	for i, one := range found {
		out[i] = one.BestBet
	}
	return out
}

// stands reports whether the phrase stands at the beginning of words.
func (b bet) stands(words []text.Token) bool {
	if len(words) < len(b.phrase) {
		return false
	}
	for i, w := range b.phrase {
		if !same(words[i], w, false) && text.Stem(b.lang, words[i].Form) != text.Stem(b.lang, w.Form) {
			return false
		}
	}
	return true
}

// counts reports whether the bet is one for a search of the members.
func (b bet) counts(members []string) bool {
	return len(b.Members) == 0 || slices.ContainsFunc(b.Members, func(m string) bool { return slices.Contains(members, m) })
}

// bestFor are the bets of a search: none without words, nor of a search that
// is ordered by something else than what was meant.
func (s *Service) bestFor(cat *federation.Catalogue, r Request, q Query, corrected string) []*federation.BestBet {
	if !r.Best || q.None || r.Select.Words == "" {
		return nil
	}
	queries := []string{r.Select.Words}
	if corrected != "" {
		queries = append(queries, corrected)
	}
	return s.best.matching(cat, queries, q.Select.Members)
}

// bestIDs are the items of bets that are no hits, each once.
func bestIDs(bets []*federation.BestBet, hits []string) (ids []string) {
	for _, b := range bets {
		for _, id := range b.Items {
			if !slices.Contains(ids, id) && !slices.Contains(hits, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// allowed reports whether an item of a bet, which is no hit, may be shown for a
// query: it meets the filters, but for that of members where the bet names
// members itself. How far away it is only the index knows.
func (q Query) allowed(b *federation.BestBet, it federation.Item) bool {
	if q.Select.Near != nil {
		return false
	}
	if len(b.Members) > 0 {
		q.Select.Members = nil
	}
	return q.matches(it)
}

// choose takes the bets' items out of the hits of a page and returns what
// comes first, and the other hits. extra are the items of bets that are no
// hits; one that is in neither is gone. Where a hit is the same document, in
// the reader's language or of whoever stands for it, that hit comes first in
// the item's place. A link comes where nothing but members is filtered:
// whether a page elsewhere meets a filter is not known.
func choose(bets []*federation.BestBet, q Query, hits, extra []Found) (best []Best, rest []Found) {
	if len(bets) == 0 {
		return nil, hits
	}
	taken := make(map[string]bool)
	for _, b := range bets {
		if b.Link != nil && bare(q.Select) && len(q.AnyOf) == 0 && len(best) < mostBest {
			best = append(best, Best{Link: b.Link})
		}
		for _, id := range b.Items {
			f := pick(b, id, q, hits, extra)
			if f == nil || taken[f.ID] || len(best) == mostBest {
				continue
			}
			taken[f.ID] = true
			best = append(best, Best{Found: f})
		}
	}
	for _, f := range hits {
		if !taken[f.ID] {
			rest = append(rest, f)
		}
	}
	return best, rest
}

// pick is the item of a bet that is shown, nil when none may be.
func pick(b *federation.BestBet, id string, q Query, hits, extra []Found) *Found {
	for i := range hits {
		if hits[i].ID == id {
			return &hits[i]
		}
	}
	at := slices.IndexFunc(extra, func(f Found) bool { return f.ID == id })
	if at < 0 {
		return nil
	}
	f := &extra[at]
	for i := range hits {
		if f.Same != "" && hits[i].Same == f.Same || FoldKey(f.Item) != "" && FoldKey(hits[i].Item) == FoldKey(f.Item) {
			return &hits[i]
		}
	}
	if !q.allowed(b, f.Item) {
		return nil
	}
	return f
}

// bare reports whether a selection filters by members at most.
func bare(s federation.Selection) bool {
	f := s.Filter()
	f.Words, f.Members, f.Postcode = "", nil, ""
	return f.String() == ""
}

// apart are the items that are hits, and the others behind them.
func apart(items []federation.Item, hits []string) (listed, others []federation.Item) {
	n := len(items)
	for n > 0 && !slices.Contains(hits, items[n-1].ID) {
		n--
	}
	return items[:n], items[n:]
}
