package feed

import (
	"bytes"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/plonegov/carillon/federation"
)

// TestCalendar parses back what is written: dates, series, a cancelled event,
// and text that would break a line.
func TestCalendar(t *testing.T) {
	brussels, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	item := func(id, title string, e *federation.Event) Entry {
		return Entry{Page: "https://hub.example/items/" + id, Member: "Bellerive", Item: federation.Item{ID: id, Type: federation.EventItem, Title: title, Language: "fr",
			Event: e, FirstSeen: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC), Version: 2}}
	}
	evil := item("a", "Fête; à midi, place\r\nBEGIN:VEVENT\x00 \\ « "+strings.Repeat("é", 120)+" »", &federation.Event{
		Start: time.Date(2026, 3, 28, 12, 0, 0, 0, brussels), End: time.Date(2026, 3, 28, 14, 0, 0, 0, brussels)})
	evil.Item.Place = &federation.Place{Name: "Salle; A", Address: "Rue Haute 3, 5060 Bellerive", Point: &federation.Point{Lat: 50.43, Lon: 4.61}}
	evil.Item.Categories = []string{"a,b;c\nd"}
	f := Feed{Title: "Agenda", Home: "https://hub.example/search?type=event", Generator: "Carillon", From: time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC),
		Entries: []Entry{
			evil,
			item("b", "Marché", &federation.Event{Start: time.Date(2026, 1, 5, 9, 0, 0, 0, brussels), End: time.Date(2026, 1, 5, 10, 0, 0, 0, brussels), Recurrence: "FREQ=WEEKLY;COUNT=14", Zone: "Europe/Brussels"}),
			item("c", "Kermesse", &federation.Event{Start: time.Date(2026, 4, 4, 0, 0, 0, 0, time.UTC), End: time.Date(2026, 4, 6, 0, 0, 0, 0, time.UTC), AllDay: true, Status: federation.EventCancelled}),
			item("d", "Sans date", nil),
		}}
	var b bytes.Buffer
	if err := WriteICS(&b, f); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\x00\n\r") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	cal, err := ics.ParseCalendar(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatalf("what is written cannot be read: %v\n%s", err, b.String())
	}
	starts := map[string][]string{}
	ids := map[string]bool{}
	for _, e := range cal.Events() {
		if ids[e.Id()] {
			t.Errorf("two events are called %s", e.Id())
		}
		ids[e.Id()] = true
		title := e.GetProperty(ics.ComponentPropertySummary).Value
		starts[title] = append(starts[title], e.GetProperty(ics.ComponentPropertyDtStart).Value)
	}
	var got []string
	for title, dates := range starts {
		if strings.HasPrefix(title, "Fête; à midi, place BEGIN:VEVENT \\ «") {
			title = "Fête"
		}
		got = append(got, title+" "+strings.Join(dates, " "))
	}
	for _, want := range []string{"Fête 20260328T110000Z", "Marché 20260323T080000Z 20260330T070000Z 20260406T070000Z", "Kermesse 20260404"} {
		if !strings.Contains("\n"+strings.Join(got, "\n")+"\n", "\n"+want+"\n") {
			t.Errorf("the calendar has %q, want %q", got, want)
		}
	}
	if len(got) != 3 {
		t.Errorf("the calendar has %q, want three titles", got)
	}
	for _, want := range []string{"STATUS:CANCELLED", "DTEND;VALUE=DATE:20260406", `LOCATION:Salle\; A\, Rue Haute 3\, 5060 Bellerive`, "GEO:50.43;4.61", "SEQUENCE:1", "X-WR-CALNAME:Agenda"} {
		if !strings.Contains(strings.ReplaceAll(b.String(), "\r\n ", ""), want+"\r\n") {
			t.Errorf("the calendar lacks %s:\n%s", want, b.String())
		}
	}
	var again bytes.Buffer
	if _ = WriteICS(&again, f); !bytes.Equal(again.Bytes(), b.Bytes()) {
		t.Error("the same entries made other bytes")
	}
}
