package local

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// order is how the hits of a query stand: by key, larger first, then by id.
type order struct {
	by       federation.Sort
	near     *circle
	ranking  *ranking
	fade     []bool     // by number of a type: news that grows old
	language []bool     // by number of a language: the reader's
	rank     []int      // by number of a member: its authority
	member   []standing // by number of a member: what it adds to relevance; nil = nothing
	most     float64    // what relevance multiplies a score by at most
	at       int64      // microseconds: series stand at their first date that is not over then
}

// orderOf falls back to the newest first where the order asked for has nothing
// to go by.
func orderOf(s federation.Selection) federation.Sort {
	by := s.Order()
	if by == federation.ByRelevance && len(parse(s.Words).words) == 0 || by == federation.ByDistance && s.Near == nil {
		return federation.ByNewest
	}
	return by
}

func (v *view) order(q *search.Query, near *circle, r *ranking) order {
	s := q.Select
	o := order{by: orderOf(s), near: near, ranking: r, at: int64(r.now) * 1e6}
	if !s.From.IsZero() {
		o.at = s.From.Time.UnixMicro()
	}
	if o.by == federation.ByRelevance {
		o.fade = v.tables[typeColumn].allowed(func(t string) bool { return slices.Contains(search.Fading, federation.ItemType(t)) })
		o.language = v.readable(q.Language)
		o.member = v.standings(q)
		o.most = readersLanguage * highest(o.member)
	}
	return o
}

// key is that of document d, whose words score so much.
func (o *order) key(p *segment, d uint32, score uint32) int64 {
	switch o.by {
	case federation.ByNewest:
		return p.date[d]
	case federation.ByOldest:
		return -p.date[d]
	case federation.ByStart:
		if p.start(d) == noStart {
			return math.MinInt64
		}
		if p.recurring.has(d) {
			if start, ok := p.series[d].next(o.at, o.moment()); ok {
				return -start
			}
		}
		return -p.start(d)
	case federation.BySeverity:
		return o.severity(p, d)
	case federation.ByDistance:
		return -int64(o.near.distance(p.lat(d), p.lon(d)) * 1e6)
	}
	return o.relevance(p, d, score)
}

func (o *order) moment() time.Time { return time.Unix(int64(o.ranking.now), 0) }

// Relevance beside the words.
const (
	readersLanguage = 1.15
	fadesTo         = .7       // of an old item's score
	overTo          = .6       // of the score of an event that is over, besides
	halfFaded       = 60       // days
	day             = 86_400e6 // microseconds
)

func (o *order) relevance(p *segment, d uint32, score uint32) int64 {
	s := float64(score) * o.languageFactor(p, d) * o.recency(p, d)
	if o.member != nil {
		s *= o.member[p.ord(memberColumn, d)].both()
	}
	return int64(s)
}

func (o *order) languageFactor(p *segment, d uint32) float64 {
	if o.language[p.ord(languageColumn, d)] {
		return readersLanguage
	}
	return 1
}

// recency is 1 of what is new or never grows old; an event sinks once it is over.
func (o *order) recency(p *segment, d uint32) float64 {
	if !o.fade[p.ord(typeColumn, d)] {
		return 1
	}
	at, most := p.date[d], 1.
	if p.start(d) != noStart {
		if at = p.last(d); at < int64(o.ranking.now)*1e6 {
			most = overTo
		}
	}
	age := max(math.Floor(float64(o.ranking.now)/86_400)-float64(at)/day, 0)
	return most * (fadesTo + (1-fadesTo)*halfFaded/(halfFaded+age))
}

// ceiling is no less than the key, and quicker to compute where that is much.
func (o *order) ceiling(p *segment, d uint32, score uint32) int64 {
	if o.by == federation.ByRelevance {
		return int64(o.most*float64(score)) + 1
	}
	return o.key(p, d, score)
}

// hit is a document with its place in the order.
type hit struct {
	key  int64
	part *segment
	doc  uint32
}

func (h hit) id() string { return h.part.ids.at(h.doc) }

// before reports whether h stands before g.
func (h hit) before(g hit) bool {
	switch {
	case h.key != g.key:
		return h.key > g.key
	case h.part == g.part:
		return h.doc < g.doc // documents are in the order of ids
	}
	return strings.Compare(h.id(), g.id()) < 0
}

// best keeps the first most hits offered, in order.
type best struct {
	most int
	hits []hit
}

// floor is the least key that may still be kept.
func (b *best) floor() int64 {
	if len(b.hits) < b.most {
		return math.MinInt64
	}
	return b.hits[len(b.hits)-1].key
}

func (b *best) offer(h hit) {
	n := len(b.hits)
	if n == b.most {
		if !h.before(b.hits[n-1]) {
			return
		}
		n--
	} else {
		b.hits = append(b.hits, h)
	}
	at := n
	for at > 0 && h.before(b.hits[at-1]) {
		b.hits[at] = b.hits[at-1]
		at--
	}
	b.hits[at] = h
}
