package local

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// noAlert is the gravity of what is no alert.
const noAlert = math.MaxUint8

// warn takes in what an alert is ordered by.
func (b *builder) warn(it *federation.Item, d uint32) {
	if it.Type != federation.AlertItem {
		return
	}
	b.seg.gravities.add(d, uint8(it.Gravity()))
	switch end := it.Until(); {
	case it.Alert != nil && it.Alert.Ended:
		b.seg.untils.add(d, math.MinInt64)
	case !end.IsZero():
		b.seg.untils.add(d, end.UnixMicro())
	}
}

// The key of an order by severity, from the top: its class, and of an alert in
// force how grave it is, the authority of its member and its date in seconds.
const (
	inForce     = 2
	overAlert   = 1
	classBits   = 48
	gravityBits = 42
	rankBits    = 34
	mostGravity = 1<<(classBits-gravityBits) - 1
	mostRank    = 1<<(gravityBits-rankBits) - 1
	mostSeconds = 1<<rankBits - 1
)

func (o *order) severity(p *segment, d uint32) int64 {
	date := min(max(p.date[d]/1e6, 0), mostSeconds)
	switch g := p.gravity(d); {
	case g == noAlert:
		return date
	case p.until(d) <= int64(o.ranking.now)*1e6:
		return overAlert<<classBits | date
	default:
		rank := int64(min(max(o.rank[p.ord(memberColumn, d)], 0), mostRank))
		return inForce<<classBits | (mostGravity-int64(g))<<gravityBits | rank<<rankBits | date
	}
}

// ranks are the authorities of the members, by number.
func (v *view) ranks(authority map[string]int) []int {
	out := make([]int, len(v.tables[memberColumn].values))
	for n, slug := range v.tables[memberColumn].values {
		out[n] = authority[slug]
	}
	return out
}

// page are the alerts in force of this page, in the order of pages: those
// behind the one that the last page ended with.
func (r *run) page() []hit {
	slices.SortFunc(r.alerts, func(a, b hit) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	list := search.ShareOut(r.alerts, func(h hit) uint32 { return h.part.ord(memberColumn, h.doc) }, func(m uint32) int { return r.order.rank[m] })
	if r.after == nil {
		return list
	}
	if r.after.key>>classBits != inForce {
		return nil
	}
	if i := slices.IndexFunc(list, func(h hit) bool { return h.id() == r.after.id }); i >= 0 {
		return list[i+1:]
	}
	return slices.DeleteFunc(list, func(h hit) bool { return !r.after.passed(h) }) // it is over, or gone
}

// bySeverity puts the alerts in force before the other hits of the page, and
// returns the last hit of the order if there are more than the page takes.
func (r *run) bySeverity() (hits []hit, last *hit) {
	most := r.best.most - 1
	hits = append(r.page(), r.best.hits...)
	if len(hits) > most {
		hits = hits[:most]
		end := hits[most-1]
		last = &end
	}
	hits = slices.Clone(hits)
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(b.key, a.key), strings.Compare(a.id(), b.id())) })
	return hits, last
}
