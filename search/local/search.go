package local

import (
	"context"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// maxHits bounds one page, whatever its limit.
const maxHits = 1000

// Search answers q from the view of this moment. Of a query of more than
// [maxWords] words it looks at the first ones.
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
	now := x.now()
	r := &run{view: v, query: q, after: after, scratch: s, filter: newFilter(&v.tables, q.Select, now)}
	r.now = uint32(asOf(q.Select, now).Unix())
	r.alone = v.alone()
	s.groups.fit(len(v.tables[groupColumn].values))
	r.single, r.reads = v.single(), v.readable(q.Language)
	s.versions.fit(len(v.tables[sameColumn].values))
	for _, sel := range q.AnyOf {
		r.anyOf = append(r.anyOf, v.channel(sel, s, now))
	}
	res, err := r.answer()
	x.scratch.Put(s) // not after a panic: it would not be clean
	return res, err
}

// asOf is the moment that an order counts from. It stands in the cursor, so it
// stays what it is for a while: an answer in which nothing changed is the same
// answer. Only the next date of what recurs needs more than the day.
func asOf(s federation.Selection, now time.Time) time.Time {
	if orderOf(s) == federation.ByStart && s.From.IsZero() {
		return now.Truncate(10 * time.Minute)
	}
	if orderOf(s) == federation.BySeverity {
		return now.Truncate(time.Minute)
	}
	return now.Truncate(24 * time.Hour)
}

// run is one search.
type run struct {
	view    *view
	query   search.Query
	after   *position
	scratch *scratch
	now     uint32 // seconds since 1970
	filter  filter
	anyOf   []channel
	alone   uint32 // number of what is in no group
	single  uint32 // number of what has no other version
	reads   []bool // by number of a language: the reader's

	terms   []term
	within  []bitmap // by part: what has the phrases, and nothing that is left out; nil = all
	found   [][]held // by part
	ranking *ranking
	order   order
	near    *nearness // nil where the order does not ask
	counts  counts
	total   int
	best    best
	alerts  []hit // in force, when they are ordered by severity
}

// answer answers the query. A further page has the weights and the cut-off of
// the first.
func (r *run) answer() (search.Result, error) {
	ask := parse(r.query.Select.Words).literal()
	switch {
	case r.query.None || len(ask.words) == 0 && len(ask.without) == 0 && r.query.Select.Words != "":
		r.rank(nil)
	case len(ask.words) == 0:
		if r.after != nil && len(r.after.ranking.rarity) > 0 {
			return search.Result{}, errPosition()
		}
		r.within = r.view.within(ask)
		r.rank(nil)
		if r.within == nil {
			r.browse()
		} else {
			r.scan()
		}
	case r.after != nil && len(r.after.ranking.rarity) != len(ask.words):
		return search.Result{}, errPosition()
	default:
		r.within = r.view.within(ask)
		r.rank(r.view.expand(ask.words, r.query.Synonyms))
		r.match()
	}
	return r.result(), nil
}

// rank sets what hits are ordered by, as on the first page if this is another,
// and begins counting afresh.
func (r *run) rank(terms []term) {
	r.terms = terms
	if r.after != nil {
		r.ranking = r.after.ranking
	} else {
		r.ranking = r.view.rank(terms, r.now)
	}
	r.order = r.view.order(&r.query, r.filter.near, r.ranking)
	if r.alerts = nil; r.order.by == federation.BySeverity {
		r.order.rank = r.view.ranks(r.query.Authority)
	}
	r.best = best{most: min(max(r.query.Select.Size(), 1), maxHits) + 1}
	if r.near = nil; r.order.by == federation.ByRelevance {
		r.near = r.view.nearness(terms, r.ranking.rarity, r.best.most)
	}
	r.counts = newCounts(&r.view.tables, r.query.Facets)
	r.total = 0
}

// scan goes through all documents: there are no words.
func (r *run) scan() {
	for i, p := range r.view.parts {
		if r.scratch.fit(p.len()); r.within != nil {
			r.scratch.found = r.within[i].appendTo(r.scratch.found)
		} else {
			r.scratch.all(p)
		}
		r.take(i, p.segment)
		r.scratch.drop()
	}
	r.showVersions()
	r.showGroups()
}

