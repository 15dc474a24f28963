package oparl

import (
	"html"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// content is the text of an item being written. Its parts are bounded
// together by what markup.Sanitise reads.
type content struct {
	rows, blocks, texts strings.Builder
	base                *url.URL
	reserve             int // bytes that texts leave to what is written after them
	cut                 bool
}

// maxContent is in bytes, below the 512 KiB that markup.Sanitise reads.
const maxContent = 500 << 10

// html joins the list of facts, the blocks after it and the texts of files.
func (c *content) html() markup.HTML {
	raw := c.blocks.String() + c.texts.String()
	if c.rows.Len() > 0 {
		raw = "<dl>" + c.rows.String() + "</dl>" + raw
	}
	return markup.Sanitise(raw, c.base)
}

// room reports whether n more bytes may be written.
func (c *content) room(n int) bool {
	if c.rows.Len()+c.blocks.Len()+c.texts.Len()+n > maxContent {
		c.cut = true
		return false
	}
	return true
}

// row adds facts under a label; none leaves the label out.
func (c *content) row(label string, facts ...string) {
	var b strings.Builder
	for _, f := range facts {
		if f != "" {
			b.WriteString("<dd>" + html.EscapeString(f) + "</dd>")
		}
	}
	if b.Len() > 0 && c.room(b.Len()+len(label)+20) {
		c.rows.WriteString("<dt>" + html.EscapeString(label) + "</dt>" + b.String())
	}
}

// rowHTML adds a fact that is HTML of this package.
func (c *content) rowHTML(label, fact string) {
	if fact != "" && c.room(len(fact)+len(label)+30) {
		c.rows.WriteString("<dt>" + html.EscapeString(label) + "</dt><dd>" + fact + "</dd>")
	}
}

// block adds HTML of this package after the facts.
func (c *content) block(s string) {
	if c.room(len(s)) {
		c.blocks.WriteString(s)
	}
}

// section adds a longer text under a heading, after the blocks, as much of it
// as there is room for.
func (c *content) section(title, text string) {
	room := max(maxContent-c.reserve-c.rows.Len()-c.blocks.Len()-c.texts.Len()-len(title)-100, 0)
	if len(text) > room {
		text, c.cut = strings.ToValidUTF8(text[:room], ""), true
	}
	if text != "" {
		if s := "<h2>" + html.EscapeString(title) + "</h2>" + read.Prose(text); c.room(len(s)) {
			c.texts.WriteString(s)
		}
	}
}

// link is a text that leads to an address where there is one.
func link(text, address string) string {
	if !isWeb(address) {
		return read.Escape(text)
	}
	return read.Anchor(address, text)
}

// day writes a date that a reader of any language understands.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// clock writes a span of time as the publisher's clock showed it.
func clock(from, to time.Time) string {
	var parts []string
	for _, t := range []time.Time{from, to} {
		if !t.IsZero() {
			parts = append(parts, t.Format("15:04"))
		}
	}
	return strings.Join(parts, " – ")
}

// extra shows the attributes that OParl does not have, where they hold text: a
// vendor's own carry its name as a prefix (OParl 1.1, 3, "Erweiterungen").
// Numbers, dates, addresses and objects of vendors are for machines.
func (c *content) extra(o object, names string) {
	var keys []string
	for key := range o {
		if !slices.Contains(strings.Fields(common+names), key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys[:min(len(keys), maxExtra)] {
		var facts []string
		for _, v := range list(o[key]) {
			if s, _ := v.(string); forReaders(s) {
				facts = append(facts, markup.Text(s))
			}
		}
		c.row(markup.Text(key[strings.LastIndexByte(key, ':')+1:]), facts...)
	}
}

// maxExtra bounds the attributes that are not OParl's.
const maxExtra = 50

// common are the attributes that every kind of object has (OParl 1.1, 3.1) and
// those that lead back to the objects it belongs to.
const common = "id type created modified deleted keyword license licenseValidSince web name shortName body system bodies meetings papers organizations persons meeting agendaItem paper "

// forReaders reports whether a text holds words.
func forReaders(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" || strings.Contains(s, "://") || strings.HasPrefix(s, "urn:") {
		return false
	}
	return strings.IndexFunc(s, unicode.IsLetter) >= 0 && (len(s) < 10 || s[4] != '-' || s[7] != '-')
}
