package local

import (
	"time"

	"github.com/plonegov/carillon/federation"
)

// channel is one of the selections of which an item must meet at least one.
type channel struct {
	filter filter
	has    []bitmap // by part: documents with its words; nil when it has none
}

// channel prepares a selection. Its words are taken as they are spelt and must
// all match: what a channel holds must not hang on what it lacks.
func (v *view) channel(sel federation.Selection, s *scratch, now time.Time) channel {
	c := channel{filter: newFilter(&v.tables, sel, now)}
	if sel.Words == "" {
		return c
	}
	ask := parse(sel.Words)
	words, within := ask.words, v.within(ask)
	terms := make([]term, len(words))
	r := &ranking{rarity: make([]uint8, len(words)), cut: uint16(len(words))}
	for i, w := range words {
		w.typos = false
		terms[i] = v.spelt(w, "")
		r.rarity[i] = 1
	}
	r.prepared()
	for i, p := range v.parts {
		if len(words) == 0 && within != nil {
			c.has = append(c.has, within[i])
			continue
		}
		s.match(p, i, terms, r, within, nil)
		has := newBitmap(p.len())
		for _, d := range s.found {
			has.set(d)
		}
		s.drop()
		c.has = append(c.has, has)
	}
	return c
}

// inChannel reports whether document d of a part meets one of the channels, or
// there are none.
func (r *run) inChannel(part int, p *segment, d uint32) bool {
	for i := range r.anyOf {
		if r.anyOf[i].meets(part, p, d) {
			return true
		}
	}
	return len(r.anyOf) == 0
}

// meets reports whether document d of a part is in the channel.
func (c *channel) meets(part int, p *segment, d uint32) bool {
	return (c.has == nil || c.has[part].has(d)) && c.filter.refused(p, d) == allFacets && c.filter.base(p, d)
}
