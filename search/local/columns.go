package local

import (
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
	b.value(sameColumn, it.Same)
	d := uint32(len(s.date))
	if p := b.precedence[it.ID]; p != 0 {
		s.precedences.add(d, uint64(p))
	}
	b.warn(it, d)
	b.categories(it.Categories)

	start, last := it.Span()
	date := it.Date().UnixMicro()
	s.date = append(s.date, date)
	if at := last.UnixMicro(); at != date {
		s.lasts.add(d, at)
	}
	if it.Event != nil && !it.Event.Start.IsZero() {
		s.starts.add(d, start.UnixMicro())
	}
	if it.Event != nil && it.Event.Recurs() {
		s.recur(d, newSeries(*it.Event))
	}
	if p := it.Point(); p != nil && p.Valid() {
		s.lats.add(d, float32(p.Lat))
		s.lons.add(d, float32(p.Lon))
	}
}

func (b *builder) value(c column, value string) {
	b.ords[c] = append(b.ords[c], b.tables[c].number(value, &b.own[c]))
}

// finishColumns brings the columns into the form in which they are kept.
func (b *builder) finishColumns() {
	s := b.seg
	for c, list := range b.ords {
		s.ords[c] = narrowed(list)
	}
	s.date, s.titleLen, s.summaryLen, s.bodyLen = clip(s.date), clip(s.titleLen), clip(s.summaryLen), clip(s.bodyLen)
	s.categories = s.categories.clipped()
	s.fileLens.done()
	s.starts.done()
	s.lasts.done()
	s.lats.done()
	s.lons.done()
	s.gravities.done()
	s.untils.done()
	s.precedences.done()
	s.countWords()
	s.mark()
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
