package recur

import (
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// startsOf writes occurrences as people say them, in the event's own zone.
func startsOf(list []Occurrence) string {
	var b strings.Builder
	for _, o := range list {
		b.WriteString(o.Start.Format(" 2006-01-02T15:04"))
	}
	return strings.TrimSpace(b.String())
}

func TestBetween(t *testing.T) {
	brussels, newYork := zone(t, "Europe/Brussels"), zone(t, "America/New_York")
	in := func(s string, loc *time.Location) time.Time {
		t.Helper()
		at, err := time.ParseInLocation("2006-01-02T15:04", s, loc)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	be := func(s string) time.Time { return in(s, brussels) }
	us := func(s string) time.Time { return in(s, newYork) }
	tests := []struct {
		name     string
		set      Set
		from, to time.Time
		want     string
	}{
		{"once", Set{Start: be("2026-05-01T19:00")}, time.Time{}, time.Time{}, "2026-05-01T19:00"},
		{"once, over", Set{Start: be("2026-05-01T19:00")}, be("2026-05-02T00:00"), time.Time{}, ""},
		{"nine o'clock in summer and winter", Set{Start: be("2026-03-21T09:00"), Zone: brussels, Rules: "FREQ=WEEKLY;COUNT=3"},
			time.Time{}, time.Time{}, "2026-03-21T09:00 2026-03-28T09:00 2026-04-04T09:00"},
		{"an offset alone, and the zone", Set{Start: be("2026-10-20T09:00").In(time.FixedZone("", 7200)), Zone: brussels, Rules: "FREQ=WEEKLY;COUNT=2"},
			time.Time{}, time.Time{}, "2026-10-20T09:00 2026-10-27T09:00"},
		{"an hour that the clock leaves out", Set{Start: be("2026-03-28T02:30"), Zone: brussels, Rules: "FREQ=DAILY;COUNT=3"},
			time.Time{}, time.Time{}, "2026-03-28T02:30 2026-03-29T03:30 2026-03-30T02:30"},
		{"the first Monday of a month", Set{Start: be("2026-01-05T20:00"), Zone: brussels, Rules: "FREQ=MONTHLY;BYDAY=1MO"},
			be("2026-11-01T00:00"), be("2027-02-02T00:00"), "2026-11-02T20:00 2026-12-07T20:00 2027-01-04T20:00 2027-02-01T20:00"},
		{"years on, every other week", Set{Start: be("2001-01-03T20:00"), Zone: brussels, Rules: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"},
			be("2026-01-01T00:00"), be("2026-02-01T00:00"), "2026-01-12T20:00 2026-01-14T20:00 2026-01-26T20:00 2026-01-28T20:00"},
		{"the last day of a month", Set{Start: be("2026-01-31T20:00"), Zone: brussels, Rules: "FREQ=MONTHLY;BYMONTHDAY=-1"},
			be("2027-02-01T00:00"), be("2027-04-01T00:00"), "2027-02-28T20:00 2027-03-31T20:00"},
		{"the 31st, in months that have one", Set{Start: be("2026-01-31T20:00"), Zone: brussels, Rules: "FREQ=MONTHLY"},
			be("2028-02-01T00:00"), be("2028-06-01T00:00"), "2028-03-31T20:00 2028-05-31T20:00"},
		{"the last working day", Set{Start: be("2026-01-30T20:00"), Zone: brussels, Rules: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"},
			be("2026-05-01T00:00"), be("2026-07-01T00:00"), "2026-05-29T20:00 2026-06-30T20:00"},
		{"a birthday, all day", Set{Start: be("1990-07-21T00:00"), End: be("1990-07-22T00:00"), AllDay: true, Zone: brussels, Rules: "FREQ=YEARLY"},
			be("2026-07-21T23:00"), be("2028-01-01T00:00"), "2026-07-21T00:00 2027-07-21T00:00"},
		{"29 February", Set{Start: be("2024-02-29T00:00"), AllDay: true, Zone: brussels, Rules: "FREQ=YEARLY"},
			be("2025-01-01T00:00"), be("2033-01-01T00:00"), "2028-02-29T00:00 2032-02-29T00:00"},
		{"until a moment, in UTC", Set{Start: be("2012-03-27T10:00"), Zone: brussels, Rules: "FREQ=WEEKLY;UNTIL=20120410T080000Z;BYDAY=TU"},
			time.Time{}, time.Time{}, "2012-03-27T10:00 2012-04-03T10:00 2012-04-10T10:00"},
		{"until a day, which belongs", Set{Start: be("2012-03-27T10:00"), Zone: brussels, Rules: "FREQ=WEEKLY;UNTIL=20120403"},
			time.Time{}, time.Time{}, "2012-03-27T10:00 2012-04-03T10:00"},
		{"all day until midnight in UTC", Set{Start: us("2012-03-01T00:00"), AllDay: true, Zone: newYork, Rules: "FREQ=DAILY;UNTIL=20120303T000000Z"},
			time.Time{}, time.Time{}, "2012-03-01T00:00 2012-03-02T00:00 2012-03-03T00:00"},
		{"a count counts what is over", Set{Start: be("2026-01-01T10:00"), Zone: brussels, Rules: "FREQ=DAILY;COUNT=5"},
			be("2026-01-04T00:00"), time.Time{}, "2026-01-04T10:00 2026-01-05T10:00"},
		{"left out, in another zone", Set{Start: be("2026-01-01T10:00"), Zone: brussels, Rules: "FREQ=DAILY;COUNT=4",
			Except: []time.Time{time.Date(2026, 1, 2, 9, 0, 0, 0, time.UTC), us("2026-01-03T04:00")}},
			time.Time{}, time.Time{}, "2026-01-01T10:00 2026-01-04T10:00"},
		{"the first left out", Set{Start: be("2026-01-01T10:00"), Zone: brussels, Rules: "FREQ=DAILY;COUNT=2", Except: []time.Time{be("2026-01-01T10:00")}},
			time.Time{}, time.Time{}, "2026-01-02T10:00"},
		{"an all-day date left out", Set{Start: be("2026-03-28T00:00"), AllDay: true, Zone: brussels, Rules: "FREQ=DAILY;COUNT=3", Except: []time.Time{be("2026-03-29T00:00")}},
			time.Time{}, time.Time{}, "2026-03-28T00:00 2026-03-30T00:00"},
		{"further dates, before and after, one twice", Set{Start: be("2026-01-05T10:00"), Extra: []time.Time{be("2026-02-01T11:00"), be("2026-01-01T10:00"), be("2026-01-05T10:00")}},
			time.Time{}, time.Time{}, "2026-01-01T10:00 2026-01-05T10:00 2026-02-01T11:00"},
		{"two rules", Set{Start: be("2026-01-05T10:00"), Zone: brussels, Rules: "FREQ=WEEKLY;COUNT=2\nFREQ=MONTHLY;BYDAY=1SU;COUNT=2"},
			time.Time{}, time.Time{}, "2026-01-05T10:00 2026-01-12T10:00 2026-02-01T10:00 2026-03-01T10:00"},
		{"by hours and minutes", Set{Start: be("2026-01-05T09:00"), Zone: brussels, Rules: "FREQ=MINUTELY;INTERVAL=90;BYHOUR=9,10,11,12"},
			be("2026-01-06T00:00"), be("2026-01-07T00:00"), "2026-01-06T09:00 2026-01-06T10:30 2026-01-06T12:00"},
		{"running at from", Set{Start: be("2026-01-05T22:00"), End: be("2026-01-06T02:00"), Zone: brussels, Rules: "FREQ=WEEKLY"},
			be("2026-01-13T01:00"), be("2026-01-19T22:00"), "2026-01-12T22:00"},
		{"a rule that is none", Set{Start: be("2026-01-05T10:00"), Rules: "every Monday"}, time.Time{}, time.Time{}, "2026-01-05T10:00"},
		{"a start out of the rule", Set{Start: be("2026-01-06T10:00"), Zone: brussels, Rules: "FREQ=WEEKLY;BYDAY=MO;COUNT=2"},
			time.Time{}, time.Time{}, "2026-01-06T10:00 2026-01-12T10:00 2026-01-19T10:00"},
		{"no start", Set{Rules: "FREQ=DAILY"}, time.Time{}, time.Time{}, ""},
	}
	for _, test := range tests {
		got := test.set.Between(test.from, test.to)
		if diff := cmp.Diff(test.want, startsOf(got)); diff != "" {
			t.Errorf("%s: Between(%v, %v) mismatch (-want +got):\n%s", test.name, test.from, test.to, diff)
		}
	}
}

func TestOccurrenceEnds(t *testing.T) {
	brussels := zone(t, "Europe/Brussels")
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 0, 0, 0, brussels)
	}
	night := Set{Start: at(3, 21, 22), End: at(3, 22, 6), Zone: brussels, Rules: "FREQ=WEEKLY;COUNT=2"}
	if got, want := night.Between(time.Time{}, time.Time{})[1].End, at(3, 29, 6); !got.Equal(want) {
		t.Errorf("a night in which the clock changes ends at %v, want %v", got, want)
	}
	days := Set{Start: at(3, 21, 0), End: at(3, 23, 0), AllDay: true, Zone: brussels, Rules: "FREQ=WEEKLY;COUNT=2"}
	if got, want := days.Between(time.Time{}, time.Time{})[1].End, at(3, 30, 0); !got.Equal(want) {
		t.Errorf("days of which one has 23 hours end at %v, want %v", got, want)
	}
	if got := (Set{Start: at(1, 1, 9), Rules: "FREQ=DAILY;COUNT=2"}).Between(time.Time{}, time.Time{})[1].End; !got.IsZero() {
		t.Errorf("an open end became %v", got)
	}
}

func TestFrom(t *testing.T) {
	start := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)
	weekly := Set{Start: start, End: start.Add(time.Hour), Rules: "FREQ=WEEKLY;COUNT=3"}
	for _, test := range []struct {
		after string
		want  string
	}{
		{"2020-01-01T00:00:00Z", "2026-01-05T10:00:00Z"},
		{"2026-01-05T10:59:59Z", "2026-01-05T10:00:00Z"}, // still on
		{"2026-01-05T11:00:00Z", "2026-01-12T10:00:00Z"},
		{"2026-01-19T11:00:00Z", ""},
	} {
		after, _ := time.Parse(time.RFC3339, test.after)
		got := ""
		for o := range weekly.From(after) {
			got = o.Start.Format(time.RFC3339)
			break
		}
		if got != test.want {
			t.Errorf("From(%s) = %q, want %q", test.after, got, test.want)
		}
	}
}

// hostileRules are rules that rrule-go fails on or does not come back from, or
// of which there are too many dates. One that is not caught runs into the
// timeout of the test.
var hostileRules = []string{
	"FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=1000000000", "FREQ=MINUTELY", "FREQ=MINUTELY;COUNT=1000000000",
	"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
	"FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
	"FREQ=MINUTELY;INTERVAL=1440;BYHOUR=3", "FREQ=HOURLY;INTERVAL=24;BYHOUR=3", "FREQ=SECONDLY;BYSETPOS=2",
	"FREQ=MONTHLY;BYDAY=53MO", "FREQ=MONTHLY;BYDAY=-53MO", "FREQ=YEARLY;BYMONTH=12;BYDAY=53MO", "FREQ=YEARLY;BYDAY=53MO", "FREQ=YEARLY;BYDAY=-53MO",
	"FREQ=YEARLY;BYEASTER=999999", "FREQ=DAILY;INTERVAL=9223372036854775807", "FREQ=YEARLY;INTERVAL=9223372036854775807", "FREQ=DAILY;INTERVAL=-1",
	"FREQ=WEEKLY;INTERVAL=10000000", "FREQ=MINUTELY;INTERVAL=10000000", "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366",
	"FREQ=DAILY;BYSETPOS=-366", "FREQ=DAILY;COUNT=-5", "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1", "FREQ=", "FREQ", ";;;", "FREQ=%n;BYMONTH=", "",
	"FREQ=DAILY;BYHOUR=" + strings.Repeat("0,1,2,3,", 100) + "5", "FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4,5;BYSECOND=0,1,2,3,4,5",
	"DTSTART:20200101\nRRULE:FREQ=DAILY", "FREQ=DAILY;UNTIL=00000101", "FREQ=DAILY;UNTIL=99991231T235959Z", "FREQ=YEARLY;UNTIL=20200101T000000Z;COUNT=3",
}

func TestBetweenHostile(t *testing.T) {
	for _, rule := range hostileRules {
		for _, start := range []time.Time{time.Date(2026, 1, 31, 10, 0, 0, 0, time.UTC), {}, time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC), time.Date(9998, 12, 31, 0, 0, 0, 0, time.UTC)} {
			e := Set{Start: start, Rules: strings.Repeat(rule+"\n", 20)}
			for _, from := range []time.Time{{}, time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)} {
				got := e.Between(from, time.Time{})
				if len(got) > maxOccurrences {
					t.Errorf("Between of %q = %d dates, want at most %d", rule, len(got), maxOccurrences)
				}
				for i := 1; i < len(got); i++ {
					if !got[i].Start.After(got[i-1].Start) {
						t.Fatalf("Between of %q are not in order: %v, %v", rule, got[i-1], got[i])
					}
				}
			}
		}
	}
}

