package portal

import "time"

// unit is how many of which unit say a length of time well: minutes up to an
// hour and a half, hours up to a day and a half, else days; at least one
// minute, and whole hours and days as such.
func unit(d time.Duration) (name string, n int) {
	rounded := func(unit time.Duration) int { return int(d.Abs().Round(unit) / unit) }
	switch minutes, hours := rounded(time.Minute), rounded(time.Hour); {
	case minutes < 90 && minutes != 60:
		return "minutes", max(minutes, 1)
	case hours < 36 && hours != 24:
		return "hours", hours
	}
	return "days", rounded(24 * time.Hour)
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
		return v.T("since_weekday", "Day", v.dates().Weekday(at))
	}
	return v.T("since_day", "Day", v.day(at))
}
