package ics

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
)

// check decodes body and fails the test when a promise of the package is
// broken.
func check(t *testing.T, name string, body []byte) federation.Decoded {
	t.Helper()
	doc := federation.Document{URL: "https://agenda.example/a.ics", Body: body}
	if s := Format().Sniff(doc); s < 0 || s > 100 {
		t.Errorf("%s: Sniff = %d", name, s)
	}
	d, err := Format().Decode(doc)
	if err != nil && len(d.Items) > 0 {
		t.Errorf("%s: %d items and error %v", name, len(d.Items), err)
	}
	if d.Listed < len(d.Items) || d.Complete {
		t.Errorf("%s: Listed = %d of %d items, Complete %v", name, d.Listed, len(d.Items), d.Complete)
	}
	seen := map[string]bool{}
	for _, it := range d.Items {
		if it.OriginID == "" || seen[it.OriginID] {
			t.Errorf("%s: OriginID %q is empty or repeated", name, it.OriginID)
		}
		seen[it.OriginID] = true
		for _, s := range append(append([]string{it.OriginID, it.Title, it.Content.String(), it.URL, it.Language}, it.Categories...), it.Authors...) {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\x01\x08\x0b\x1b") {
				t.Errorf("%s: %q is not valid text", name, s)
			}
		}
		if it.Event != nil && it.Event.Start.IsZero() && it.Event.Status == "" {
			t.Errorf("%s: %q has an event without a start", name, it.OriginID)
		}
	}
	for _, w := range d.Warnings {
		if !utf8.ValidString(w.String()) {
			t.Errorf("%s: warning %q is not valid UTF-8", name, w)
		}
	}
	return d
}

// TestHostile: the cases of the shared data, each cut at every tenth of its
// length too, within 64 MiB.
func TestHostile(t *testing.T) {
	f, err := os.Open(shareddata.Dir(t, "hostile", "ical", "malformed.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cases := 0
	for lines := bufio.NewScanner(f); lines.Scan(); cases++ {
		var c struct{ ID, Text, B64 string }
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		body := []byte(c.Text)
		if c.B64 != "" {
			if body, err = base64.StdEncoding.DecodeString(c.B64); err != nil {
				t.Fatal(err)
			}
		}
		before := allocated()
		check(t, c.ID, body)
		if used := allocated() - before; used > 64<<20 {
			t.Errorf("%s: %d MiB were allocated", c.ID, used>>20)
		}
		for i := range 10 {
			check(t, c.ID, body[:len(body)*i/10])
		}
	}
	if cases == 0 {
		t.Fatal("no hostile calendars")
	}
}

func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// TestForeign: nothing else in the shared data is taken for a calendar.
func TestForeign(t *testing.T) {
	for _, dir := range []string{"atom-council", "feeds/real", "oparl", "cap", "plone-restapi", "dila-comarquage-xml"} {
		files, err := filepath.Glob(filepath.Join(shareddata.Dir(t, dir), "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				continue // a folder
			}
			if s := Format().Sniff(federation.Document{Body: body}); s > 0 {
				t.Errorf("Sniff(%s) = %d, want 0", file, s)
			}
		}
	}
}

// TestBig: what grows quadratically runs into the test's timeout.
func TestBig(t *testing.T) {
	const n = 300_000
	event := "BEGIN:VEVENT\nUID:a\nSUMMARY:x\nDTSTART:20260101T100000Z\n"
	for name, body := range map[string]string{
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
	} {
		check(t, name, []byte("BEGIN:VCALENDAR\n"+body+"END:VEVENT\nEND:VCALENDAR\n"))
	}
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
	if d := check(t, "zones", []byte(b.String())); len(d.Items) != 1000 {
		t.Errorf("%d items, want 1000", len(d.Items))
	}
}

func FuzzDecode(f *testing.F) {
	for _, glob := range []string{"testdata/*.ics"} {
		files, _ := filepath.Glob(glob)
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(body)
		}
	}
	f.Add([]byte("\xff\xfeB\x00E\x00"))
	f.Add([]byte("BEGIN:VEVENT\nDTSTART;TZID=Europe/Paris:20260329T023000\nRRULE:FREQ=MINUTELY;INTERVAL=7;BYHOUR=3\nEXRULE:FREQ=DAILY\nRDATE;VALUE=PERIOD:20260101T000000Z/P1D\n"))
	f.Fuzz(func(t *testing.T, body []byte) { check(t, "fuzz", body) })
}

func TestFormat(t *testing.T) {
	formattest.Bytes(t, Format(), formattest.Corpus{URL: "https://agenda.example/a.ics", Small: func(title string) string {
		return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260501T100000Z\r\nSUMMARY:" + title + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	}})
}
