package restapi

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

var weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// opening writes the opening hours of collective.schedulefield: the usual
// week, weeks of their own for some time, and days of closure.
func (r *reading) opening(o Object) string {
	var b strings.Builder
	if week := r.week(o.Object("schedule")); week != "" {
		b.WriteString("<h2>" + html.EscapeString(Label("schedule", r.lang)) + "</h2>" + week)
	}
	for _, s := range o.Objects("multi_schedule") {
		week, when := r.week(s.Object("schedule")), r.periods(s)
		if week == "" && when == "" && s.Text("title") == "" {
			continue
		}
		b.WriteString("<h3>" + html.EscapeString(cmp.Or(s.Text("title"), Label("schedule", r.lang))) + "</h3>")
		if when != "" {
			b.WriteString("<p>" + when + "</p>")
		}
		b.WriteString(week)
	}
	var closed strings.Builder
	for _, c := range o.Objects("exceptional_closure") {
		if date, title := c.Raw("date"), c.Text("title"); date != "" || title != "" {
			closed.WriteString("<dt>" + Date(date, r.home) + "</dt><dd>" + html.EscapeString(cmp.Or(title, Label("closed", r.lang))) + "</dd>")
		}
	}
	if closed.Len() > 0 {
		b.WriteString("<h3>" + html.EscapeString(Label("exceptional_closure", r.lang)) + "</h3><dl>" + closed.String() + "</dl>")
	}
	return b.String()
}

// openingHours are the usual week and the days of closure; "" where there are
// weeks of their own besides, or a day says more than its times.
func openingHours(o Object) federation.Hours {
	if len(o.Objects("multi_schedule")) > 0 {
		return ""
	}
	week := o.Object("schedule")
	var openings []federation.Opening
	for i, day := range weekdays {
		d := week.Object(day)
		if d.Text("comment") != "" {
			return ""
		}
		times := []string{d.Text("morningstart"), d.Text("morningend"), d.Text("afternoonstart"), d.Text("afternoonend")}
		times = slices.DeleteFunc(times, func(s string) bool { return s == "" })
		if len(times)%2 != 0 {
			return ""
		}
		for pair := range slices.Chunk(times, 2) {
			from, ok := federation.ParseClock(pair[0])
			to, fine := federation.ParseClock(pair[1])
			if !ok || !fine {
				return ""
			}
			openings = append(openings, federation.Opening{Day: time.Weekday((i + 1) % 7), From: from, To: to})
		}
	}
	var closed []time.Time
	for _, c := range o.Objects("exceptional_closure") {
		day, err := time.Parse(time.DateOnly, c.Raw("date"))
		if err != nil {
			return ""
		}
		closed = append(closed, day)
	}
	return federation.NewHours(openings, closed)
}

func (r *reading) periods(o Object) string {
	var out []string
	for _, d := range o.Objects("dates") {
		var bounds []string
		for _, key := range []string{"start_date", "end_date"} {
			if s := d.Raw(key); s != "" {
				bounds = append(bounds, Date(s, r.home))
			}
		}
		out = append(out, strings.Join(bounds, " – "))
	}
	return strings.Join(out, ", ")
}

// week writes a week as a table; "" when no day says anything.
func (r *reading) week(o Object) string {
	var b strings.Builder
	any := false
	for _, day := range weekdays {
		d := o.Object(day)
		hours, comment := hours(d), d.Text("comment")
		any = any || hours != "" || comment != ""
		if hours == "" && comment == "" {
			hours = Label("closed", r.lang)
		}
		b.WriteString("<tr><th>" + html.EscapeString(Label(day, r.lang)) + "</th><td>" + html.EscapeString(hours) + "</td><td>" + html.EscapeString(comment) + "</td></tr>")
	}
	if !any {
		return ""
	}
	return "<table><thead><tr><th>" + html.EscapeString(Label("day", r.lang)) + "</th><th>" + html.EscapeString(Label("hours", r.lang)) + "</th><th>" +
		html.EscapeString(Label("comment", r.lang)) + "</th></tr></thead><tbody>" + b.String() + "</tbody></table>"
}

// hours is a day in words: a morning without an end and an afternoon without a
// beginning are one stretch.
func hours(o Object) string {
	am, noon, pm, night := o.Text("morningstart"), o.Text("morningend"), o.Text("afternoonstart"), o.Text("afternoonend")
	if noon == "" && pm == "" {
		return stretch(am, night)
	}
	morning, afternoon := stretch(am, noon), stretch(pm, night)
	if morning != "" && afternoon != "" {
		return morning + ", " + afternoon
	}
	return morning + afternoon
}

func stretch(from, to string) string {
	if from == "" || to == "" {
		return from + to
	}
	return from + "–" + to
}
