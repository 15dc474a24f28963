package meili

import (
	"cmp"
	"context"
	"encoding/json"
	"math"
	"slices"

	"github.com/meilisearch/meilisearch-go"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// maxMerged bounds how far one can page through what several variants found,
// because each further page reads all before it.
const maxMerged = 10_000

// large answers with a page in the server's own order, when more matches than
// are read one by one. Of what says the same the server lists one, and
// precedence decides here which is shown.
func (r *run) large(ctx context.Context, main *list, lists []*list, variants []variant) (search.Result, error) {
	res := search.Result{Total: main.total, Estimated: true, Facets: r.facets(lists)}
	offset, size := 0, max(r.query.Select.Size(), 1)
	if r.after != nil {
		offset = int(r.after.offset)
	}
	if len(variants) > 1 && offset+size > maxMerged || offset+size > maxTotalHits {
		return res, nil
	}
	hits, err := r.serverPage(ctx, main.filter, variants, offset, size+1)
	if err != nil {
		return search.Result{}, err
	}
	if len(hits) > size {
		hits = hits[:size]
		res.Next = position{level: r.level, offset: uint32(offset + size), now: r.now.Unix()}.String()
	}
	if hits, err = r.chosenOf(ctx, main.filter, variants, hits); err != nil {
		return search.Result{}, err
	}
	res.Hits = r.hits(hits)
	return res, nil
}

// estimate adds up what the server counted for each variant. What several of
// them find cannot be told from the numbers: of variants that may find the same
// items the largest number counts, so that no total says more than there is.
func (l *list) estimate(answers []meilisearch.SearchResponse, variants []variant) error {
	l.total, l.counts = 0, map[string]map[string]int{}
	for _, same := range overlapping(variants) {
		most, counts := 0, map[string]map[string]int{}
		for _, i := range same {
			most = max(most, int(answers[i].TotalHits))
			if len(answers[i].FacetDistribution) == 0 {
				continue
			}
			var one map[string]map[string]int
			if err := json.Unmarshal(answers[i].FacetDistribution, &one); err != nil {
				return err
			}
			merge(counts, one, func(a, b int) int { return max(a, b) })
		}
		l.total += most
		merge(l.counts, counts, func(a, b int) int { return a + b })
	}
	return nil
}

// overlapping parts variants, by position, into those for the same languages.
func overlapping(variants []variant) [][]int {
	var out [][]int
	for i, v := range variants {
		mine := []int{i}
		out = slices.DeleteFunc(out, func(others []int) bool {
			meets := slices.ContainsFunc(others, func(o int) bool { return v.meets(variants[o]) })
			if meets {
				mine = append(mine, others...)
			}
			return meets
		})
		out = append(out, mine)
	}
	return out
}

// meets reports whether two variants are for items of one language.
func (v variant) meets(o variant) bool {
	return v.stems == nil || o.stems == nil || slices.ContainsFunc(v.stems, func(l string) bool { return slices.Contains(o.stems, l) })
}

// merge puts counts by field and value together.
func merge(into, counts map[string]map[string]int, by func(a, b int) int) {
	for field, values := range counts {
		if into[field] == nil {
			into[field] = map[string]int{}
		}
		for v, n := range values {
			into[field][v] = by(into[field][v], n)
		}
	}
}

// serverPage reads hits in their order. Alerts in force come from a query of
// their own, because the server cannot order by whether something is over.
func (r *run) serverPage(ctx context.Context, filter string, variants []variant, offset, n int) ([]match, error) {
	if r.by != federation.BySeverity {
		return r.slice(ctx, filter, variants, r.sorts(), offset, n)
	}
	now := number(r.now.UnixMicro())
	alerts := &list{filter: filter + " AND alert = 1 AND until > " + now}
	if err := r.fill(ctx, []*list{alerts}, variants, int64(r.x.window)); err != nil {
		return nil, err
	}
	if alerts.total > r.x.window {
		return r.slice(ctx, filter, variants, []string{"alert:desc", "date:desc", "tie:asc"}, offset, n)
	}
	front := r.ordered(r.shown(r.possible(alerts.matches)))
	var out []match
	if offset < len(front) {
		out = front[offset:min(offset+n, len(front))]
	}
	if len(out) == n {
		return out, nil
	}
	back, err := r.slice(ctx, filter+" AND NOT (alert = 1 AND until > "+now+")", variants, []string{"alert:desc", "date:desc", "tie:asc"},
		max(offset-len(front), 0), n-len(out))
	return append(out, back...), err
}

func (r *run) sorts() []string {
	switch r.by {
	case federation.ByOldest:
		return []string{"date:asc", "tie:asc"}
	case federation.ByStart:
		return []string{"start:asc", "tie:asc"}
	case federation.ByDistance:
		near := r.query.Select.Near
		return []string{"_geoPoint(" + decimals(near.Lat) + ", " + decimals(near.Lon) + "):asc", "tie:asc"}
	case federation.ByRelevance:
		return nil
	}
	return []string{"date:desc", "tie:asc"}
}

// slice reads n hits from an offset on, of all variants together.
func (r *run) slice(ctx context.Context, filter string, variants []variant, sorts []string, offset, n int) ([]match, error) {
	from, most := offset, n
	if len(variants) > 1 {
		from, most = 0, offset+n
	}
	var requests []*meilisearch.SearchRequest
	for _, v := range variants {
		req := r.request(v, filter)
		req.Offset, req.Limit, req.Sort, req.Distinct = int64(from), int64(most), sorts, "fold"
		requests = append(requests, req)
	}
	answers, err := r.send(ctx, requests)
	if err != nil {
		return nil, err
	}
	if err := inTime(answers); err != nil {
		return nil, err
	}
	one := &list{}
	for i, a := range answers {
		if err := one.take(a, variants[i].worth); err != nil {
			return nil, fault("search", err)
		}
	}
	found := r.possible(one.matches)
	r.place(found)
	if len(variants) == 1 {
		return found, nil
	}
	found = asServer(unite(found))
	return found[min(offset, len(found)):min(offset+n, len(found))], nil
}

// asServer puts what several variants found into the order in which the server
// has what each of them finds, so that whoever reads on finds what is next; of
// a group only the first stays.
func asServer(list []match) []match {
	slices.SortStableFunc(list, func(a, b match) int {
		return cmp.Or(slices.Compare(b.key[:], a.key[:]), cmp.Compare(tie(a.ID), tie(b.ID)))
	})
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(m match) bool {
		was := seen[m.Fold]
		seen[m.Fold] = true
		return was
	})
}

