package meili

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// run is one search.
type run struct {
	x       *Index
	reader  meilisearch.ServiceManager
	query   search.Query
	by      federation.Sort
	now     time.Time
	after   *position
	cond    conditions
	anyOf   string // filter of the channels
	level   int
	checked bool // the index was there and ours
}

// Search asks the server, at one level after the other until something is
// found; a further page stays at the level of the first.
func (x *Index) Search(ctx context.Context, q search.Query) (search.Result, error) {
	r := &run{x: x, query: q, by: orderOf(q.Select), now: x.now(), cond: conditionsOf(q.Select)}
	if q.After != "" {
		after, err := parsePosition(q.After)
		if err != nil {
			return search.Result{}, err
		}
		r.after, r.now = after, time.Unix(after.now, 0)
	}
	w := parseWords(q.Select.Words)
	if q.None || q.Select.Words != "" && w.nothing() {
		return search.Result{Facets: r.facets(nil)}, nil
	}
	if err := x.forReading(ctx, r); err != nil {
		return search.Result{}, err
	}
	if err := r.channels(ctx); err != nil {
		return search.Result{}, err
	}
	var first search.Result
	for level := asWritten; level < levels; level++ {
		if r.after != nil && level != r.after.level {
			continue
		}
		variants := []variant{{}}
		if !w.nothing() {
			variants = x.variants(w, level, q.Synonyms)
		} else if level > asWritten {
			break
		}
		if len(variants) == 0 {
			continue
		}
		r.level = level
		res, err := r.ask(ctx, variants)
		if err != nil || res.Total > 0 || r.after != nil {
			return res, err
		}
		if level == asWritten {
			first = res
		}
	}
	return first, nil
}

// orderOf falls back to the newest first where the order asked for has nothing
// to go by.
func orderOf(s federation.Selection) federation.Sort {
	by := s.Order()
	if by == federation.ByRelevance && s.Words == "" || by == federation.ByDistance && s.Near == nil {
		return federation.ByNewest
	}
	return by
}

// list is what one condition found: of the whole query, or of all of it but
// the values chosen in one facet.
type list struct {
	but     search.Facet
	filter  string
	total   int
	matches []match
	counts  map[string]map[string]int // the server's own, by field
	cut     error                     // the matches are not ranked to the end
}

// ask runs the variants of a level.
func (r *run) ask(ctx context.Context, variants []variant) (search.Result, error) {
	lists := []*list{{filter: r.cond.filter("", r.anyOf)}}
	for _, f := range r.query.Facets {
		if r.cond.facet[f] != "" {
			lists = append(lists, &list{but: f, filter: r.cond.filter(f, r.anyOf)})
		}
	}
	read := int64(r.x.window)
	if variants[0].q == "" {
		read = 0 // it may be everything there is: count first
	}
	if err := r.fill(ctx, lists, variants, read); err != nil {
		return search.Result{}, err
	}
	var small []*list
	for _, l := range lists {
		if len(l.matches) == 0 && l.total > 0 && l.total <= r.x.window {
			small = append(small, l)
		}
	}
	if len(small) > 0 {
		if err := r.fill(ctx, small, variants, int64(r.x.window)); err != nil {
			return search.Result{}, err
		}
	}
	for _, l := range lists {
		l.matches = r.possible(l.matches)
	}
	main := lists[0]
	if main.total > r.x.window {
		return r.large(ctx, main, lists, variants)
	}
	if r.by == federation.ByRelevance && main.cut != nil {
		return search.Result{}, main.cut
	}
	res := r.page(r.ordered(r.shown(main.matches)))
	res.Facets = r.facets(lists)
	res.Estimated = slices.ContainsFunc(lists, func(l *list) bool { return l.total > r.x.window })
	return res, nil
}

// fill asks for lists, all at once; read is how many matches of each variant.
func (r *run) fill(ctx context.Context, lists []*list, variants []variant, read int64) error {
	var requests []*meilisearch.SearchRequest
	for _, l := range lists {
		for _, v := range variants {
			req := r.request(v, l.filter)
			req.HitsPerPage, req.Page = &read, 1 // exact totals; a limit of 0 the client would not send
			req.Facets = r.counted(l)
			requests = append(requests, req)
		}
	}
	answers, err := r.send(ctx, requests)
	if err != nil {
		return err
	}
	for i, l := range lists {
		l.matches = nil
		lacks := false
		mine := answers[i*len(variants) : (i+1)*len(variants)]
		l.cut = inTime(mine)
		for n, a := range mine {
			lacks = lacks || int(a.TotalHits) > len(a.Hits)
			if err := l.take(a, variants[n].worth); err != nil {
				return fault("search", err)
			}
		}
		if err := l.estimate(mine, variants); err != nil {
			return fault("search", err)
		}
		if !lacks {
			l.matches = unite(l.matches)
			l.total = len(l.matches)
		} else if l.total > r.x.window {
			l.matches = nil
		}
	}
	return nil
}

