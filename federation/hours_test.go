package federation

import (
	"testing"
	"time"
)

func TestHours(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	week, ok := ParseOpenings("Mo-Fr 09:00-12:00,13:30-17:00")
	late, fine := ParseOpenings("Sa 22:00-02:00")
	if !ok || !fine || len(week) != 10 {
		t.Fatalf("the week is %v, the night %v", week, late)
	}
	usual := NewHours(append(week, late...), []time.Time{time.Date(2026, 12, 25, 0, 0, 0, 0, time.UTC)})
	always, _ := ParseOpenings("Mo-Su 00:00-24:00")
	for _, c := range []struct {
		hours Hours
		at    string
		open  bool
		until string
	}{
		{usual, "2026-11-23 09:00", true, "2026-11-23 12:00"},
		{usual, "2026-11-23 12:00", false, "2026-11-23 13:30"},
		{usual, "2026-11-23 08:59", false, "2026-11-23 09:00"},
		{usual, "2026-11-27 17:00", false, "2026-11-28 22:00"},
		{usual, "2026-11-29 01:59", true, "2026-11-29 02:00"},
		{usual, "2026-11-29 02:00", false, "2026-11-30 09:00"},
		{usual, "2026-12-25 10:00", false, "2026-12-26 22:00"},
		{usual, "2026-12-24 18:00", false, "2026-12-26 22:00"},
		{NewHours([]Opening{{time.Sunday, 60, 240}}, nil), "2026-03-29 03:30", true, "2026-03-29 04:00"}, // an hour is missing that night
		{NewHours(always, nil), "2026-11-23 12:00", true, ""},
		{NewHours([]Opening{{time.Monday, 0, 720}, {time.Monday, 720, 1440}, {time.Tuesday, 0, 60}}, nil), "2026-11-23 08:00", true, "2026-11-24 01:00"},
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", c.at, zone)
		if err != nil {
			t.Fatal(err)
		}
		open, until, known := c.hours.At(at)
		said := ""
		if !until.IsZero() {
			said = until.Format("2006-01-02 15:04")
		}
		if open != c.open || said != c.until || !known {
			t.Errorf("%q at %s: open %v until %q, known %v; want %v until %q", c.hours, c.at, open, said, known, c.open, c.until)
		}
	}
	for _, h := range []Hours{"", "Mo", "Mo 9-12", "Mo 09:00-25:00", "on request", "2026-12-25 off", "Xx 09:00-10:00"} {
		if _, _, known := h.At(time.Now()); known {
			t.Errorf("%q is said to be known", h)
		}
	}
	for _, s := range []string{"Mo-Fr", "Mo-Fr 9h-12h", "Mo 09:00-12:00 on request", "", "Mo-Xx 09:00-10:00", "Mo 09:60-10:00"} {
		if week, ok := ParseOpenings(s); ok {
			t.Errorf("ParseOpenings(%q) = %v", s, week)
		}
	}
	if h := NewHours(make([]Opening, maxOpenings+1), nil); h != "" {
		t.Errorf("more than is usual made %q", h)
	}
}
