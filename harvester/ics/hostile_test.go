package ics

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/formattest"
)

var corpus = formattest.Corpus{
	URL: "https://agenda.example/a.ics", Source: federation.Source{Language: "fr"}, Sniff: 60, Large: large,
	Small: func(title string) string {
		return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260501T100000Z\r\nSUMMARY:" + title + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	},
	List: formattest.List("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n", "BEGIN:VEVENT\r\nUID:u%d\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260301T100000Z\r\nSUMMARY:%s\r\nEND:VEVENT\r\n", "",
		"END:VCALENDAR\r\n", strings.NewReplacer(`\`, `\\`, "\r", " ", "\n", `\n`, ",", `\,`, ";", `\;`).Replace),
	Seeds: []string{"\xff\xfeB\x00E\x00",
		"BEGIN:VEVENT\nDTSTART;TZID=Europe/Paris:20260329T023000\nRRULE:FREQ=MINUTELY;INTERVAL=7;BYHOUR=3\nEXRULE:FREQ=DAILY\nRDATE;VALUE=PERIOD:20260101T000000Z/P1D\n"},
	Claims: func(path string, sure int) bool { return sure == 0 || strings.HasSuffix(path, ".ics") },
	Check: func(t testing.TB, name string, d federation.Decoded) {
		if d.Complete {
			t.Errorf("%s: a calendar is never complete", name)
		}
	},
}

func TestFormat(t *testing.T) { formattest.Run(t, Format(), corpus) }

func FuzzDecode(f *testing.F) { formattest.Fuzz(f, Format(), corpus) }

// large are calendars of which something grows quadratically when it is done
// carelessly.
func large() map[string]string {
	const n = 300_000
	event := "BEGIN:VEVENT\nUID:a\nSUMMARY:x\nDTSTART:20260101T100000Z\n"
	all := map[string]string{
		"one property folded over many lines": event + "DESCRIPTION:x\n" + strings.Repeat(" y\n", n),
		"many lines that go on with a text":   event + "DESCRIPTION:x\n" + strings.Repeat("y y\n", n),
		"many parameters":                     event + "LOCATION" + strings.Repeat(";A=b", n) + ":x\n",
		"many further dates":                  event + "RDATE:" + strings.Repeat("20260102T100000Z,", n) + "\n",
		"many rules":                          event + strings.Repeat("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\n", n/10),
		"many rules that leave out":           event + "RRULE:FREQ=DAILY\n" + strings.Repeat("EXRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n", n/10),
		"deep":                                strings.Repeat("BEGIN:A\n", n),
		"many components":                     strings.Repeat("BEGIN:VEVENT\nUID:a\nEND:VEVENT\n", n/3),
		"many events of one id":               strings.Repeat(event, n/30),
		"many properties":                     event + strings.Repeat("X-A:b\n", n),
		"many zones":                          strings.Repeat("BEGIN:VTIMEZONE\nTZID:a\nEND:VTIMEZONE\n", n/10) + event,
		"many quotation marks":                event + "LOCATION;A=" + strings.Repeat(`"`, n) + ":x\n",
		"many categories":                     event + "CATEGORIES:" + strings.Repeat("a,", n) + "\n",
	}
	for name, body := range all {
		all[name] = "BEGIN:VCALENDAR\n" + body + "END:VEVENT\nEND:VCALENDAR\n"
	}
	return all
}

// TestHostileZones: many zones of many rules, asked for in many years.
func TestHostileZones(t *testing.T) {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\n")
	for z := range 50 {
		id := string(rune('à' + z))
		b.WriteString("BEGIN:VTIMEZONE\nTZID:Own " + id + "\n")
		for range 100 {
			b.WriteString("BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0230\nRRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30\nEND:STANDARD\n")
		}
		b.WriteString("END:VTIMEZONE\n")
		for year := range 20 {
			b.WriteString("BEGIN:VEVENT\nUID:" + id + string(rune('a'+year)) + "\nSUMMARY:x\nDTSTART;TZID=Own " + id + ":20" + string(rune('0'+year/10)) + string(rune('0'+year%10)) + "0101T100000\nRRULE:FREQ=DAILY\nEND:VEVENT\n")
		}
	}
	if d, _ := formattest.Check(t, Format(), corpus, "zones", []byte(b.String())); len(d.Items) != 1000 {
		t.Errorf("%d items, want 1000", len(d.Items))
	}
}
