package jsonld

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/dates"
)

// schedule reads eventSchedule into RFC 5545, 3.3.10. An event has one time of
// day: schedules at the same time are joined, others are told in words.
func (w *writing) schedule(n node, e *federation.Event) {
	w.told["eventSchedule"] = true
	var rules, told []string
	for _, s := range w.nodes(n["eventSchedule"]) {
		start, end, ok := w.scheduled(s, e.Start)
		rule := w.rule(s, start)
		switch {
		case !ok || rule == "" && e.Start.Equal(start):
		case e.Start.IsZero() || len(rules) == 0 && rule != "":
			e.Start, e.AllDay = start, w.raw(s["startTime"], "") == "" && isMidnight(start)
			e.End = end
			rules = append(rules, rule)
		case rule != "" && start.Format("15:04") == e.Start.Format("15:04"):
			rules = append(rules, rule)
			if start.Before(e.Start) {
				e.Start, e.End = start, end
			}
		default:
			told = append(told, w.object(s, 0))
		}
		for _, x := range list(s["exceptDate"]) {
			if t, ok := w.parse(w.reading.text(x, w.lang)); ok {
				e.Except = append(e.Except, at(t, e.Start))
			}
		}
		if zone := dates.Named(w.raw(s["scheduleTimezone"], "")); zone != nil {
			e.Zone = zone.String()
		}
	}
	e.Recurrence = strings.Join(slices.Compact(slices.DeleteFunc(rules, func(s string) bool { return s == "" })), "\n")
	if e.Recurrence == "" {
		e.Zone = ""
	} else if e.Zone == "" && e.Start.Location().String() != "UTC" && strings.Contains(e.Start.Location().String(), "/") {
		e.Zone = e.Start.Location().String()
	}
	for i := range told {
		if told[i] == "" {
			told[i] = html.EscapeString(label("dates", w.lang))
		}
	}
	w.tell("dates", told...)
}

// at is the day of t at the time of day of clock, unless t has a time.
func at(t, clock time.Time) time.Time {
	if local := t.In(clock.Location()); !isMidnight(t) && isMidnight(local) {
		t = local // a day that was sent through UTC
	}
	if !isMidnight(t) || clock.IsZero() {
		return t
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, clock.Hour(), clock.Minute(), clock.Second(), 0, clock.Location())
}

// scheduled is the first occurrence of a Schedule: its own start, else the
// event's, on the first day that its byDay names.
func (w *writing) scheduled(s node, start time.Time) (first, end time.Time, ok bool) {
	zone := dates.Location(w.raw(s["scheduleTimezone"], ""))
	day, opens := w.reading.text(s["startDate"], w.lang), w.reading.text(s["startTime"], w.lang)
	read := func(day, clock string) (time.Time, bool) {
		if clock != "" {
			day, _, _ = strings.Cut(day, "T")
			day += "T" + strings.TrimPrefix(clock, "T")
		}
		t, ok := w.parse(day)
		if ok && zone != nil && !dates.Zoned(day, w.lang) {
			t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, zone)
		}
		return t, ok
	}
	switch {
	case day != "":
		first, ok = read(day, opens)
	case !start.IsZero() && opens != "":
		first, ok = read(start.Format("2006-01-02"), opens)
	default:
		first, ok = start, !start.IsZero()
	}
	if !ok {
		return first, end, false
	}
	if days := weekdays(s); len(days) > 0 && plainDays(days) {
		for i := 0; i < 7 && !slices.Contains(days, code(first.Weekday())); i++ {
			first = first.AddDate(0, 0, 1)
		}
	}
	if span, ok := duration(w.raw(s["duration"], "")); ok {
		end = first.Add(span)
	} else if closes := w.reading.text(s["endTime"], w.lang); closes != "" {
		if end, ok = read(first.Format("2006-01-02"), closes); ok && !end.After(first) {
			end = end.AddDate(0, 0, 1)
		}
	}
	return first, end, true
}

// frequencies are the words of repeatFrequency that are no duration.
var frequencies = map[string]string{"daily": "P1D", "weekly": "P1W", "biweekly": "P2W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y"}

