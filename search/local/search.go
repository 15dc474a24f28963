package local

import (
	"context"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// maxHits bounds one page, whatever its limit.
const maxHits = 1000

// Search answers q from the view of this moment.
func (x *Index) Search(ctx context.Context, q search.Query) (search.Result, error) {
	if err := ctx.Err(); err != nil {
		return search.Result{}, err
	}
	var after *position
	if q.After != "" {
		var err error
		if after, err = parsePosition(q.After); err != nil {
			return search.Result{}, err
		}
	}
	v := x.view.Load()
	s := x.scratch.Get().(*scratch)
	r := &run{view: v, query: q, after: after, scratch: s, filter: newFilter(&v.tables, q.Select)}
	r.day = int32(x.now().Unix() / 86_400)
	for _, sel := range q.AnyOf {
		r.anyOf = append(r.anyOf, v.channel(sel, s))
	}
	res, err := r.answer()
	x.scratch.Put(s) // not after a panic: it would not be clean
	return res, err
}

// run is one search.
type run struct {
	view    *view
	query   search.Query
	after   *position
	scratch *scratch
	day     int32
	filter  filter
	anyOf   []channel

	// Of the level tried last:
	level   level
	terms   []term
	ranking *ranking
	order   order
	counts  counts
	total   int
	best    best
}

// answer tries the query at one level after the other until something is
// found. A further page stays at the level of the first.
func (r *run) answer() (search.Result, error) {
	words := parseWords(r.query.Select.Words)
	switch {
	case r.query.None || len(words) == 0 && r.query.Select.Words != "":
		r.rank(nil)
		r.counts, _ = newCounts(&r.view.tables, r.query.Facets)
		return r.result(), nil
	case len(words) == 0:
		if r.after != nil && len(r.after.ranking.rarity) > 0 {
			return search.Result{}, errPosition()
		}
		r.rank(nil)
		r.scan()
		return r.result(), nil
	case r.after != nil:
		return r.resume(words)
	}
	r.try(asWritten, words, 0)
	first := *r
	for l := asWritten + 1; l < levels && r.total == 0; l++ {
		if relaxed, slack, ok := r.view.relax(words, l); ok {
			r.try(l, relaxed, slack)
		}
	}
	if r.total == 0 {
		return first.result(), nil
	}
	return r.result(), nil
}

func (r *run) resume(words []word) (search.Result, error) {
	words, slack, ok := r.view.relax(words, r.after.level)
	if !ok || len(words) != len(r.after.ranking.rarity) {
		return search.Result{}, errPosition()
	}
	r.try(r.after.level, words, slack)
	return r.result(), nil
}

// rank sets what hits are ordered by: what the first page was, if there is one.
func (r *run) rank(terms []term) {
	r.terms = terms
	if r.after != nil {
		r.ranking = r.after.ranking
	} else {
		r.ranking = r.view.rank(terms, r.day)
	}
	r.order = r.view.order(r.query.Select, r.query.Language, r.filter.near, r.ranking)
	limit := r.query.Select.Size()
	if limit < 1 || limit > maxHits {
		limit = maxHits
	}
	r.best = best{most: limit + 1}
	r.total = 0
}

// try searches for words of which slack need not match.
func (r *run) try(l level, words []word, slack int) {
	r.level = l
	r.rank(r.view.expandAll(words))
	var counting bool
	r.counts, counting = newCounts(&r.view.tables, r.query.Facets)
	for i, p := range r.view.parts {
		r.scratch.match(p, i, r.terms, slack, r.ranking)
		for _, d := range r.scratch.found {
			r.visit(i, p.segment, d, r.scratch.scores[d], counting)
		}
		r.scratch.drop()
	}
}

// scan goes through all documents: there are no words.
func (r *run) scan() {
	var counting bool
	r.counts, counting = newCounts(&r.view.tables, r.query.Facets)
	for i, p := range r.view.parts {
		for d := range uint32(p.len()) {
			if p.dead == nil || !p.dead.has(d) {
				r.visit(i, p.segment, d, 0, counting)
			}
		}
	}
}

// visit takes in a document that has the words, if it meets the rest.
func (r *run) visit(part int, p *segment, d uint32, score uint32, counting bool) {
	refused := r.filter.refused(p, d)
	if refused == noFacet || refused != allFacets && !counting || !r.filter.base(p, d) || !r.inChannel(part, p, d) {
		return
	}
	if counting {
		r.counts.add(p, d, refused)
	}
	if refused != allFacets {
		return
	}
	r.total++
	h := hit{r.order.key(p, d, score), p, d}
	if r.after == nil || r.after.passed(h) {
		r.best.offer(h)
	}
}

func (r *run) result() search.Result {
	res := search.Result{Total: r.total, Facets: r.counts.list(&r.view.tables, r.query.Select, r.query.Facets)}
	hits := r.best.hits
	if len(hits) == r.best.most {
		hits = hits[:len(hits)-1]
		last := hits[len(hits)-1]
		res.Next = position{level: r.level, key: last.key, id: last.id(), ranking: r.ranking}.String()
	}
	for _, h := range hits {
		out := search.Hit{ID: strings.Clone(h.id())}
		if r.order.by == federation.ByRelevance {
			out.Score = float64(h.key) / scoreUnit
		}
		if near := r.filter.near; near != nil {
			out.Distance = near.distance(h.part.lat[h.doc], h.part.lon[h.doc])
		}
		res.Hits = append(res.Hits, out)
	}
	if len(hits) > 0 {
		res.Corrected = correct(r.query.Select.Words, fixes(r.terms))
		res.Forms = r.forms(hits)
	}
	return res
}
