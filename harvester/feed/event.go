package feed

import (
	"cmp"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/recur"

	"github.com/plonegov/carillon/harvester/dates"
	"github.com/plonegov/carillon/harvester/read"
)

// event reads the RSS event module, xCal and Google's gd:when.
func (x extended) event(e *entry) {
	e.start, e.end = x.value("ev", "startdate"), x.value("ev", "enddate")
	for _, w := range x["gd"]["when"] {
		e.start, e.end = cmp.Or(e.start, w.Attrs["starttime"]), cmp.Or(e.end, w.Attrs["endtime"])
	}
	e.featureName = cmp.Or(e.featureName, x.value("ev", "location"))
	for _, w := range x["gd"]["where"] {
		e.featureName = cmp.Or(e.featureName, w.Attrs["valuestring"])
	}
	e.status = federation.EventStatus(x.value("ev", "status"))
	if rule, err := recur.Rule(x.value("ev", "rrule")); err == nil {
		e.rule = rule
	}
	e.fact("organizer", strings.TrimPrefix(x.value("ev", "organizer"), "mailto:"))
}

// dublin reads what Dublin Core says of time and place.
func (x extended) dublin(e *entry) {
	for _, name := range []string{"spatial", "coverage"} {
		for _, s := range x.values("dcterms", name) {
			d := dcsv(s)
			at := onePoint(d["north"] + " " + d["east"])
			e.at = firstPoint(e.at, at)
			if len(d) > 0 {
				s = d["name"]
			}
			if e.featureName == "" {
				e.featureName = s
			} else if s != e.featureName {
				e.fact("area", s)
			}
		}
	}
	e.temporal = x.value("dcterms", "temporal")
	e.expires = interval(x.value("dcterms", "valid")).end
}

// A span is a beginning and an end as written; "" = open.
type span struct{ start, end string }

// interval reads a DCMI Period or an ISO 8601 interval. The zero value is what
// is neither.
func interval(s string) span {
	if d := dcsv(s); len(d) > 0 {
		return span{d["start"], d["end"]}
	}
	if start, end, ok := strings.Cut(s, "/"); ok && !strings.Contains(end, "/") && len(start) >= 8 {
		return span{start, end}
	}
	return span{}
}

// dcsv reads the structured values of Dublin Core: "name=x; start=y". None
// that is known gives an empty map.
func dcsv(s string) map[string]string {
	out := map[string]string{}
	for part := range strings.SplitSeq(s, ";") {
		name, value, _ := strings.Cut(part, "=")
		switch name = strings.ToLower(strings.TrimSpace(name)); name {
		case "name", "start", "end", "north", "east":
			out[name] = strings.TrimSpace(value)
		}
	}
	return out
}

// when fills the dates. An Atom entry needs no publication date (RFC 4287,
// 4.2.9); its last change stands for it then.
func (r *reading) when(it *federation.Item, e *entry, lang string) {
	it.Published = r.date(e.published, lang)
	it.Updated = r.date(e.updated, lang)
	if it.Published.IsZero() {
		it.Published = it.Updated
	}
	it.Expires = r.date(e.expires, lang)
	if e.temporal != "" {
		r.temporal(e)
	}
	if start := r.date(e.start, lang); !start.IsZero() {
		it.Type = federation.EventItem
		it.Event = &federation.Event{Start: start, End: r.date(e.end, lang), AllDay: !hasClock(e.start), Status: e.status, Recurrence: e.rule}
		if it.Event.AllDay && !it.Event.End.IsZero() && !hasClock(e.end) {
			it.Event.End = it.Event.End.AddDate(0, 0, 1) // End is exclusive
		}
		if !it.Event.End.After(start) {
			it.Event.End = time.Time{}
		}
	} else if e.status != "" {
		it.Event = &federation.Event{Status: e.status}
		if e.start != "" {
			it.Type = federation.EventItem
		}
	}
}

// temporal takes the time that an entry is about for that of an event where the
// source has events, and else shows it.
func (r *reading) temporal(e *entry) {
	s := interval(e.temporal)
	switch {
	case s.start != "" && e.start == "" && r.source.Type == federation.EventItem:
		e.start, e.end = s.start, s.end
	case s.start+s.end != "":
		e.fact("period", s.start+" – "+s.end)
	default:
		e.fact("period", e.temporal)
	}
}

// hasClock reports whether a date has a time of day: "14:05", "T1405", "14h05",
// Unix time.
func hasClock(s string) bool {
	s = strings.TrimSpace(s)
	if strings.Contains(s, ":") || len(s) >= 10 && strings.Trim(s, "0123456789") == "" {
		return true
	}
	for _, mark := range "Tth" {
		if i := strings.IndexRune(s, mark); i > 0 && s[i-1] >= '0' && s[i-1] <= '9' && (mark == 'h' || i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9') {
			return true
		}
	}
	return false
}

func (r *reading) date(s, lang string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, ok := dates.Parse(s, lang, dates.In(r.source.Zone))
	if !ok {
		r.undated(s)
	}
	return t
}

// undated warns once about dates that could not be read, with the first one.
func (r *reading) undated(s string) {
	const start = "A date could not be read: "
	for _, w := range r.Warnings {
		if strings.HasPrefix(w.Message, start) {
			return
		}
	}
	r.Warn("", start+read.Clip(markup.Text(s), 60))
}
