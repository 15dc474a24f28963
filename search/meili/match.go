package meili

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// match is what is read of a document that matches.
type match struct {
	ID         string            `json:"id"`
	Member     string            `json:"member"`
	Type       string            `json:"type"`
	Language   string            `json:"language"`
	Categories []string          `json:"categories"`
	Fold       string            `json:"fold"`
	Precedence string            `json:"precedence"`
	Same       string            `json:"same"`
	Date       int64             `json:"date"`
	Start      *int64            `json:"start"`
	Last       int64             `json:"last"`
	Event      *federation.Event `json:"event"`
	Gravity    *int              `json:"gravity"`
	Until      int64             `json:"until"`
	Geo        *geo              `json:"_geo"`
	Score      float64           `json:"_rankingScore"`

	distance float64 // km
	key      sortKey
}

// unite drops what several variants found, and keeps the best score.
func unite(list []match) []match {
	at := make(map[string]int, len(list))
	out := list[:0]
	for _, m := range list {
		if i, seen := at[m.ID]; seen {
			out[i].Score = max(out[i].Score, m.Score)
			continue
		}
		at[m.ID] = len(out)
		out = append(out, m)
	}
	return out
}

// possible drops what the server cannot tell apart: series without a date in
// the time asked for, and places a little too far away.
func (r *run) possible(list []match) []match {
	sel := r.query.Select
	dated := federation.Selection{From: sel.From, To: sel.To}
	return slices.DeleteFunc(list, func(m match) bool {
		if m.Event != nil && !dated.Match(federation.Item{Event: m.Event}) {
			return true
		}
		return sel.Near != nil && (m.Geo == nil || kilometres(*sel.Near, *m.Geo) > sel.Reach())
	})
}

// shown are the matches that are hits: of the versions of a document one, and
// of those that say the same one; see [search.Result].
func (r *run) shown(list []match) []match {
	best := map[string]match{} // by document
	var out []match
	for _, m := range list {
		if m.Same == "" {
			out = append(out, m)
			continue
		}
		if have, ok := best[m.Same]; !ok || r.rather(m, have) {
			best[m.Same] = m
		}
	}
	for _, m := range best {
		out = append(out, m)
	}
	return foldGroups(out)
}

// rather reports whether a version is shown rather than another.
func (r *run) rather(m, have match) bool {
	if a, b := r.reads(m), r.reads(have); a != b {
		return a
	}
	return m.ID == m.Same || have.ID != m.Same && m.ID < have.ID
}

func (r *run) reads(m match) bool {
	return r.query.Language != "" && federation.MatchLanguage(r.query.Language, m.Language)
}

func foldGroups(list []match) []match {
	best := map[string]match{}
	var out, beside []match
	for _, m := range list {
		switch {
		case m.Precedence == "":
			out = append(out, m)
		case m.precedence() >= search.Elsewhere:
			beside = append(beside, m)
		default:
			have, ok := best[m.Fold]
			if !ok || m.precedence() < have.precedence() || m.precedence() == have.precedence() && m.ID < have.ID {
				best[m.Fold] = m
			}
		}
	}
	for _, m := range beside {
		if _, ok := best[m.Fold]; !ok {
			out = append(out, m)
		}
	}
	for _, m := range best {
		out = append(out, m)
	}
	return out
}

func (m match) precedence() search.Precedence {
	n, _ := strconv.ParseUint(m.Precedence, 10, 64) // it is our own text
	return search.Precedence(n)
}

// sortKey is a place in an order: larger first, then by id.
type sortKey [3]int64

// The classes of an order by severity.
const (
	noAlert = iota
	overAlert
	inForce
)

func (r *run) keyOf(m match) sortKey {
	switch r.by {
	case federation.ByOldest:
		return sortKey{-m.Date}
	case federation.ByStart:
		if m.Start == nil {
			return sortKey{math.MinInt64}
		}
		at := *m.Start
		if m.Event != nil {
			if o, ok := m.Event.Next(r.from()); ok {
				at = o.Start.UnixMicro()
			}
		}
		return sortKey{-at}
	case federation.ByDistance:
		return sortKey{-int64(m.distance * 1e6)}
	case federation.BySeverity:
		switch {
		case m.Gravity == nil:
			return sortKey{noAlert, 0, m.Date}
		case m.Until <= r.now.UnixMicro():
			return sortKey{overAlert, 0, m.Date}
		}
		return sortKey{inForce, int64(-*m.Gravity)<<8 + int64(r.query.Authority[m.Member]), m.Date}
	case federation.ByRelevance:
		fade := int64(math.MaxInt64)
		if slices.Contains(search.Fading, federation.ItemType(m.Type)) {
			fade = m.Date
		}
		return sortKey{int64(math.Round(m.Score * search.HomeFactor(r.query.Home[m.Member]) * scoreUnit)), bit(r.reads(m)), fade}
	}
	return sortKey{m.Date}
}

// fade is the date of what grows old, as the document has it.
func (m match) fade() int64 {
	switch {
	case !slices.Contains(search.Fading, federation.ItemType(m.Type)):
		return farAway
	case m.Start != nil:
		return m.Last
	}
	return m.Date
}

// scoreUnit is how finely scores tell hits apart; within a unit the reader's
// language and then the date decide.
const scoreUnit = 1000

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func compareMatches(a, b match) int {
	return cmp.Or(slices.Compare(b.key[:], a.key[:]), strings.Compare(a.ID, b.ID))
}

// ordered sorts hits as they are paged through.
func (r *run) ordered(list []match) []match {
	for i := range list {
		m := &list[i]
		if near := r.query.Select.Near; near != nil && m.Geo != nil {
			m.distance = kilometres(*near, *m.Geo)
		}
		m.key = r.keyOf(*m)
	}
	slices.SortFunc(list, compareMatches)
	if r.by != federation.BySeverity {
		return list
	}
	n := slices.IndexFunc(list, func(m match) bool { return m.key[0] != inForce })
	if n < 0 {
		n = len(list)
	}
	return append(r.shareOut(list[:n:n]), list[n:]...)
}

func (r *run) shareOut(alerts []match) []match {
	return search.ShareOut(alerts, func(m match) string { return m.Member }, func(m string) int { return r.query.Authority[m] })
}

const earthRadius = 6371.0088 // km, mean (IUGG)

// kilometres is the distance along a great circle, by the haversine formula.
func kilometres(p federation.Point, g geo) float64 {
	rad := func(d float64) float64 { return d * math.Pi / 180 }
	y, x := math.Sin(rad(g.Lat-p.Lat)/2), math.Sin(rad(g.Lng-p.Lon)/2)
	h := y*y + math.Cos(rad(p.Lat))*math.Cos(rad(g.Lat))*x*x
	return 2 * earthRadius * math.Asin(math.Sqrt(min(h, 1)))
}

func join(list []string, with string) string { return strings.Join(list, with) }
