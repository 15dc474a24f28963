package widgets

import (
	"fmt"
	"strings"
	"time"

	"github.com/goodsign/monday"

	"github.com/plonegov/carillon/federation"
)

// Dates writes dates as one language does. The portal and the widgets show
// them through it and so alike.
type Dates struct {
	Lang string         // one of federation.Languages, else the first is spoken
	Zone *time.Location // of times that bring no zone of their own; nil = that of a hub without one
}

// style is how a language writes days, times of day, and both together.
type style struct {
	locale           monday.Locale
	day, clock, unit string // layouts; the unit is said once of two times
	at, times, span  string // day at time; day, from time to time; from day to day
}

var styles = map[string]style{
	"fr": {monday.LocaleFrFR, "2 January 2006", "15\u00a0h\u00a004", "", "%s à %s", "%s, de %s à %s", "du %s au %s"},
	"nl": {monday.LocaleNlBE, "2 January 2006", "15.04", "\u00a0uur", "%s om %s", "%s, van %s tot %s", "van %s tot %s"},
	"de": {monday.LocaleDeDE, "2. January 2006", "15.04", "\u00a0Uhr", "%s um %s", "%s, von %s bis %s", "%s bis %s"},
	"en": {monday.LocaleEnGB, "2 January 2006", "15:04", "", "%s at %s", "%s, %s to %s", "%s to %s"},
}

func (d Dates) style() style {
	if s, ok := styles[d.Lang]; ok {
		return s
	}
	return styles[federation.Languages[0]]
}

// Day writes a date: "1er novembre 2026".
func (d Dates) Day(t time.Time) string { return d.layout(t, d.style().day) }

// layout writes parts of a date; the first of a month is 1er in French.
func (d Dates) layout(t time.Time, layout string) string {
	s := monday.Format(t, layout, d.style().locale)
	if d.style().locale == monday.LocaleFrFR && (s == "1" || strings.HasPrefix(s, "1 ")) {
		return "1er" + s[1:]
	}
	return s
}

// Clock writes a time of day: "19 h 30", "8.30 uur", "08:30".
func (d Dates) Clock(t time.Time) string { return d.bare(t) + d.style().unit }

// bare is a time of day without its unit. Full hours lose their zeros, and
// hours their first zero, but in English.
func (d Dates) bare(t time.Time) string {
	s := t.Format(d.style().clock)
	if d.style().locale == monday.LocaleEnGB {
		return s
	}
	if t.Minute() == 0 {
		s = strings.TrimSuffix(strings.TrimSuffix(s, ".00"), "\u00a000")
	}
	return strings.TrimPrefix(s, "0")
}

// Moment writes a date with its time of day.
func (d Dates) Moment(t time.Time) string { return fmt.Sprintf(d.style().at, d.Day(t), d.Clock(t)) }

// oneNight is the length from which an event takes days: a ball that ends at
// two in the morning is of the evening on which it begins.
const oneNight = 24 * time.Hour

// When writes the dates of an event, "" when it has none.
func (d Dates) When(e federation.Event) string {
	if e.Start.IsZero() {
		return ""
	}
	start, last := d.Local(e.Start, e.AllDay), d.last(e)
	switch {
	case e.AllDay && sameDay(start, last):
		return d.Day(start)
	case !e.AllDay && !e.End.After(e.Start):
		return d.Moment(start)
	case !e.AllDay && (sameDay(start, last) || e.End.Sub(e.Start) < oneNight):
		return fmt.Sprintf(d.style().times, d.Day(start), d.bare(start), d.Clock(d.Local(e.End, false)))
	}
	return d.span(start, last)
}

// span writes the first and the last day, saying month and year once where
// they are the same.
func (d Dates) span(first, last time.Time) string {
	layout := d.style().day
	if first.Year() == last.Year() {
		layout = strings.TrimSuffix(layout, " 2006")
		if first.Month() == last.Month() {
			layout = strings.TrimSuffix(layout, " January")
		}
	}
	return fmt.Sprintf(d.style().span, d.layout(first, layout), d.Day(last))
}

// Weekday names the day of the week.
func (d Dates) Weekday(t time.Time) string { return monday.Format(t, "Monday", d.style().locale) }

// Month is the short name of a month for a calendar leaf: "nov".
func (d Dates) Month(t time.Time) string {
	return strings.TrimSuffix(monday.Format(t, "Jan", d.style().locale), ".")
}

// ShortWeekday is the short name of the day of the week for a calendar leaf: "lun".
func (d Dates) ShortWeekday(t time.Time) string {
	return strings.TrimSuffix(monday.Format(t, "Mon", d.style().locale), ".")
}

// last is the end of an event as people count: RFC 5545 (3.6.1) ends are
// exclusive, so a day's event ends on that day.
func (d Dates) last(e federation.Event) time.Time {
	if !e.End.After(e.Start) {
		return d.Local(e.Start, e.AllDay)
	}
	end := d.Local(e.End, e.AllDay)
	if e.AllDay || end.Hour() == 0 && end.Minute() == 0 && end.Second() == 0 {
		return end.Add(-time.Second)
	}
	return end
}

// Local is t in its own zone when it has one, else in the home zone. A date
// without a time has no zone to change.
func (d Dates) Local(t time.Time, allDay bool) time.Time {
	if _, offset := t.Zone(); offset != 0 || allDay {
		return t
	}
	return d.home(t)
}

// home is t in the home zone.
func (d Dates) home(t time.Time) time.Time {
	if d.Zone == nil {
		return t.In(federation.Hub{}.Location())
	}
	return t.In(d.Zone)
}

func sameDay(a, b time.Time) bool { return a.Year() == b.Year() && a.YearDay() == b.YearDay() }
