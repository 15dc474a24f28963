package meilitest

import (
	"cmp"
	"encoding/json"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// request is a search as it comes in. Unknown keys are refused, as the server
// does.
type request struct {
	IndexUID, Q, MatchingStrategy, Distinct                            string
	Filter                                                             any
	Offset, Limit, Page, HitsPerPage                                   *int
	Facets, Sort, AttributesToRetrieve, AttributesToSearchOn, Locales  []string
	ShowRankingScore, ShowRankingScoreDetails, ShowMatchesPosition     bool
	Hybrid, AttributesToCrop, AttributesToHighlight, FederationOptions any
	CropLength                                                         *int
	CropMarker, HighlightPreTag, HighlightPostTag                      *string
	RankingScoreThreshold                                              *float64
}

func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	var in request
	if !body(w, r, &in) {
		return
	}
	s.of(w, r.PathValue("uid"), func(x *index) {
		out, f := x.search(in, s.faults.CutOff)
		if f != nil {
			refuse(w, 400, f.Code, f.Type, f.Message)
			return
		}
		answer(w, 200, out)
	})
}

func (s *Server) multiSearch(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Federation any
		Queries    []request
	}
	if !body(w, r, &in) {
		return
	}
	if in.Queries == nil {
		refuse(w, 400, "bad_request", "invalid_request", "Invalid value type at `.queries`: expected an array, but found null")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	results := []any{}
	for i, q := range in.Queries {
		x := s.indexes[q.IndexUID]
		at := "Inside `.queries[" + strconv.Itoa(i) + "]`: "
		if x == nil {
			f := notFound(q.IndexUID)
			refuse(w, 400, f.Code, f.Type, at+f.Message) // not 404, as elsewhere
			return
		}
		out, f := x.search(q, s.faults.CutOff)
		if f != nil {
			refuse(w, 400, f.Code, f.Type, at+f.Message)
			return
		}
		out["indexUid"] = q.IndexUID
		results = append(results, out)
	}
	answer(w, 200, map[string]any{"results": results})
}

// hit is a document with what it is ordered by.
type hit struct {
	*document
	rank []float64 // smaller is better
}

func invalid(what, message string) *fault {
	return &fault{Message: message, Code: "invalid_search_" + what, Type: "invalid_request"}
}

// search answers one query; one that is cut off is not ranked, and says so in
// nothing but the time it took.
func (x *index) search(in request, cutOff bool) (map[string]any, *fault) {
	text, _ := in.Filter.(string)
	keep, f := x.parseFilter(text)
	if f != nil {
		return nil, f
	}
	if f := x.valid(in); f != nil {
		return nil, f
	}
	hits := x.match(in, keep)
	took := 1
	if cutOff {
		took = x.cutOff(hits)
	} else {
		x.sort(hits, in.Sort)
	}
	facets := x.count(hits, in.Facets)
	if in.Distinct != "" {
		hits = distinct(hits, in.Distinct)
	}
	total := min(len(hits), int(x.part("pagination", "maxTotalHits")))
	out := map[string]any{"query": in.Q, "processingTimeMs": took}
	if len(in.Facets) > 0 {
		out["facetDistribution"], out["facetStats"] = facets, map[string]any{}
	}
	from, n := value(in.Offset, 0), value(in.Limit, 20)
	if in.Page != nil || in.HitsPerPage != nil {
		n = value(in.HitsPerPage, 20)
		page := value(in.Page, 1)
		from = n * max(page-1, 0)
		pages := 0
		if n > 0 {
			pages = (total + n - 1) / n
		}
		out["page"], out["hitsPerPage"], out["totalHits"], out["totalPages"] = page, n, total, pages
	} else {
		out["offset"], out["limit"], out["estimatedTotalHits"] = from, n, total
	}
	shown := []any{}
	for _, h := range hits[min(from, total):min(from+n, total)] {
		d := x.display(h.document, in.AttributesToRetrieve)
		if in.ShowRankingScore {
			d["_rankingScore"] = json.RawMessage(strconv.FormatFloat(score(h.rank), 'f', -1, 64))
		}
		shown = append(shown, d)
	}
	out["hits"] = shown
	return out, nil
}

// cutOff leaves hits in the order of their ids, without a score, and returns
// the milliseconds after which the server stops.
func (x *index) cutOff(hits []hit) int {
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Compare(a.order, b.order) })
	for i := range hits {
		hits[i].rank = []float64{math.MaxInt32}
	}
	if ms, set := x.settings["searchCutoffMs"].(float64); set {
		return int(ms)
	}
	return 1500
}

func value(n *int, otherwise int) int {
	if n == nil {
		return otherwise
	}
	return *n
}

