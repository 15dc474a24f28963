package portal

import (
	"strings"
	"time"

	"github.com/goodsign/monday"

	"github.com/plonegov/carillon/federation"
)

// moment is a time for people and for programs. The zero value shows nothing.
type moment struct{ Text, Datetime string }

// leaf is an event's first day as a calendar shows it.
type leaf struct{ Day, Month string }

// style is how a language writes a day and a time of day.
type style struct {
	locale     monday.Locale
	day, clock string
}

func (v voice) style() style {
	switch v.Lang {
	case "nl":
		return style{monday.LocaleNlBE, "2 January 2006", "15.04\u00a0uur"}
	case "de":
		return style{monday.LocaleDeDE, "2. January 2006", "15.04\u00a0Uhr"}
	case "en":
		return style{monday.LocaleEnGB, "2 January 2006", "15:04"}
	}
	return style{monday.LocaleFrFR, "2 January 2006", "15\u00a0h\u00a004"}
}

// day writes a date.
func (v voice) day(t time.Time) string { return v.formatDay(t, v.style().day) }

func (v voice) formatDay(t time.Time, layout string) string {
	s := monday.Format(t, layout, v.style().locale)
	if v.Lang == "fr" && (s == "1" || strings.HasPrefix(s, "1 ")) {
		return "1er" + s[1:]
	}
	return s
}

// clock writes a time of day; full hours lose their zeros but in English.
func (v voice) clock(t time.Time) string {
	s := t.Format(v.style().clock)
	if t.Minute() == 0 {
		s = strings.NewReplacer("\u00a0h\u00a000", "\u00a0h", ".00\u00a0", "\u00a0").Replace(s)
	}
	return strings.TrimPrefix(s, "0")
}

// date is the day of t; zero gives the zero moment.
func (v voice) date(t time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	return moment{v.day(v.local(t, false)), t.UTC().Format(time.RFC3339)}
}

// dateTime is t to the minute; zero gives the zero moment.
func (v voice) dateTime(t time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	at := v.local(t, false)
	return moment{v.T("day_time", "Day", v.day(at), "Time", v.clock(at)), t.UTC().Format(time.RFC3339)}
}

// when writes the dates of an event.
func (v voice) when(e federation.Event) moment {
	start := v.local(e.Start, e.AllDay)
	last := start
	if e.End.After(e.Start) {
		last = v.lastMoment(e)
	}
	m := moment{Datetime: e.Start.Format(time.RFC3339)}
	if e.AllDay {
		m.Datetime = e.Start.Format(time.DateOnly)
	}
	switch {
	case !sameDay(start, last):
		m.Text = v.span(start, last)
	case e.AllDay:
		m.Text = v.day(start)
	case e.End.After(e.Start):
		m.Text = v.T("day_times", "Day", v.day(start), "From", v.clock(start), "To", v.clock(v.local(e.End, false)))
	default:
		m.Text = v.T("day_time", "Day", v.day(start), "Time", v.clock(start))
	}
	return m
}

// span writes first and last day, with month and year once where they agree.
func (v voice) span(first, last time.Time) string {
	layout := v.style().day
	if first.Year() == last.Year() {
		layout = strings.TrimSuffix(layout, " 2006")
		if first.Month() == last.Month() {
			layout = strings.TrimSuffix(layout, " January")
		}
	}
	return v.T("days", "From", v.formatDay(first, layout), "To", v.day(last))
}

// leaf is the day an event begins.
func (v voice) leaf(e federation.Event) leaf {
	start := v.local(e.Start, e.AllDay)
	return leaf{start.Format("2"), strings.TrimSuffix(monday.Format(start, "Jan", v.style().locale), ".")}
}

// lastMoment is the end as people count: RFC 5545 (3.6.1) ends are exclusive,
// so what ends at midnight ends on the day before.
func (v voice) lastMoment(e federation.Event) time.Time {
	end := v.local(e.End, e.AllDay)
	if e.AllDay || end.Hour() == 0 && end.Minute() == 0 && end.Second() == 0 {
		return end.Add(-time.Second)
	}
	return end
}

// local is t in its own zone when it has one, else in the communes'. A date
// without a time has no zone to change.
func (v voice) local(t time.Time, allDay bool) time.Time {
	if _, offset := t.Zone(); offset != 0 || allDay {
		return t
	}
	return t.In(v.zone)
}

func sameDay(a, b time.Time) bool { return a.Year() == b.Year() && a.YearDay() == b.YearDay() }

// shortDay writes a date without its year.
func (v voice) shortDay(t time.Time) string {
	switch at := v.local(t, false); v.Lang {
	case "de":
		return at.Format("2.1.")
	default:
		return at.Format("2/1")
	}
}
