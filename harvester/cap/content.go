package cap

import (
	"html"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

const (
	maxContent = 512 << 10 // what markup.Sanitise reads
	maxSummary = 400       // characters
)

// content writes what an item says in full: the texts of each info, and below
// them as a list what has no field of its own.
func (r *reader) content(it *federation.Item, m message, g group) {
	w := writer{words: wordsOf(g.language)}
	for _, f := range g.infos {
		if len(g.infos) > 1 {
			w.element("h2", or(f.headline, f.alert.Event, strings.Join(names(f.alert.Zones), ", "), w.words.alert))
		}
		w.info(f, it, m.sent, len(g.infos) > 1)
	}
	if m.note != it.Title {
		w.term(w.words.note, m.note)
	}
	w.term(w.words.source, markup.Text(m.node.Child("source").Text()))
	w.closeList()
	if w.out.Len() > maxContent {
		r.warn(m.ref.id(), "is longer than 512 KiB; its end is missing")
	}
	it.Content = markup.Sanitise(w.out.String(), nil)
	for _, f := range g.infos {
		it.Summary = or(it.Summary, summary(f.description))
	}
	for _, f := range g.infos {
		it.Summary = or(it.Summary, summary(f.instruction))
	}
}

func summary(t text) string { return markup.Sanitise(t.html(), nil).Summary(maxSummary) }

// writer writes HTML for markup.Sanitise.
type writer struct {
	out    strings.Builder
	words  vocabulary
	inList bool
}

// info writes one block; several tells that the item's own fields do not say
// everything about it.
func (w *writer) info(f info, it *federation.Item, sent time.Time, several bool) {
	w.raw(f.description.html())
	if f.instruction.raw != "" {
		level := "h2"
		if several {
			level = "h3"
		}
		w.element(level, w.words.instruction)
		w.raw(f.instruction.html())
	}
	if several {
		w.part(f, it)
	}
	w.terms(w.words.altitude, f.heights)
	if !f.effective.Equal(sent) && !f.effective.Equal(f.alert.Onset) {
		w.when(w.words.effective, f.effective)
	}
	w.term(w.words.audience, f.audience)
	w.term(w.words.contact, f.contact)
	if f.web != it.URL {
		w.link(w.words.more, f.web)
	}
	for _, p := range f.parameters {
		if readable(p.Value) {
			w.term(label(p.System), p.Value)
		}
	}
	for _, res := range f.resources {
		if res.at == "" {
			w.term(w.words.file, res.title)
		}
	}
	w.closeList()
}

// part writes what tells one of several blocks from the others. Of a single
// one the item's own fields say it: it would stand there twice.
func (w *writer) part(f info, it *federation.Item) {
	if f.alert.Event != it.Title {
		w.term(w.words.event, f.alert.Event)
	}
	w.terms(w.words.areas, names(f.alert.Zones))
	w.term(w.words.severity, w.words.severities[f.alert.Severity])
	if f.alert.Ended && !it.Alert.Ended {
		w.term(w.words.state, w.words.ended)
	}
	if f.sender != it.Alert.Sender {
		w.term(w.words.sender, f.sender)
	}
	w.when(w.words.onset, f.alert.Onset)
	w.when(w.words.expires, f.expires)
}

func (w *writer) raw(s string) {
	if s != "" {
		w.closeList()
		w.out.WriteString(s)
	}
}

func (w *writer) element(name, s string) {
	w.closeList()
	w.out.WriteString("<" + name + ">" + html.EscapeString(s) + "</" + name + ">")
}

// term writes a line of the list, none for an empty value.
func (w *writer) term(name, value string) {
	if value != "" {
		w.description(name, html.EscapeString(value))
	}
}

func (w *writer) terms(name string, values []string) {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString("<br>")
		}
		b.WriteString(html.EscapeString(v))
	}
	if len(values) > 0 {
		w.description(name, b.String())
	}
}

func (w *writer) when(name string, t time.Time) {
	if !t.IsZero() {
		w.description(name, `<time datetime="`+t.Format(time.RFC3339)+`">`+html.EscapeString(w.words.date(t))+"</time>")
	}
}

func (w *writer) link(name, address string) {
	if address != "" {
		w.description(name, read.Anchor(address, address))
	}
}

func (w *writer) description(name, value string) {
	if !w.inList {
		w.out.WriteString("<dl>")
		w.inList = true
	}
	if name != "" {
		w.out.WriteString("<dt>" + html.EscapeString(name) + "</dt>")
	}
	w.out.WriteString("<dd>" + value + "</dd>")
}

func (w *writer) closeList() {
	if w.inList {
		w.out.WriteString("</dl>")
		w.inList = false
	}
}

// Bounds of a parameter that people can read.
const (
	leastWords   = 3    // with letters in them
	maxParameter = 2000 // bytes
)

// measure is a number with its unit: "3,20 m", "60 MPH".
var measure = regexp.MustCompile(`^[<>≥≤~+-]? ?\d{1,9}(?:[.,]\d{1,4})? [\pL°%][\pL°%/²³0-9]{0,9}$`)

// readable tells what a parameter says to people, a sentence, a measure or an
// address, from what it says to machines: a code, a level ("1; green; Minor"),
// a path.
func readable(s string) bool {
	if len(s) > maxParameter || strings.ContainsAny(s, ";|=") || strings.HasPrefix(s, "/") {
		return false
	}
	words := 0
	for f := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(f, unicode.IsLetter) {
			words++
		}
	}
	return words >= leastWords || measure.MatchString(s) || webAddress(s) != ""
}

// label makes the name of a parameter readable: "layer:EC-MSC-SMC:1.0:Alert_Type"
// is "Alert Type", "FuelType" is "Fuel Type".
func label(s string) string {
	if !strings.Contains(s, "://") {
		s = s[strings.LastIndexByte(s, ':')+1:]
	}
	var b strings.Builder
	var last rune
	for _, c := range strings.ReplaceAll(s, "_", " ") {
		if unicode.IsUpper(c) && unicode.IsLower(last) {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
		last = c
	}
	return words(b.String())
}
