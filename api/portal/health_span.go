package portal

import (
	"time"

	"github.com/goodsign/monday"
)

// unit is how many of which unit say a length of time well: minutes below an
// hour and a half, hours below a day and a half, else days; at least one.
func unit(d time.Duration) (name string, n int) {
	switch d = d.Abs(); {
	case d < 90*time.Minute:
		return "minutes", max(int(d.Round(time.Minute)/time.Minute), 1)
	case d < 36*time.Hour:
		return "hours", int(d.Round(time.Hour) / time.Hour)
	}
	return "days", int(d.Round(24*time.Hour) / (24 * time.Hour))
}

// length is a length of time: "40 minutes".
func (v voice) length(d time.Duration) string {
	name, n := unit(d)
	return v.N("span_"+name, n)
}

// every is a rhythm: "every 40 minutes".
func (v voice) every(d time.Duration) string {
	name, n := unit(d)
	return v.N("every_"+name, n)
}

// ago is a length of time that has passed: "40 minutes ago".
func (v voice) ago(d time.Duration) string {
	name, n := unit(d)
	return v.N("ago_"+name, n)
}

// in is a length of time to come: "in 40 minutes".
func (v voice) in(d time.Duration) string {
	name, n := unit(d)
	return v.N("in_"+name, n)
}

// lasting is how long something has gone on: "for 40 minutes".
func (v voice) lasting(d time.Duration) string {
	name, n := unit(d)
	return v.N("for_"+name, n)
}

// since is from when on: a time of today, a day of this week, or a date.
func (v voice) since(t, now time.Time) string {
	at, today := v.local(t, false), v.local(now, false)
	switch {
	case sameDay(at, today):
		return v.T("since_time", "Time", v.clock(at))
	case today.Sub(at) < 6*24*time.Hour:
		return v.T("since_weekday", "Day", monday.Format(at, "Monday", v.style().locale))
	}
	return v.T("since_day", "Day", v.day(at))
}
