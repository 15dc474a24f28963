package widgets

import (
	"strings"
	"time"
	_ "time/tzdata" // a container from scratch has no time zones of its own

	"github.com/goodsign/monday"

	"github.com/plonegov/carillon/federation"
)

// homeZone is the zone of dates that name none: the communes'.
var homeZone = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		return time.UTC
	}
	return zone
}()

// locales and layouts are how each language writes a day and a time of day.
var (
	locales = map[string]monday.Locale{"fr": monday.LocaleFrFR, "nl": monday.LocaleNlBE,
		"de": monday.LocaleDeDE, "en": monday.LocaleEnGB}
	dayLayouts   = map[string]string{"fr": "2 January 2006", "nl": "2 January 2006", "de": "2. January 2006", "en": "2 January 2006"}
	clockLayouts = map[string]string{"fr": "15h04", "nl": "15.04 uur", "de": "15.04 Uhr", "en": "15:04"}
)

// day writes a date: "1er novembre 2026".
func (w words) day(t time.Time) string {
	return w.firstOfMonth(monday.Format(t, dayLayouts[w.lang], locales[w.lang]))
}

// firstOfMonth writes the first of a month as French does.
func (w words) firstOfMonth(day string) string {
	if rest, first := strings.CutPrefix(day, "1 "); first && w.lang == "fr" {
		return "1er " + rest
	}
	return day
}

// clock writes a time of day: "19h30". Full hours lose their zeros in French
// and Dutch.
func (w words) clock(t time.Time) string {
	s := t.Format(clockLayouts[w.lang])
	if t.Minute() == 0 {
		s = strings.NewReplacer("h00", "h", ".00", "").Replace(s)
	}
	return strings.TrimPrefix(s, "0")
}

// moment writes a date with its time of day.
func (w words) moment(t time.Time) string {
	return w.say("day_time", "Day", w.day(t), "Time", w.clock(t))
}

// when writes the dates of an event.
func (w words) when(e federation.Event) string {
	start, last := local(e.Start, e.AllDay), local(lastMoment(e), e.AllDay)
	switch {
	case !sameDay(start, last):
		return w.span(start, last)
	case e.AllDay:
		return w.day(start)
	case e.End.After(e.Start):
		return w.say("day_times", "Day", w.day(start), "From", w.clock(start), "To", w.clock(local(e.End, false)))
	}
	return w.moment(start)
}

// span writes the first and the last day, saying month and year once where
// they are the same.
func (w words) span(first, last time.Time) string {
	layout := dayLayouts[w.lang]
	switch {
	case first.Year() != last.Year():
	case first.Month() != last.Month():
		layout = strings.TrimSuffix(layout, " 2006")
	default:
		layout = strings.TrimSuffix(layout, " January 2006")
	}
	from := monday.Format(first, layout, locales[w.lang])
	if from == "1" && w.lang == "fr" {
		from = "1er"
	}
	return w.say("days", "From", w.firstOfMonth(from), "To", w.day(last))
}

// shortMonth is the month for a calendar leaf: "nov".
func (w words) shortMonth(t time.Time) string {
	return strings.TrimSuffix(monday.Format(t, "Jan", locales[w.lang]), ".")
}

// lastMoment is the end of an event as people count: RFC 5545 ends are
// exclusive, so a day's event ends on that day.
func lastMoment(e federation.Event) time.Time {
	if !e.End.After(e.Start) {
		return e.Start
	}
	if e.AllDay || clockIsMidnight(local(e.End, false)) {
		return e.End.Add(-time.Second)
	}
	return e.End
}

func clockIsMidnight(t time.Time) bool { return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 }

// local is t in its own zone when it has one, else in the communes'. A date
// without a time has no zone to change.
func local(t time.Time, allDay bool) time.Time {
	if _, offset := t.Zone(); offset != 0 || allDay {
		return t
	}
	return t.In(homeZone)
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}
