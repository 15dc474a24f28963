package local

import (
	"math"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// columns takes in what is not searched by words.
func (b *builder) columns(it *federation.Item) {
	s := b.seg
	b.value(memberColumn, it.Member)
	b.value(typeColumn, string(it.Type))
	b.value(languageColumn, strings.ToLower(it.Language))
	b.value(sourceColumn, it.Source)
	b.value(groupColumn, search.FoldKey(*it))
	s.precedence = append(s.precedence, uint64(b.precedence[it.ID]))
	b.value(sameColumn, it.Same)
	b.warn(it)
	b.categories(it.Categories)

	start, last := it.Span()
	s.date = append(s.date, it.Date().UnixMicro())
	s.last = append(s.last, last.UnixMicro())
	if it.Event != nil && !it.Event.Start.IsZero() {
		s.start = append(s.start, start.UnixMicro())
	} else {
		s.start = append(s.start, noStart)
	}

	if it.Event != nil && it.Event.Recurs() {
		s.recur(uint32(len(s.date)-1), newSeries(*it.Event))
	}

	lat, lon := float32(math.NaN()), float32(math.NaN())
	if p := it.Point(); p != nil && p.Valid() {
		lat, lon = float32(p.Lat), float32(p.Lon)
	}
	s.lat, s.lon = append(s.lat, lat), append(s.lon, lon)
}

func (b *builder) value(c column, value string) {
	b.seg.ords[c] = append(b.seg.ords[c], b.tables[c].number(value, &b.own[c]))
}

// categories are entered by their normal form, each once.
func (b *builder) categories(names []string) {
	l := &b.seg.categories
	from := len(l.entries)
	for _, name := range names {
		normal := federation.NormalCategory(name)
		if normal == "" {
			continue
		}
		n := b.tables[categoryColumn].number(normal, &b.own[categoryColumn])
		if !slices.Contains(l.entries[from:], n) {
			l.entries = append(l.entries, n)
		}
	}
	l.end()
}