// counted are the fields that the server is to count for a list.
func (r *run) counted(l *list) []string {
	var out []string
	for _, f := range r.query.Facets {
		if l.but == f || l.but == "" && r.cond.facet[f] == "" {
			out = append(out, fields[f])
		}
	}
	return out
}

func (l *list) take(a meilisearch.SearchResponse, worth float64) error {
	for _, h := range a.Hits {
		var m match
		if err := h.DecodeInto(&m); err != nil {
			return err
		}
		m.Score *= worth
		l.matches = append(l.matches, m)
	}
	return nil
}

var retrieved = []string{"id", "member", "type", "language", "categories", "fold", "precedence", "same", "date", "start", "last",
	"event", "gravity", "until", "_geo"}

// request is a search for a variant of the words under a filter.
func (r *run) request(v variant, filter string) *meilisearch.SearchRequest {
	if v.stems != nil {
		filter += " AND " + in("stems", v.stems)
	}
	return &meilisearch.SearchRequest{IndexUID: r.x.uid, Query: v.q, Filter: filter, MatchingStrategy: v.strategy,
		AttributesToRetrieve: retrieved, Locales: everyWordAsItIs, ShowRankingScore: v.q != ""}
}

// send asks the server. With the first request goes a look at the state of the
// index: one that was lost, or emptied, must not be taken for one that has
// nothing.
func (r *run) send(ctx context.Context, requests []*meilisearch.SearchRequest) ([]meilisearch.SearchResponse, error) {
	if len(requests) == 0 {
		return nil, nil // the client would send null, which the server refuses
	}
	if !r.checked {
		one := int64(1)
		requests = append(requests, &meilisearch.SearchRequest{IndexUID: r.x.uid, Filter: "kind = state", HitsPerPage: &one, Page: 1,
			AttributesToRetrieve: []string{"id", "layout"}})
	}
	res, err := r.reader.MultiSearchWithContext(ctx, &meilisearch.MultiSearchRequest{Queries: requests})
	if err != nil {
		return nil, r.x.refused(fault("search", err))
	}
	if len(res.Results) != len(requests) {
		return nil, &search.UnavailableError{Reason: "search", Err: errors.New("the server answered another number of queries than were asked")}
	}
	if r.checked {
		return res.Results, nil
	}
	last := len(res.Results) - 1
	var state stateDocument
	if hits := res.Results[last].Hits; len(hits) != 1 || hits[0].DecodeInto(&state) != nil || state.Layout != layout {
		r.x.doubt.Store(true)
		return nil, &search.UnavailableError{Reason: "search", Err: errors.New("the index is not the one that was made"), Lost: true}
	}
	r.checked = true
	return res.Results[:last], nil
}

// refused is a search that the server would not do: it is right for the index
// that this version makes, so this is another.
func (x *Index) refused(err error) error {
	var said *statusError
	if errors.As(err, &said) && said.status == 400 {
		x.doubt.Store(true)
		return &search.UnavailableError{Reason: "search", Err: said, Lost: true}
	}
	return err
}

// channels makes a filter of the selections of which one must match. Those
// with words are asked for first.
func (r *run) channels(ctx context.Context) error {
	var any []string
	for _, s := range r.query.AnyOf {
		w := parseWords(s.Words)
		if s.Words == "" {
			any = append(any, "("+conditionsOf(s).filter("")+")")
			continue
		}
		ids := []string{}
		if !w.nothing() {
			one := &list{filter: conditionsOf(s).filter("")}
			if err := r.fill(ctx, []*list{one}, r.x.variants(w, asWritten, nil), int64(r.x.window)); err != nil {
				return err
			}
			for _, m := range one.matches {
				ids = append(ids, m.ID)
			}
		}
		any = append(any, in("id", append(ids, stateID))) // never an empty list
	}
	switch len(any) {
	case 0:
	case 1:
		r.anyOf = any[0]
	default:
		r.anyOf = "(" + join(any, " OR ") + ")"
	}
	return nil
}
