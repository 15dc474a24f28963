package csv

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/dates"
	"github.com/plonegov/carillon/harvester/read"
)

// reader makes items of rows. It is used once.
type reader struct {
	*federation.Decoded
	doc     federation.Document
	base    *url.URL // nil when the document has no address of the web
	header  []string
	columns columns
	keys    []key // of the items, see distinct
	odd     int   // warnings given of cells
}

// line is a row being read: what has been taken of it is not told again.
type line struct {
	*reader
	row
	taken map[int]bool
	lang  string
}

// row makes a row the next item.
func (r *reader) row(raw row) {
	l := &line{reader: r, row: raw, taken: map[int]bool{}}
	it := federation.Item{Language: l.language()}
	l.lang = cmp.Or(it.Language, r.doc.Source.Language, r.Language, r.doc.Source.Home)
	id := l.text("id")
	it.Title, it.Summary = l.text("title"), l.text("summary")
	it.URL = l.address("url")
	it.Published, it.Updated, it.Expires = l.date("published", "STARTTIME"), l.date("updated", ""), l.date("expires", "")
	it.Event = l.event()
	it.Place = l.place()
	it.Categories = l.list("category", ";|")
	it.Authors = l.list("author", ";|")
	it.Type = l.itemType(&it)
	l.files(&it)
	if it.Title == "" {
		it.Title = l.titleInstead(it.Place)
	}
	it.Content = l.content()
	r.keys = append(r.keys, keyOf(id, &it, raw.cells))
	r.Items = append(r.Items, it)
}

// cell is the first cell of a field that says something, and its column, which
// is then taken. The column is -1 when there is none.
func (l *line) cell(field string) (string, int) {
	for _, i := range l.columns[field] {
		if i < len(l.cells) && !l.taken[i] {
			if s := strings.TrimSpace(l.cells[i]); s != "" {
				l.taken[i] = true
				return s, i
			}
		}
	}
	return "", -1
}

func (l *line) text(field string) string {
	s, _ := l.cell(field)
	return markup.Text(s)
}

// list is a cell of several values, split at any of the separators.
func (l *line) list(field, separators string) []string {
	s, _ := l.cell(field)
	var out []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(separators, r) || r == '\n' }) {
		if part = markup.Text(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// back gives a cell back that could not be read as its field: it is told in the
// text instead.
func (l *line) back(column int, what string) {
	delete(l.taken, column)
	if l.odd++; l.odd <= maxWarnings {
		l.Warn("", fmt.Sprintf("Line %d: %q under %q is not %s; it is kept in the text.", l.row.line, read.Clip(l.cells[column], 60), l.header[column], what))
	}
}

// address is an absolute address of the web.
func (l *line) address(field string) string {
	s, at := l.cell(field)
	if at < 0 {
		return ""
	}
	address := l.resolve(s)
	if address == "" {
		l.back(at, "an address of the web")
	}
	return address
}

// bare is an address that people write without its scheme.
var bare = regexp.MustCompile(`^(?i:www\.)[^\s/]+\.[a-zA-Z]{2,}(?:[/?#]\S*)?$`)

// resolve is an address as seen from the table, "" when it is none.
func (r *reader) resolve(s string) string {
	if bare.MatchString(s) {
		s = "https://" + s
	}
	if !strings.ContainsAny(s, "/:") {
		return ""
	}
	return read.Web(r.base, s)
}

// date is a date, with the time of day that another column may hold.
func (l *line) date(field, clock string) time.Time {
	s, at := l.cell(field)
	if at < 0 {
		return time.Time{}
	}
	t, ok := l.parse(s)
	if !ok {
		l.back(at, "a date that can be read")
		return time.Time{}
	}
	if hour, i := l.cell(clock); i >= 0 {
		if both, ok := l.parse(s + " " + hour); ok && !timed(s) {
			return both
		}
		delete(l.taken, i)
	}
	return t
}

// parse reads a date. A bare number may be anything, a year or a count of days.
func (l *line) parse(s string) (time.Time, bool) {
	if len(s) < 8 && strings.Trim(s, "0123456789") == "" {
		return time.Time{}, false
	}
	return dates.Parse(s, l.lang, dates.In(l.doc.Source.Zone))
}

var clockPattern = regexp.MustCompile(`(?i)\d\s*[:h]\s*\d\d|\d\s*(?:h|u|uhr|uur|am|pm)\b|\dT\d|^\d{9,}$`)

// timed reports whether a date has a time of day.
func timed(s string) bool { return clockPattern.MatchString(s) }

// event is the when, nil when the row has no start; of a table of events what
// it says of whether one takes place stands by itself.
func (l *line) event() *federation.Event {
	s, _ := l.peek("start")
	clock, _ := l.peek("STARTTIME")
	said, _ := l.peek("STATUS")
	e := federation.Event{Start: l.date("start", "STARTTIME"), Status: federation.EventStatus(said)}
	if e.Start.IsZero() {
		if e.Status != "" && e.Status != federation.EventConfirmed && l.doc.Source.Type == federation.EventItem {
			return &federation.Event{Status: e.Status}
		}
		return nil
	}
	e.AllDay = !timed(s) && clock == ""
	last, _ := l.peek("end")
	e.End = l.date("end", "ENDTIME")
	switch {
	case e.End.IsZero():
	case e.AllDay && !timed(last):
		e.End = e.End.AddDate(0, 0, 1) // a table names the last day
	case e.End.Before(e.Start):
		e.End = time.Time{}
	}
	return &e
}

// peek is cell without taking it.
func (l *line) peek(field string) (string, int) {
	s, at := l.cell(field)
	delete(l.taken, at)
	return s, at
}