// valid refuses what the server refuses.
func (x *index) valid(in request) *fault {
	for _, s := range in.Sort {
		field, order, _ := strings.Cut(s, ":")
		if i := strings.LastIndexByte(s, ':'); i >= 0 {
			field, order = s[:i], s[i+1:]
		}
		if strings.HasPrefix(field, "_geoPoint(") {
			field = "_geo"
		}
		if order != "asc" && order != "desc" || !slices.Contains(x.names("sortableAttributes"), field) {
			return invalid("sort", "Attribute `"+field+"` is not sortable.")
		}
	}
	for _, f := range in.Facets {
		if x.mayFilter(f) != nil {
			return invalid("facets", "Invalid facet distribution: Attribute `"+f+"` is not filterable.")
		}
	}
	if in.Distinct != "" && x.mayFilter(in.Distinct) != nil {
		return invalid("distinct", "Attribute `"+in.Distinct+"` is not filterable and thus, cannot be used as distinct attribute.")
	}
	for _, l := range in.Locales {
		if !slices.Contains(locales, l) {
			return invalid("locales", "Unknown value `"+l+"` at `.locales[0]`")
		}
	}
	for _, a := range in.AttributesToSearchOn {
		if !slices.Contains(x.names("searchableAttributes"), a) {
			return invalid("attributes_to_search_on", "Attribute `"+a+"` is not searchable.")
		}
	}
	if !slices.Contains([]string{"", "all", "last", "frequency"}, in.MatchingStrategy) {
		return invalid("matching_strategy", "Unknown value `"+in.MatchingStrategy+"` at `.matchingStrategy`")
	}
	if value(in.Limit, 0) < 0 || value(in.Offset, 0) < 0 || value(in.HitsPerPage, 0) < 0 {
		return invalid("limit", "Invalid value type")
	}
	return nil
}

// sort orders hits: by what was asked for and by the ranking rules, in their
// order in the settings.
func (x *index) sort(hits []hit, sorts []string) {
	rules := x.names("rankingRules")
	slices.SortFunc(hits, func(a, b hit) int {
		for _, rule := range rules {
			c := 0
			switch rule {
			case "sort":
				for _, s := range sorts {
					if c == 0 {
						c = bySort(a.document, b.document, s)
					}
				}
			case "words", "typo", "proximity", "attribute", "exactness":
				if i := slices.Index(ruleOrder, rule); i < len(a.rank) && i < len(b.rank) {
					c = cmp.Compare(a.rank[i], b.rank[i])
				}
			default:
				c = bySort(a.document, b.document, rule)
			}
			if c != 0 {
				return c
			}
		}
		return cmp.Compare(a.order, b.order)
	})
}

// bySort compares by "field:asc"; what has no such field comes last.
func bySort(a, b *document, s string) int {
	i := strings.LastIndexByte(s, ':')
	field, desc := s[:i], s[i+1:] == "desc"
	x, okX := sortValue(a, field)
	y, okY := sortValue(b, field)
	switch {
	case !okX || !okY:
		return bit(okY) - bit(okX)
	case desc:
		return cmp.Compare(y, x)
	}
	return cmp.Compare(x, y)
}

func sortValue(d *document, field string) (float64, bool) {
	if args, ok := strings.CutPrefix(field, "_geoPoint("); ok {
		lat, lng, _ := strings.Cut(strings.TrimSuffix(args, ")"), ",")
		a, _ := strconv.ParseFloat(strings.TrimSpace(lat), 64)
		b, _ := strconv.ParseFloat(strings.TrimSpace(lng), 64)
		return d.metres(a, b)
	}
	n, ok := d.value[field].(float64)
	return n, ok
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func distinct(hits []hit, field string) []hit {
	seen := map[any]bool{}
	return slices.DeleteFunc(slices.Clone(hits), func(h hit) bool {
		v, has := h.value[field]
		if !has {
			return false
		}
		was := seen[v]
		seen[v] = true
		return was
	})
}

// count is the distribution of facets, at most maxValuesPerFacet of each.
func (x *index) count(hits []hit, facets []string) map[string]map[string]int {
	out := map[string]map[string]int{}
	for _, f := range facets {
		counts := map[string]int{}
		for _, h := range hits {
			for _, v := range scalars(h.value[f]) {
				if s, ok := v.(string); ok {
					counts[s]++
				}
			}
		}
		var names []string
		for v := range counts {
			names = append(names, v)
		}
		slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
		most := int(x.part("faceting", "maxValuesPerFacet"))
		for _, v := range names[min(most, len(names)):] {
			delete(counts, v)
		}
		out[f] = counts
	}
	return out
}

// display is what the server gives of a document.
func (x *index) display(d *document, fields []string) map[string]json.RawMessage {
	displayed := x.names("displayedAttributes")
	out := map[string]json.RawMessage{}
	for k, v := range d.raw {
		if (slices.Contains(displayed, "*") || slices.Contains(displayed, k)) && (fields == nil || slices.Contains(fields, "*") || slices.Contains(fields, k)) {
			out[k] = v
		}
	}
	return out
}
