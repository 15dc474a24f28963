package demo

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// brussels is the zone as calendars define it (RFC 5545, 3.6.5).
const brussels = `BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`

const (
	icsDay   = "20060102"
	icsLocal = "20060102T150405"
	icsUTC   = "20060102T150405Z"
)

// calendar writes iCalendar (RFC 5545) as a plugin of a CMS does.
func calendar(r *Region, v feedView) ([]byte, error) {
	var c icsLines
	c.add("BEGIN:VCALENDAR")
	c.add("VERSION:2.0")
	c.add("PRODID:-//" + v.Host() + "//Calendar 6.3//" + strings.ToUpper(v.Language))
	c.add("CALSCALE:GREGORIAN")
	c.add("METHOD:PUBLISH")
	c.text("X-WR-CALNAME", v.Title)
	c.add("X-ORIGINAL-URL:" + v.Base + v.Home())
	c.text("X-WR-CALDESC", v.About)
	c.add("REFRESH-INTERVAL;VALUE=DURATION:PT1H")
	for line := range strings.SplitSeq(brussels, "\n") {
		c.add(line)
	}
	for _, it := range v.Items {
		c.event(v, it, r.now)
	}
	c.add("END:VCALENDAR")
	return c.Bytes(), nil
}

// icsLines are content lines, folded and ended as RFC 5545, 3.1 has it.
type icsLines struct{ bytes.Buffer }

func (c *icsLines) event(v feedView, it itemView, now time.Time) {
	c.add("BEGIN:VEVENT")
	c.add(fmt.Sprintf("UID:%s@%s", it.Slug, v.Host()))
	c.add("DTSTAMP:" + now.UTC().Format(icsUTC))
	c.add("CREATED:" + it.Date.UTC().Format(icsUTC))
	c.add("LAST-MODIFIED:" + it.Date.UTC().Format(icsUTC))
	c.moment("DTSTART", it.Start, it.AllDay)
	if !it.End.IsZero() {
		c.moment("DTEND", it.End, it.AllDay)
	}
	if rule := it.Facts["repeat"]; rule != "" {
		c.add("RRULE:" + rule)
	}
	for _, t := range it.Except {
		c.moment("EXDATE", t, it.AllDay)
	}
	if status := it.Facts["status"]; status != "" {
		c.add("STATUS:" + status)
		c.add("SEQUENCE:1")
	}
	c.text("SUMMARY", it.Title)
	c.text("DESCRIPTION", it.Text())
	c.add("URL:" + it.URL)
	if it.Place != "" {
		c.text("LOCATION", strings.TrimSuffix(it.Place+", "+it.Address, ", "))
	}
	if it.Point != "" {
		c.add("GEO:" + strings.Replace(it.Point, " ", ";", 1))
	}
	if len(it.Tags) > 0 {
		c.add("CATEGORIES:" + icsText.Replace(strings.Join(it.Tags, "\x00")))
	}
	if it.Image != "" {
		c.add("ATTACH;FMTTYPE=image/png:" + it.Image)
	}
	c.add("END:VEVENT")
}

func (c *icsLines) moment(name string, t time.Time, allDay bool) {
	if allDay {
		c.add(name + ";VALUE=DATE:" + t.Format(icsDay))
		return
	}
	c.add(name + ";TZID=Europe/Brussels:" + t.Format(icsLocal))
}

// icsText escapes a text (RFC 5545, 3.3.11); \x00 stands between values.
var icsText = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`, "\x00", ",")

func (c *icsLines) text(name, value string) { c.add(name + ":" + icsText.Replace(value)) }

// add writes a line of at most 75 octets, and what is left on further ones.
func (c *icsLines) add(line string) {
	for limit := 75; len(line) > limit; limit = 74 {
		at := limit
		for !utf8.RuneStart(line[at]) {
			at--
		}
		c.WriteString(line[:at] + "\r\n ")
		line = line[at:]
	}
	c.WriteString(line + "\r\n")
}
