package federation

import (
	"slices"
	"time"
)

// Selection says what to show. It is one value with one parser
// ([ParseSelection]) and one canonical text ([Selection.String]), the same in
// a feed address, a widget attribute, an API call and a search. Values of one
// field are alternatives, fields are joined. The zero value selects
// everything, newest first.
type Selection struct {
	Words      string     // q; an engine may use the first 16 words alone
	Members    []string   // member: slugs
	Types      []ItemType // type
	Categories []string   // category: compared without regard to case
	Languages  []string   // lang: primary subtags match their regions
	Sources    []string   // source: full names
	Channels   []string   // channel: slugs
	From, To   Bound      // inclusive; of events their own dates, each of a series, else [Item.Date]
	Near       *Point
	Radius     float64 // km around Near, 0 = [DefaultRadius]
	Postcode   string
	As         string // as: whose reader it is, the slug of a member or a postal code; orders by relevance, filters nothing: see [Catalogue.Home]
	Sort       Sort
	Limit      int    // 0 = [DefaultLimit]
	Cursor     string // opaque; of the same selection
}

// Bounds and defaults of a selection.
const (
	DefaultLimit  = 20
	MaxLimit      = 100
	DefaultRadius = 15.0  // km
	MaxRadius     = 500.0 // km
	maxWords      = 300   // characters of q
	maxValues     = 100   // values of one key
	maxValue      = 200   // characters of one value
)

// Sort is an order of items.
type Sort string

// The orders. The empty one is relevance with words, severity of alerts alone,
// else newest.
const (
	ByRelevance Sort = "relevance"
	ByNewest    Sort = "newest"
	ByOldest    Sort = "oldest"
	ByStart     Sort = "start"    // events by their start, soonest first, series by their next date from From or now on; items without one come last
	ByDistance  Sort = "distance" // needs near
	BySeverity  Sort = "severity" // alerts in force by severity, urgency, authority of the member and date; then those that are over, then what is no alert
)

// Sorts lists the orders.
var Sorts = []Sort{ByRelevance, ByNewest, ByOldest, ByStart, ByDistance, BySeverity}

// Bound is one end of a span of time: a moment, or a whole day.
type Bound struct {
	Time time.Time // of a day: its first moment, in UTC until [Selection.In] gives it a zone
	Day  bool      // written as a date; as an upper end it takes in the whole day
}

// IsZero reports whether the end is open.
func (b Bound) IsZero() bool { return b.Time.IsZero() }

// in makes a day one of the zone; a moment stays what it is.
func (b Bound) in(zone *time.Location) Bound {
	if b.Day && !b.IsZero() {
		y, m, d := b.Time.Date()
		b.Time = time.Date(y, m, d, 0, 0, 0, 0, zone)
	}
	return b
}

// In is s with its days being days of the zone. Its text stays the same, and so
// do its cursors.
func (s Selection) In(zone *time.Location) Selection {
	s.From, s.To = s.From.in(zone), s.To.in(zone)
	return s
}

// Upper is the first moment after b, as an exclusive end.
func (b Bound) Upper() time.Time {
	if b.Day {
		return b.Time.AddDate(0, 0, 1)
	}
	return b.Time.Add(1)
}

func (b Bound) String() string {
	switch {
	case b.IsZero():
		return ""
	case b.Day:
		return b.Time.Format(time.DateOnly)
	}
	return b.Time.Format(time.RFC3339Nano)
}

// Order is the order in force: Sort, or the default for the selection.
func (s Selection) Order() Sort {
	switch {
	case s.Sort != "":
		return s.Sort
	case s.Words != "":
		return ByRelevance
	case len(s.Types) == 1 && s.Types[0] == AlertItem:
		return BySeverity
	}
	return ByNewest
}

// Size is the limit in force.
func (s Selection) Size() int {
	if s.Limit == 0 {
		return DefaultLimit
	}
	return s.Limit
}

// Reach is the radius in force around Near, in km.
func (s Selection) Reach() float64 {
	if s.Radius == 0 {
		return DefaultRadius
	}
	return s.Radius
}

// Filter is s without what does not decide whether an item belongs: whose
// reader it is, order, limit and cursor. Selections with equal filters hold the same items.
func (s Selection) Filter() Selection {
	s.As, s.Sort, s.Limit, s.Cursor = "", "", 0, ""
	return s
}

// Match reports whether an item belongs to s as far as the item itself can
// tell: every key but q, channel, postcode and near, which need an index or
// the directory. It is the second wall between members: whatever an index, a
// cache or a cursor said, an item that does not match is not shown.
func (s Selection) Match(it Item) bool {
	return (len(s.Members) == 0 || slices.Contains(s.Members, it.Member)) &&
		(len(s.Sources) == 0 || slices.Contains(s.Sources, it.Source)) &&
		(len(s.Types) == 0 || slices.Contains(s.Types, it.Type)) &&
		(len(s.Languages) == 0 || slices.ContainsFunc(s.Languages, func(l string) bool { return MatchLanguage(l, it.Language) })) &&
		(len(s.Categories) == 0 || slices.ContainsFunc(it.Categories, s.hasCategory)) &&
		s.matchDates(it)
}

func (s Selection) hasCategory(c string) bool {
	return slices.Contains(s.Categories, NormalCategory(c))
}

func (s Selection) matchDates(it Item) bool {
	to := time.Time{}
	if !s.To.IsZero() {
		to = s.To.Upper()
	}
	if it.Event != nil && it.Event.Recurs() && !(s.From.IsZero() && s.To.IsZero()) {
		return it.Event.within(s.From.Time, to)
	}
	start, end := it.Span()
	return !end.Before(s.From.Time) && (to.IsZero() || start.Before(to))
}

// Span is the time an item is about, for from and to: an event from its start
// to its last moment, anything else its [Item.Date]. A recurring event spans
// all of its dates, which a selection then looks at one by one.
func (i Item) Span() (start, last time.Time) {
	if i.Event == nil || i.Event.Start.IsZero() {
		return i.Date(), i.Date()
	}
	e := i.Event
	start = e.Start
	for _, t := range e.Extra {
		if t.Before(start) {
			start = t
		}
	}
	return start, e.Dates().Last()
}
