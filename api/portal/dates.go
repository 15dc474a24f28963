package portal

import (
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// moment is a time for people and for programs. The zero value shows nothing.
type moment struct{ Text, Datetime string }

// leaf is an event's first day as a calendar shows it.
type leaf struct {
	Weekday, Day, Month string
	Off                 bool // it does not take place
}

// dates writes dates as the widgets do.
func (v voice) dates() widgets.Dates { return widgets.Dates{Lang: v.Lang, Zone: v.zone} }

// day writes a date.
func (v voice) day(t time.Time) string { return v.dates().Day(t) }

// clock writes a time of day.
func (v voice) clock(t time.Time) string { return v.dates().Clock(t) }

// local is t in its own zone when it has one, else in the communes'.
func (v voice) local(t time.Time, allDay bool) time.Time { return v.dates().Local(t, allDay) }

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
	return moment{v.dates().Moment(v.local(t, false)), t.UTC().Format(time.RFC3339)}
}

// when writes the dates of an event.
func (v voice) when(e federation.Event) moment {
	m := moment{v.dates().When(e), e.Start.Format(time.RFC3339)}
	if e.AllDay {
		m.Datetime = e.Start.Format(time.DateOnly)
	}
	return m
}

// leaf is the day an event begins.
func (v voice) leaf(e federation.Event) leaf {
	start := v.local(e.Start, e.AllDay)
	return leaf{Weekday: v.dates().ShortWeekday(start), Day: start.Format("2"), Month: v.dates().Month(start)}
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
