package ics

import (
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// resources is the one word before what has no field of its own that other
// formats do not need; federation.Label has the others.
var resources = federation.Text{"fr": "Matériel", "nl": "Materiaal", "de": "Ausstattung", "en": "Equipment"}

// facts is a list of what has no field of its own, in the item's language.
func (r *reading) facts(it *federation.Item, c *component) string {
	spoken := "en"
	for _, lang := range []string{it.Language, r.doc.Source.Language, r.Language, r.doc.Source.Home} {
		primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
		if resources[primary] != "" {
			spoken = primary
			break
		}
	}
	var b strings.Builder
	row := func(key, html string) {
		label := federation.Label(key, spoken)
		if key == "resources" {
			label = resources[spoken]
		}
		if html != "" {
			b.WriteString("<dt>" + read.Escape(label) + "</dt><dd>" + html + "</dd>")
		}
	}
	for _, p := range c.all("ORGANIZER") {
		name, html := person(p)
		row("organizer", html)
		if name != "" {
			it.Authors = append(it.Authors, name)
		}
	}
	for _, p := range c.all("CONTACT") {
		row("contact", read.Lines(p.text()))
	}
	for _, p := range c.all("COMMENT") {
		row("note", read.Lines(p.text()))
	}
	for _, p := range c.all("RESOURCES") {
		row("resources", read.Escape(strings.Join(p.list(), ", ")))
	}
	for _, name := range []string{"CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"} {
		for _, p := range c.all(name) {
			row("online", r.named(p, p.param("LABEL")))
		}
	}
	if to := r.link(c.text("LOCATION")); to != "" {
		row("online", read.Anchor(to, to))
	}
	if to := c.text("URL"); to != "" && it.URL == "" {
		row("online", read.Lines(to))
	}
	row("price", read.Lines(c.text("X-COST")))
	if to := r.link(c.text("X-TICKETS-URL")); to != "" {
		row("booking", read.Anchor(to, to))
	}
	if b.Len() == 0 {
		return ""
	}
	return "<dl>" + b.String() + "</dl>"
}

// named is an address under a label.
func (r *reading) named(p property, label string) string {
	to := r.link(p.value)
	if to == "" {
		return read.Lines(strings.TrimSpace(label + " " + p.text()))
	}
	if label == "" {
		label = to
	}
	return read.Anchor(to, label)
}

// person is who organises: the name, and name and address as HTML. Addresses
// that programs make up are left out.
func person(p property) (name, html string) {
	name = read.Line(p.param("CN"))
	mail, isMail := cutPrefixFold(strings.TrimSpace(p.value), "mailto:")
	mail, _, _ = strings.Cut(mail, "?")
	if !isMail || !strings.Contains(mail, "@") || madeUp(mail) {
		mail = ""
	}
	if strings.Contains(name, "@") && madeUp(name) {
		name = ""
	}
	switch {
	case mail == "" && name == "" && !isMail:
		html = read.Lines(p.text())
	case mail == "":
		html = read.Escape(name)
	case name == "":
		html = read.Anchor("mailto:"+mail, mail)
	default:
		html = read.Anchor("mailto:"+mail, name)
	}
	return name, html
}

func madeUp(mail string) bool {
	mail = strings.ToLower(mail)
	for _, s := range []string{"noreply", "no-reply", "unknownorganizer", "@group.calendar.google.com", "@import.calendar.google.com", ".invalid"} {
		if strings.Contains(mail, s) {
			return true
		}
	}
	return false
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}