// What is skipped to must be what is counted to.
func TestSkip(t *testing.T) {
	start := time.Date(2016, 2, 29, 10, 20, 0, 0, time.UTC)
	freqs := []string{"YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"}
	parts := []string{"", ";BYDAY=MO,TH", ";BYMONTHDAY=1,15,-1", ";BYMONTH=3,11", ";BYDAY=TU;WKST=SU", ";BYHOUR=8,10"}
	for f, freq := range freqs {
		for _, part := range parts {
			for _, interval := range []int{1, 2, 3, 7} {
				text := fmt.Sprintf("FREQ=%s;INTERVAL=%d%s", freq, interval, part)
				r, ok := readRule(text, start, time.UTC, false)
				if !ok {
					continue
				}
				from := start.AddDate([]int{23, 11, 9, 3, 0, 0}[f], 1, 3)
				far, whole := r, r
				far.skip(from)
				want, got := first(whole, from, 5), first(far, from, 5)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s from %v mismatch (-counted +skipped):\n%s", text, from, diff)
				}
			}
		}
	}
}

func first(r rule, from time.Time, n int) (out []time.Time) {
	next := r.dates(time.Time{})
	for len(out) < n {
		at, ok := next()
		if !ok {
			return out
		}
		if !at.Before(from) {
			out = append(out, at)
		}
	}
	return out
}

