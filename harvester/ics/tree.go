package ics

import (
	"strings"
)

// component is what stands between BEGIN and END.
type component struct {
	name  string // upper case; "" for the document
	props []property
	kids  []*component
}

// get is the first property with one of the names, in the order of the names.
func (c *component) get(names ...string) (property, bool) {
	for _, name := range names {
		for _, p := range c.props {
			if p.name == name {
				return p, true
			}
		}
	}
	return property{}, false
}

// text is that of the first property with one of the names that has any.
func (c *component) text(names ...string) string {
	for _, name := range names {
		for _, p := range c.props {
			if p.name == name {
				if s := strings.TrimSpace(p.text()); s != "" {
					return s
				}
			}
		}
	}
	return ""
}

func (c *component) all(name string) []property {
	var out []property
	for _, p := range c.props {
		if p.name == name {
			out = append(out, p)
		}
	}
	return out
}

// Bounds of the tree. RFC 5545 nests three deep; 20,000 events have some
// 300,000 properties.
const (
	maxDepth      = 8
	maxProps      = 500_000
	maxComponents = 100_000
)

// parser builds the tree. A component that is not closed ends where its parent
// does, or where another that cannot stand in it begins.
type parser struct {
	open              []*component
	props, components int
	more              []string // lines that go on with the last property
	bad               int      // lines that are none
}

// parse reads unfolded lines into the document's components and counts the
// lines that are none.
func parse(text string) (root *component, bad int) {
	root = new(component)
	ps := &parser{open: []*component{root}}
	soft := "" // a line of vCalendar 1.0 that goes on after its "=" (RFC 2045, 6.7)
	for line := range strings.Lines(text) {
		line = soft + strings.Trim(line, " \t\n\ufeff")
		if soft = ""; isSoft(line) {
			soft = line[:len(line)-1]
		} else if line != "" {
			ps.line(line)
		}
	}
	if soft != "" {
		ps.line(soft)
	}
	ps.flush()
	return root, ps.bad
}

// isSoft looks at the beginning only, so that the work stays linear.
func isSoft(line string) bool {
	return strings.HasSuffix(line, "=") && len(line) < maxSoft && strings.Contains(strings.ToUpper(line[:min(len(line), 200)]), "QUOTED-PRINTABLE")
}

// maxSoft bounds a text in that encoding, in bytes.
const maxSoft = 64 << 10

func (ps *parser) line(line string) {
	p, ok := readLine(line)
	in := ps.open[len(ps.open)-1]
	if continues(in, line, p, ok) {
		ps.more = append(ps.more, line)
		return
	}
	ps.flush()
	switch {
	case ok && p.name == "BEGIN":
		ps.begin(strings.ToUpper(strings.TrimSpace(p.value)))
	case ok && p.name == "END":
		ps.end(strings.ToUpper(strings.TrimSpace(p.value)))
	case !ok || in == ps.open[0] || ps.props == maxProps:
		ps.bad++
	case known[p.name] || strings.HasPrefix(p.name, "X-"):
		in.props = append(in.props, p)
		ps.props++
	}
}

// flush adds the lines that go on with a text to it.
func (ps *parser) flush() {
	if len(ps.more) == 0 {
		return
	}
	in := ps.open[len(ps.open)-1]
	last := &in.props[len(in.props)-1]
	last.value = strings.Join(append([]string{last.value}, ps.more...), `\n`)
	ps.more = nil
}

func (ps *parser) begin(name string) {
	if !isName(name) {
		ps.bad++
		return
	}
	switch {
	case name == "VCALENDAR":
		ps.open = ps.open[:1]
	case topLevel[name]:
		for i, c := range ps.open {
			if topLevel[c.name] {
				ps.open = ps.open[:i]
				break
			}
		}
	}
	if len(ps.open) > maxDepth || ps.components == maxComponents {
		ps.bad++
		return
	}
	ps.components++
	c, parent := &component{name: name}, ps.open[len(ps.open)-1]
	parent.kids = append(parent.kids, c)
	ps.open = append(ps.open, c)
}

