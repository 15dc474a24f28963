package ics

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

func TestDuration(t *testing.T) {
	for in, want := range map[string]duration{
		"P1D": {days: 1}, "PT1H30M": {clock: 90 * time.Minute}, "P2W": {days: 14}, "P1DT2H": {days: 1, clock: 2 * time.Hour},
		"+PT15M": {clock: 15 * time.Minute}, "pt10s": {clock: 10 * time.Second}, " P7D ": {days: 7},
	} {
		if got, ok := readDuration(in); got != want || !ok {
			t.Errorf("readDuration(%q) = %v, %v; want %v", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "P", "PT", "1H", "-PT1H", "P1H", "PT1D", "P999999999999999999W", "P99999D", "PT0S", "P1", "PTH", "P-1D"} {
		if got, ok := readDuration(in); ok {
			t.Errorf("readDuration(%q) = %v, want none", in, got)
		}
	}
}

func TestZones(t *testing.T) {
	const zone = "BEGIN:VTIMEZONE\nTZID:%\nX-LIC-LOCATION:&\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n" +
		"BEGIN:DAYLIGHT\nDTSTART:19700329T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
	for _, test := range []struct{ id, want string }{
		{"Europe/Paris", "+02:00 Europe/Paris"},
		{"America/New York", "-04:00 America/New_York"},
		{"Romance Standard Time", "+02:00 Europe/Paris"},
		{"W. Europe Standard Time 1", "+02:00 Europe/Berlin"},
		{"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "+02:00 Europe/Brussels"},
		{"(UTC-05:00) Eastern Time (US & Canada)", "-04:00 America/New_York"},
		{"(UTC-03:00) Nowhere", "-03:00 "},
		{"/freeassociation.sourceforge.net/Tzfile/Europe/Rome", "+02:00 Europe/Rome"},
		{"posix/Europe/Vaduz", "+02:00 Europe/Vaduz"},
		{"UTC", "Z "},
		{"GMT+0300", "+03:00 "},
		{"Mine", "+02:00 Europe/Brussels"},
		{"Lic", "+02:00 Europe/Lisbon"},
		{"../../etc/passwd", "+02:00 Europe/Brussels"},
		{"Local", "+02:00 Europe/Brussels"},
	} {
		body := "BEGIN:VCALENDAR\n" + strings.NewReplacer("%", "Mine", "&", "").Replace(zone) + strings.NewReplacer("%", "Lic", "&", "Europe/Lisbon").Replace(zone) +
			"BEGIN:VEVENT\nUID:a\nSUMMARY:a\nRRULE:FREQ=DAILY\nDTSTART;TZID=\"" + test.id + "\":20260701T100000\nEND:VEVENT\nEND:VCALENDAR\n"
		d, err := Format().Decode(document(body, "fr"))
		if err != nil || len(d.Items) != 1 {
			t.Fatalf("%q: %d items, %v", test.id, len(d.Items), err)
		}
		e := d.Items[0].Event
		got := e.Start.Format("Z07:00") + " " + e.Zone
		if test.id == "Lic" {
			test.want = "+01:00 Europe/Lisbon"
		}
		if got != test.want {
			t.Errorf("TZID %q = %q, want %q (%v)", test.id, got, test.want, d.Warnings)
		}
	}
}

func TestLine(t *testing.T) {
	for _, test := range []struct {
		line, name, value string
		params            map[string][]string
	}{
		{"SUMMARY:a:b", "SUMMARY", "a:b", nil},
		{"summary;language=fr:a", "SUMMARY", "a", map[string][]string{"LANGUAGE": {"fr"}}},
		{`ORGANIZER;CN="a; b: c",d:mailto:x`, "ORGANIZER", "mailto:x", map[string][]string{"CN": {"a; b: c", "d"}}},
		{`ORGANIZER;CN=a\, b:x`, "ORGANIZER", "x", map[string][]string{"CN": {"a, b"}}},
		{`X;CN="never closed:x`, "X", "x", map[string][]string{"CN": {"never closed"}}},
		{"DTSTART;;VALUE=DATE:20260101", "DTSTART", "20260101", map[string][]string{"VALUE": {"DATE"}}},
		{"A;B:c", "A", "c", nil},
		{"A;CN=^'x^' ^^:c", "A", "c", map[string][]string{"CN": {`"x" ^`}}},
		{`A;ALTREP="https://a.example/x":c`, "A", "c", map[string][]string{"ALTREP": {"https://a.example/x"}}},
	} {
		p, ok := readLine(test.line)
		if len(p.params) == 0 {
			p.params = nil
		}
		if diff := cmp.Diff(test.params, p.params); diff != "" || !ok || p.name != test.name || p.value != test.value {
			t.Errorf("readLine(%q) = %q, %q, %v; params (-want +got):\n%s", test.line, p.name, p.value, ok, diff)
		}
	}
	for _, line := range []string{"", "X", ":x", ";a:x", "Une phrase: avec deux points", "é:x"} {
		if p, ok := readLine(line); ok {
			t.Errorf("readLine(%q) = %+v, want none", line, p)
		}
	}
}

func TestCharsets(t *testing.T) {
	const text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Fête à Liège\r\nDTSTART:20260101T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	latin := strings.NewReplacer("ê", "\xea", "à", "\xe0", "è", "\xe8").Replace(text)
	var wide strings.Builder
	wide.WriteString("\xff\xfe")
	for _, r := range text {
		wide.WriteString(string([]byte{byte(r), byte(r >> 8)}))
	}
	for name, body := range map[string]string{
		"UTF-8": text, "with a mark": "\ufeff" + text, "Latin 1": latin, "UTF-16": wide.String(), "LF": strings.ReplaceAll(text, "\r", ""),
		"CR": strings.ReplaceAll(text, "\n", ""), "CR CR LF": strings.ReplaceAll(text, "\r\n", "\r\r\n"),
		"folded within a letter": strings.Replace(text, "Fête", "F\xc3\r\n \xaate", 1),
	} {
		d, err := Format().Decode(document(body, "fr"))
		if err != nil || len(d.Items) != 1 || d.Items[0].Title != "Fête à Liège" || len(d.Warnings) > 0 {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
		if s := Format().Sniff(document(body, "")); s != 100 {
			t.Errorf("%s: Sniff = %d, want 100", name, s)
		}
	}
}

func TestSniff(t *testing.T) {
	for body, want := range map[string]int{
		"BEGIN:VCALENDAR\n": 100, "\n begin:vcalendar\r\n": 100, "BEGIN:VEVENT\n": 90, "<br>Notice\nBEGIN:VCALENDAR\n": 60,
		"<html>BEGIN:VCALENDAR": 0, "BEGIN:VCARD\n": 0, "": 0, `{"a":"BEGIN:VCALENDAR"}`: 0,
	} {
		if got := Format().Sniff(federation.Document{Body: []byte(body)}); got != want {
			t.Errorf("Sniff(%q) = %d, want %d", body, got, want)
		}
	}
}

func TestRefuses(t *testing.T) {
	for _, body := range []string{"", " \n", "<html></html>", "BEGIN:\x00\n", "hello"} {
		if d, err := Format().Decode(document(body, "")); err == nil {
			t.Errorf("Decode(%q) = %+v, want an error", body, d)
		}
	}
}

// What is decoded has the dates that the calendar means.
func TestDatesOfSeries(t *testing.T) {
	d, err := Format().Decode(document(strings.Join([]string{"BEGIN:VEVENT", "UID:a", "SUMMARY:a", "DTSTART;TZID=Europe/Brussels:20260309T200000", "DTEND;TZID=Europe/Brussels:20260309T220000",
		"RRULE:FREQ=WEEKLY;COUNT=6", "EXDATE;TZID=America/New_York:20260316T150000", "EXDATE:20260330T180000Z", "END:VEVENT",
		"BEGIN:VEVENT", "UID:a", "RECURRENCE-ID:20260406T180000Z", "SUMMARY:a", "STATUS:CANCELLED", "DTSTART;TZID=Europe/Brussels:20260407T200000", "END:VEVENT"}, "\n"), "fr"))
	if err != nil || len(d.Items) != 2 {
		t.Fatalf("%d items, %v", len(d.Items), err)
	}
	var got []string
	for _, o := range d.Items[0].Event.Occurrences(time.Time{}, time.Time{}) {
		got = append(got, o.Start.Format("01-02T15:04Z07:00"))
	}
	want := []string{"03-09T20:00+01:00", "03-23T20:00+01:00", "04-13T20:00+02:00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("dates (-want +got):\n%s", diff)
	}
	if i := d.Items[1]; i.Event.Status != "cancelled" || i.OriginID != "a#20260406T180000Z" {
		t.Errorf("the cancelled date is %q, %q", i.OriginID, i.Event.Status)
	}
}

// TestMidnightsOfSeries: a midnight among the dates of a series at another hour
// means the day, as Plone writes it, but not where midnights are meant.
func TestMidnightsOfSeries(t *testing.T) {
	const daily = "RRULE:FREQ=DAILY;COUNT=3\n"
	for name, test := range map[string]struct{ lang, lines, want string }{
		"French, floating":           {"fr", "DTSTART:20270218T103000\n" + daily + "EXDATE:20270219T000000\nRDATE:20270306T000000\n", "0218 10:30 0220 10:30 0306 10:30"},
		"German, with a zone":        {"de", "DTSTART;TZID=Europe/Berlin:20270701T193000\n" + daily + "EXDATE;TZID=Europe/Berlin:20270702T000000,20270703T000000\n", "0701 19:30"},
		"Dutch, local sent in UTC":   {"nl", "DTSTART;TZID=Europe/Brussels:20270701T140000\n" + daily + "EXDATE:20270701T220000Z\n", "0701 14:00 0703 14:00"},
		"English, in UTC":            {"en", "DTSTART:20270701T083000Z\n" + daily + "RDATE:20270801T000000Z\nEXDATE:20270702T000000Z\n", "0701 08:30 0703 08:30 0801 08:30"},
		"at midnight":                {"fr", "DTSTART;TZID=Europe/Brussels:20270701T000000\n" + daily + "EXDATE;TZID=Europe/Brussels:20270702T000000\n", "0701 00:00 0703 00:00"},
		"midnight in UTC is its own": {"fr", "DTSTART;TZID=Europe/Brussels:20270701T020000\n" + daily + "EXDATE:20270702T000000Z\n", "0701 02:00 0703 02:00"},
		"a period says its hour":     {"fr", "DTSTART;TZID=Europe/Brussels:20270701T100000\nDTEND;TZID=Europe/Brussels:20270701T120000\nRDATE;VALUE=PERIOD;TZID=Europe/Brussels:20270801T000000/PT2H\n", "0701 10:00 0801 00:00"},
		"several hours a day":        {"fr", "DTSTART;TZID=Europe/Brussels:20270701T000000\nRRULE:FREQ=DAILY;BYHOUR=0,12;COUNT=4\nEXDATE;TZID=Europe/Brussels:20270702T000000\n", "0701 00:00 0701 12:00 0702 12:00"},
	} {
		d, err := Format().Decode(document("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:a\n"+test.lines+"END:VEVENT\nEND:VCALENDAR\n", test.lang))
		if err != nil || len(d.Items) != 1 {
			t.Fatalf("%s: %d items, %v", name, len(d.Items), err)
		}
		var got []string
		for _, o := range d.Items[0].Event.Occurrences(time.Time{}, time.Time{}) {
			got = append(got, o.Start.Format("0102 15:04"))
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s: on %s, want %s", name, s, test.want)
		}
	}
}