// take counts and ranks the documents that the scratch found in a part and
// that meet the rest of the query. It goes column by column, because that is
// several times as fast as document by document.
func (r *run) take(part int, p *segment) {
	s := r.scratch
	docs := s.found
	if r.filter.narrows() || len(r.anyOf) > 0 {
		r.sift(part, p)
		docs = s.kept
		for c := range facetColumns {
			alone, many := s.versions.apart(p, s.refused[c], r.single)
			r.counts.add(p, c, alone)
			r.counts.addVersions(p, c, many, &s.versions)
		}
	}
	docs, many := s.versions.apart(p, docs, r.single)
	for c := range facetColumns {
		r.counts.add(p, c, docs) // of a group every item: each can be asked for
		r.counts.addVersions(p, c, many, &s.versions)
	}
	for _, d := range many {
		r.addVersion(p, d)
	}
	for _, d := range docs {
		r.show(p, d, s.scores[d])
	}
}

// show takes in a document that no other version stands for.
func (r *run) show(p *segment, d, score uint32) {
	if g := p.ord(groupColumn, d); g != r.alone {
		r.scratch.groups.add(g, p, d, score)
		return
	}
	r.total++
	r.offer(p, d, score)
}

// floor is the least key, but for nearness, of what may still be a hit.
func (r *run) floor() int64 {
	if r.near != nil {
		return r.near.floor()
	}
	return r.best.floor()
}

// offer ranks a document that is to be shown.
func (r *run) offer(p *segment, d, score uint32) {
	if r.order.ceiling(p, d, score) < r.floor() {
		return
	}
	h := hit{r.order.key(p, d, score), p, d}
	if r.near != nil {
		r.near.put(h, r.after)
		return
	}
	if r.order.by == federation.BySeverity && h.key>>classBits == inForce {
		r.alerts = append(r.alerts, h)
		return
	}
	if r.after == nil || r.after.passed(h) {
		r.best.offer(h)
	}
}

// sift sorts the found documents into those that meet all conditions and, if
// counts are wanted, those that only the values chosen in one facet shut out.
func (r *run) sift(part int, p *segment) {
	s := r.scratch
	s.kept = s.kept[:0]
	for c := range s.refused {
		s.refused[c] = s.refused[c][:0]
	}
	for _, d := range s.found {
		refused := r.filter.refused(p, d)
		if refused == noFacet || refused != allFacets && r.counts[refused] == nil || !r.filter.base(p, d) || !r.inChannel(part, p, d) {
			continue
		}
		if refused == allFacets {
			s.kept = append(s.kept, d)
		} else {
			s.refused[refused] = append(s.refused[refused], d)
		}
	}
}

// hits are those of the page, and the one that the next page goes on behind;
// nil when there is no more.
func (r *run) hits() (hits []hit, last *hit) {
	if r.near != nil {
		r.nearest()
	}
	if r.order.by == federation.BySeverity {
		return r.bySeverity()
	}
	if hits = r.best.hits; len(hits) == r.best.most {
		hits = hits[:len(hits)-1]
		last = &hits[len(hits)-1]
	}
	return hits, last
}

func (r *run) result() search.Result {
	res := search.Result{Total: r.total, Facets: r.counts.list(&r.view.tables, r.query.Select, r.query.Facets)}
	hits, last := r.hits()
	if last != nil {
		res.Next = position{key: last.key, id: last.id(), ranking: r.ranking}.String()
	}
	for _, h := range hits {
		out := search.Hit{ID: strings.Clone(h.id())}
		if r.order.by == federation.ByRelevance {
			out.Score = float64(h.key) / scoreUnit
			if r.query.Explain && len(r.terms) > 0 {
				out.Why = r.explain(h)
			}
		}
		if near := r.filter.near; near != nil {
			out.Distance = near.distance(h.part.lat(h.doc), h.part.lon(h.doc))
		}
		res.Hits = append(res.Hits, out)
	}
	if len(hits) > 0 {
		res.Corrected = correct(r.query.Select.Words, fixes(r.terms))
		res.Forms = r.forms(hits)
	}
	return res
}