func (ps *parser) end(name string) {
	for i := len(ps.open) - 1; i > 0; i-- {
		if ps.open[i].name == name {
			ps.open = ps.open[:i]
			return
		}
	}
}

// topLevel are the components of which none holds another.
var topLevel = map[string]bool{"VEVENT": true, "VTODO": true, "VJOURNAL": true, "VFREEBUSY": true, "VTIMEZONE": true}

// free are the properties that hold what people wrote. Systems that do not
// fold write their line breaks as they are.
var free = map[string]bool{"DESCRIPTION": true, "SUMMARY": true, "LOCATION": true, "COMMENT": true, "CONTACT": true, "X-ALT-DESC": true, "STYLED-DESCRIPTION": true}

// continues reports whether a line goes on with the text before it: it has no
// name, or one that no calendar knows, such as https or Inscription.
func continues(c *component, line string, p property, ok bool) bool {
	if len(c.props) == 0 || !free[c.props[len(c.props)-1].name] {
		return false
	}
	if !ok {
		return len(line) > 1 || line[0] >= 0x80
	}
	name := line[:len(p.name)]
	return !known[p.name] && !strings.HasPrefix(p.name, "X-") && strings.ToUpper(name) != name
}

var known = func() map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(`ATTACH CATEGORIES CLASS COMMENT DESCRIPTION GEO LOCATION PERCENT-COMPLETE PRIORITY RESOURCES STATUS
		SUMMARY COMPLETED DTEND DUE DTSTART DURATION FREEBUSY TRANSP TZID TZNAME TZOFFSETFROM TZOFFSETTO TZURL ATTENDEE CONTACT ORGANIZER
		RECURRENCE-ID RELATED-TO URL UID EXDATE EXRULE RDATE RRULE ACTION REPEAT TRIGGER CREATED DTSTAMP LAST-MODIFIED SEQUENCE
		REQUEST-STATUS NAME REFRESH-INTERVAL SOURCE COLOR IMAGE CONFERENCE CALSCALE METHOD PRODID VERSION ACKNOWLEDGED LOCATION-TYPE
		PARTICIPANT-TYPE RESOURCE-TYPE STRUCTURED-DATA STYLED-DESCRIPTION CONCEPT LINK REFID`) {
		m[name] = true
	}
	return m
}()

// calendar is a VCALENDAR with what is in it at any depth, or what stands
// outside of one.
type calendar struct {
	*component
	zones   []*component
	entries []*component // VEVENT and VJOURNAL, in document order
	others  []*component // VTODO, VFREEBUSY and components that RFC 5545 does not have
}

// calendars sorts the document. Events that stand in no calendar, as mail
// programs and clipboards write them, make one of their own.
func (c *component) calendars() []*calendar {
	var out []*calendar
	loose := &calendar{component: new(component)}
	for _, k := range c.kids {
		if k.name != "VCALENDAR" {
			loose.collect(k)
			continue
		}
		cal := &calendar{component: k}
		for _, inner := range k.kids {
			cal.collect(inner)
		}
		out = append(out, cal)
	}
	if len(loose.zones)+len(loose.entries)+len(loose.others) > 0 {
		out = append(out, loose)
	}
	return out
}

func (c *calendar) collect(k *component) {
	switch k.name {
	case "VEVENT", "VJOURNAL":
		c.entries = append(c.entries, k)
	case "VTIMEZONE":
		c.zones = append(c.zones, k)
	case "VALARM", "STANDARD", "DAYLIGHT":
	case "VTODO", "VFREEBUSY":
		c.others = append(c.others, k)
	default:
		n := len(c.entries)
		for _, inner := range k.kids {
			c.collect(inner)
		}
		if len(c.entries) == n {
			c.others = append(c.others, k)
		}
	}
}
