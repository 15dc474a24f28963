package health

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

// Length is a length of time: "40 minutes".
func (w Words) Length(d time.Duration) string {
	name, n := unit(d)
	return w.N("span_"+name, n)
}

// Every is a rhythm: "every 40 minutes".
func (w Words) Every(d time.Duration) string {
	name, n := unit(d)
	return w.N("every_"+name, n)
}

// ago is a length of time that has passed: "40 minutes ago".
func (w Words) ago(d time.Duration) string {
	name, n := unit(d)
	return w.N("ago_"+name, n)
}

// in is a length of time to come: "in 40 minutes".
func (w Words) in(d time.Duration) string {
	name, n := unit(d)
	return w.N("in_"+name, n)
}

// lasting is how long something has gone on: "for 40 minutes".
func (w Words) lasting(d time.Duration) string {
	name, n := unit(d)
	return w.N("for_"+name, n)
}

// since is from when on: a time of today, a day of this week, or a date.
func (w Words) since(t, now time.Time) string {
	at, today := w.dates.Local(t, false), w.dates.Local(now, false)
	switch {
	case sameDay(at, today):
		return w.T("since_time", "Time", w.dates.Clock(at))
	case today.Sub(at) < 6*24*time.Hour:
		return w.T("since_weekday", "Day", w.dates.Weekday(at))
	}
	return w.T("since_day", "Day", w.dates.Day(at))
}

func sameDay(a, b time.Time) bool { return a.Year() == b.Year() && a.YearDay() == b.YearDay() }
