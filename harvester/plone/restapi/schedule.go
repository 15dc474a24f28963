package restapi

import "strings"

var weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// opening writes the opening hours of collective.schedulefield: the usual
// week, weeks of their own for some time, and days of closure.
func (r *reading) opening(o Object) string {
	var b strings.Builder
	if week := r.week(o.Object("schedule")); week != "" {
		b.WriteString("<h2>" + quote(Label("schedule", r.lang)) + "</h2>" + week)
	}
	for _, s := range o.Objects("multi_schedule") {
		week, when := r.week(s.Object("schedule")), r.periods(s)
		if week == "" && when == "" && s.Text("title") == "" {
			continue
		}
		b.WriteString("<h3>" + quote(first(s.Text("title"), Label("schedule", r.lang))) + "</h3>")
		if when != "" {
			b.WriteString("<p>" + when + "</p>")
		}
		b.WriteString(week)
	}
	var closed strings.Builder
	for _, c := range o.Objects("exceptional_closure") {
		if date, title := c.Raw("date"), c.Text("title"); date != "" || title != "" {
			closed.WriteString("<dt>" + Date(date, r.home) + "</dt><dd>" + quote(first(title, Label("closed", r.lang))) + "</dd>")
		}
	}
	if closed.Len() > 0 {
		b.WriteString("<h3>" + quote(Label("exceptional_closure", r.lang)) + "</h3><dl>" + closed.String() + "</dl>")
	}
	return b.String()
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
		b.WriteString("<tr><th>" + quote(Label(day, r.lang)) + "</th><td>" + quote(hours) + "</td><td>" + quote(comment) + "</td></tr>")
	}
	if !any {
		return ""
	}
	return "<table><thead><tr><th>" + quote(Label("day", r.lang)) + "</th><th>" + quote(Label("hours", r.lang)) + "</th><th>" +
		quote(Label("comment", r.lang)) + "</th></tr></thead><tbody>" + b.String() + "</tbody></table>"
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
