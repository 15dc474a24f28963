package meili

import (
	"cmp"
	"context"
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
	one := &list{}
	for i, a := range answers {
		if err := one.take(a, variants[i].worth); err != nil {
			return nil, fault("search", err)
		}
	}
	found := r.possible(one.matches)
	if len(variants) == 1 {
		r.measure(found)
		return found, nil
	}
	found = r.ordered(unite(found))
	return found[min(offset, len(found)):min(offset+n, len(found))], nil
}

// measure fills in distances where the order is the server's.
func (r *run) measure(list []match) {
	if near := r.query.Select.Near; near != nil {
		for i := range list {
			if g := list[i].Geo; g != nil {
				list[i].distance = kilometres(*near, *g)
			}
		}
	}
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
