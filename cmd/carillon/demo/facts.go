package demo

import (
	"fmt"
	"strings"
	"time"
)

// factNames are the keys of an entry that only some dialects publish.
var factNames = []string{
	"repeat", "except", "status", // calendar: RRULE, dates left out, STATUS
	"kind", "number", "state", "votes", "paper", // councils: what it is, its number, its state, who voted how, the kind of paper
	"hours", "mail", // table
	"id", "updates", "event", "category", "graveness", "response", "until", "zone", // alerts
}

// factKeys adds the facts to what readKeys reads, and returns their values.
func factKeys(keys map[string]*string) map[string]*string {
	values := map[string]*string{}
	for _, name := range factNames {
		values[name] = new(string)
		keys[name] = values[name]
	}
	return values
}

// facts takes over what was read.
func (e *entry) facts(values map[string]*string, clock clock) (err error) {
	e.Facts = map[string]string{}
	for name, value := range values {
		if *value != "" {
			e.Facts[name] = *value
		}
	}
	e.Facts["number"] = clock.fill(e.Facts["number"], "fr", e.Start, e.End)
	if until := e.Facts["until"]; until != "" {
		if e.Until, _, err = clock.at(until); err != nil {
			return err
		}
	}
	for part := range strings.SplitSeq(e.Facts["except"], ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		day, _, err := clock.at(part)
		if err != nil {
			return err
		}
		if day.Weekday() != e.Start.Weekday() {
			return fmt.Errorf("%q is not a day of the series", part)
		}
		e.Except = append(e.Except, day.Add(e.Start.Sub(midnight(e.Start))))
	}
	return nil
}

// plain is a text without markup, with an empty line between its parts.
func plain(body []block) string {
	var parts []string
	for _, b := range body {
		switch {
		case b.List != nil:
			parts = append(parts, "- "+strings.Join(b.List, "\n- "))
		default:
			parts = append(parts, b.Heading+b.Text)
		}
	}
	return strings.Join(parts, "\n\n")
}

// iso is a time as most formats write it, "" for none.
func iso(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