// rule is the RRULE of a Schedule, "" when it does not repeat.
func (w *writing) rule(s node, start time.Time) string {
	f := strings.TrimSpace(w.raw(s["repeatFrequency"], ""))
	f = f[strings.LastIndexByte(f, '/')+1:]
	if d, ok := frequencies[strings.ToLower(f)]; ok {
		f = d
	}
	days := weekdays(s)
	if f == "" && len(days) > 0 {
		f = "P1W"
	}
	if len(f) < 3 || len(f) > 6 || f[0] != 'P' {
		return ""
	}
	name := map[byte]string{'D': "DAILY", 'W': "WEEKLY", 'M': "MONTHLY", 'Y': "YEARLY"}[f[len(f)-1]]
	every, err := strconv.Atoi(f[1 : len(f)-1])
	if name == "" || err != nil || every < 1 {
		return ""
	}
	parts := []string{"FREQ=" + name}
	if every > 1 {
		parts = append(parts, "INTERVAL="+strconv.Itoa(every))
	}
	if week := w.numbers(s["byMonthWeek"], -5, 5); len(week) > 0 && len(days) > 0 && plainDays(days) {
		var out []string
		for _, n := range week {
			for _, d := range days {
				out = append(out, n+d)
			}
		}
		days = out
	}
	for _, p := range []struct {
		name   string
		values []string
	}{{"BYDAY", days}, {"BYMONTHDAY", w.numbers(s["byMonthDay"], -31, 31)}, {"BYMONTH", w.numbers(s["byMonth"], 1, 12)}} {
		if len(p.values) > 0 {
			parts = append(parts, p.name+"="+strings.Join(p.values, ","))
		}
	}
	if n := w.numbers(s["repeatCount"], 1, 10_000); len(n) == 1 {
		parts = append(parts, "COUNT="+n[0])
	} else if t, ok := w.parse(w.reading.text(s["endDate"], w.lang)); ok {
		parts = append(parts, "UNTIL="+until(t, start))
	}
	return strings.Join(parts, ";")
}

// until is the last moment of a rule; a day without a time is meant whole.
func until(t, start time.Time) string {
	if local := t.In(start.Location()); !isMidnight(t) && isMidnight(local) && isMidnight(start) {
		t = local
	}
	if isMidnight(t) {
		y, m, d := t.Date()
		t = time.Date(y, m, d, 23, 59, 59, 0, start.Location())
	}
	return t.UTC().Format("20060102T150405Z")
}

func (w *writing) numbers(v any, low, high int) []string {
	var out []string
	for _, e := range list(v) {
		if n, err := strconv.Atoi(strings.TrimSpace(w.raw(e, ""))); err == nil && n != 0 && n >= low && n <= high && len(out) < 31 {
			out = append(out, strconv.Itoa(n))
		}
	}
	return out
}

// weekdays reads byDay: names or addresses of DayOfWeek, and codes of RFC 5545
// ("MO", "2MO").
func weekdays(s node) []string {
	var out []string
	for _, v := range list(s["byDay"]) {
		name, _ := v.(string)
		if m, ok := v.(map[string]any); ok {
			name = node(m).id()
		}
		for part := range strings.SplitSeq(name, ",") {
			part = strings.TrimSpace(part[strings.LastIndexAny(part, "/#:")+1:])
			if c := dayCode(part); c != "" && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

func dayCode(name string) string {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(name, d.String()) {
			return code(d)
		}
		if n := len(name); n >= 2 && n <= 4 && strings.HasSuffix(strings.ToUpper(name), code(d)) {
			var week int
			if n == 2 {
				return code(d)
			}
			if _, err := fmt.Sscanf(name[:n-2], "%d", &week); err == nil && week >= -5 && week <= 5 && week != 0 {
				return strconv.Itoa(week) + code(d)
			}
		}
	}
	return ""
}

func code(d time.Weekday) string { return strings.ToUpper(d.String()[:2]) }

func plainDays(days []string) bool {
	return isAll(days, func(d string) bool { return len(d) == 2 })
}