// place fills in by what the server orders hits, and their distances.
func (r *run) place(list []match) {
	near := r.query.Select.Near
	for i := range list {
		if g := list[i].Geo; near != nil && g != nil {
			list[i].distance = kilometres(*near, *g)
		}
		list[i].key = r.serverKey(list[i])
	}
}

func (r *run) serverKey(m match) sortKey {
	switch r.by {
	case federation.ByOldest:
		return sortKey{-m.Date}
	case federation.ByStart:
		if m.Start == nil {
			return sortKey{math.MinInt64}
		}
		return sortKey{-*m.Start}
	case federation.ByDistance:
		return sortKey{-int64(m.distance * 1e6)}
	case federation.BySeverity:
		return sortKey{bit(m.Gravity != nil), m.Date}
	case federation.ByRelevance:
		return sortKey{int64(math.Float64bits(m.Score)), m.fade()}
	}
	return sortKey{m.Date}
}

// chosenOf replaces hits by what is shown for their group and document, which
// nothing that a member writes decides. What is shown elsewhere in the order is
// left out here.
func (r *run) chosenOf(ctx context.Context, filter string, variants []variant, hits []match) ([]match, error) {
	var folds, sames []string
	for _, m := range hits {
		if m.Precedence != "" {
			folds = append(folds, m.Fold)
		}
		if m.Same != "" {
			sames = append(sames, m.Same)
		}
	}
	if len(folds)+len(sames) == 0 {
		return hits, nil
	}
	var any []string
	if len(folds) > 0 {
		any = append(any, in("fold", folds))
	}
	if len(sames) > 0 {
		any = append(any, in("same", sames))
	}
	kin := &list{filter: filter + " AND (" + join(any, " OR ") + ")"}
	if err := r.fill(ctx, []*list{kin}, variants, int64(r.x.window)); err != nil {
		return nil, err
	}
	shown := map[string]match{}
	for _, m := range r.shown(r.possible(kin.matches)) {
		shown[cmp.Or(m.Fold, m.ID)] = m
		shown[m.ID] = m
	}
	out, seen := make([]match, 0, len(hits)), map[string]bool{}
	for _, m := range hits {
		one, ok := m, true
		switch {
		case m.Precedence != "":
			one, ok = shown[m.Fold]
		case m.Same != "":
			one, ok = shown[m.ID]
		}
		if ok && !seen[one.ID] {
			seen[one.ID] = true
			one.distance, one.key = m.distance, m.key
			out = append(out, one)
		}
	}
	return slices.Clip(out), nil
}