func FuzzBetween(f *testing.F) {
	for _, rule := range hostileRules {
		f.Add(rule, int64(1_767_225_600), int64(1_800_000_000), false)
	}
	f.Fuzz(func(t *testing.T, rule string, start, from int64, allDay bool) {
		e := Set{Start: time.Unix(start, 0).UTC(), AllDay: allDay, Rules: rule}
		before := time.Time{}
		for _, o := range e.Between(time.Unix(from, 0), time.Time{}) {
			if !o.Start.After(before) && !before.IsZero() || o.Last(allDay).Before(time.Unix(from, 0)) {
				t.Fatalf("%q: %v after %v", rule, o, before)
			}
			before = o.Start
		}
	})
}

func BenchmarkFrom(b *testing.B) {
	start := time.Date(2016, 1, 4, 19, 0, 0, 0, time.UTC)
	for _, rule := range []string{"FREQ=WEEKLY;BYDAY=MO", "FREQ=DAILY;COUNT=400", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"} {
		e := Set{Start: start, Zone: zone(b, "Europe/Brussels"), Rules: rule}
		b.Run(rule, func(b *testing.B) {
			for b.Loop() {
				for range e.From(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)) {
					break
				}
			}
		})
	}
}

func TestRule(t *testing.T) {
	for written, want := range map[string]string{
		" rrule:freq=weekly; byday=mo ;": "FREQ=WEEKLY;BYDAY=MO", "RSCALE=GREGORIAN;FREQ=DAILY;SKIP=OMIT;COUNT=2": "FREQ=DAILY;COUNT=2",
		"FREQ=SECONDLY": "", "RSCALE=CHINESE;FREQ=DAILY": "", "every Monday": "", "": "",
	} {
		if got, err := Rule(written); (err == nil) != (want != "") || err == nil && got != want {
			t.Errorf("Rule(%q) = %q, %v; want %q", written, got, err, want)
		}
	}
}

func TestDivide(t *testing.T) {
	start := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)
	for _, test := range []struct{ rules, before, after string }{
		{"FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260119T095959Z", "FREQ=WEEKLY"},
		{"FREQ=WEEKLY;COUNT=5", "FREQ=WEEKLY;UNTIL=20260119T095959Z", "FREQ=WEEKLY;COUNT=3"},
		{"FREQ=WEEKLY;COUNT=2;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260119T095959Z", ""},
		{"", "", ""},
	} {
		before, after := (Set{Start: start, Rules: test.rules}).Divide(start.AddDate(0, 0, 14))
		if before != test.before || after != test.after {
			t.Errorf("Divide(%q) = %q, %q; want %q, %q", test.rules, before, after, test.before, test.after)
		}
	}
}

// What is divided gives the dates that it gave whole.
func TestDivideIsWhole(t *testing.T) {
	start := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)
	for _, rule := range []string{"FREQ=WEEKLY;COUNT=20", "FREQ=DAILY;INTERVAL=3;UNTIL=20260601T000000Z", "FREQ=MONTHLY;BYDAY=1MO;COUNT=9"} {
		whole := Set{Start: start, Rules: rule}
		dates := whole.Between(time.Time{}, time.Time{})
		for _, at := range dates[1:] {
			head, tail := whole, whole
			head.Rules, tail.Rules = whole.Divide(at.Start)
			tail.Start = at.Start
			got := append(head.Between(time.Time{}, time.Time{}), tail.Between(time.Time{}, time.Time{})...)
			if diff := cmp.Diff(dates, got); diff != "" {
				t.Fatalf("%s divided at %v (-whole +divided):\n%s", rule, at.Start, diff)
			}
		}
	}
}
