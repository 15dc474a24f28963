package demo

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// clock turns the dates of the content, which count from the day the demo is
// started, into real ones.
type clock struct{ now time.Time }

// moment is "-2 09:15" (days from today and a local time), or "+12 sat 10:00":
// the first Saturday that is twelve days away or more.
var moment = regexp.MustCompile(`^([+-]\d+)(?: (mon|tue|wed|thu|fri|sat|sun))?(?: (\d\d):(\d\d))?$`)

// span is a moment and its end: "-12:00" the same day, " +1 18:00" a number of
// days later, " +1" whole days up to and with the last.
var span = regexp.MustCompile(`^(.*?)(?:-(\d\d):(\d\d)| \+(\d+)(?: (\d\d):(\d\d))?)?$`)

var weekdays = map[string]time.Weekday{
	"mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday, "thu": time.Thursday,
	"fri": time.Friday, "sat": time.Saturday, "sun": time.Sunday,
}

// at returns a moment, and whether it is a day without a time.
func (c clock) at(s string) (t time.Time, day bool, err error) {
	m := moment.FindStringSubmatch(s)
	if m == nil {
		return t, false, fmt.Errorf("%q is not a moment such as \"-2 09:15\" or \"+12 sat\"", s)
	}
	offset, _ := strconv.Atoi(m[1])
	t = c.day(offset)
	for m[2] != "" && t.Weekday() != weekdays[m[2]] {
		t = t.AddDate(0, 0, 1)
	}
	return atTime(t, m[3], m[4]), m[3] == "", nil
}

// published is at, never later than now.
func (c clock) published(s string) (time.Time, error) {
	t, _, err := c.at(s)
	for t.After(c.now) {
		t = t.AddDate(0, 0, -1)
	}
	return t, err
}

// event returns the start and the exclusive end.
func (c clock) event(s string) (start, end time.Time, allDay bool, err error) {
	m := span.FindStringSubmatch(s)
	if start, allDay, err = c.at(m[1]); err != nil {
		return start, end, false, err
	}
	days, _ := strconv.Atoi(m[4])
	switch day := midnight(start).AddDate(0, 0, days); {
	case m[2] != "":
		end = atTime(day, m[2], m[3])
	case m[5] != "":
		end = atTime(day, m[5], m[6])
	case allDay:
		end = day.AddDate(0, 0, 1)
	}
	if !end.IsZero() && !end.After(start) {
		return start, end, false, fmt.Errorf("%q ends before it begins", s)
	}
	return start, end, allDay, nil
}

// inSeason tells whether content marked cold or warm fits the date.
func (c clock) inSeason(season string) bool {
	warm := c.now.Month() >= time.April && c.now.Month() <= time.September
	return season == "" || (season == "warm") == warm
}

func (c clock) day(offset int) time.Time { return midnight(c.now).AddDate(0, 0, offset) }

func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

func atTime(day time.Time, hour, minute string) time.Time {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	y, mo, d := day.Date()
	return time.Date(y, mo, d, h, m, 0, 0, day.Location())
}

// slot is what stands for a date in a text: {when}, {until}, {+12 sat},
// {year}, {year+1}.
var slot = regexp.MustCompile(`\{(when|until|year(?:[+-]\d+)?|[+-]\d+(?: [a-z]{3})?)\}`)

// fill replaces the slots of a text by dates in its language.
func (c clock) fill(text, lang string, start, end time.Time) string {
	return slot.ReplaceAllStringFunc(text, func(s string) string {
		s = strings.Trim(s, "{}")
		if offset, ok := strings.CutPrefix(s, "year"); ok {
			n, _ := strconv.Atoi(offset)
			return strconv.Itoa(c.now.Year() + n)
		}
		switch s {
		case "when":
			return longDay(start, lang)
		case "until":
			return longDay(end.Add(-time.Second), lang)
		}
		t, _, err := c.at(s)
		if err != nil {
			return s
		}
		return longDay(t, lang)
	})
}

var dayNames = map[string][]string{
	"fr": {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
	"nl": {"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
	"de": {"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
}

var monthNames = map[string][]string{
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	"nl": {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
	"de": {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
}

// longDay is a day as one writes it in a sentence: "samedi 5 décembre",
// "Samstag, 5. Dezember".
func longDay(t time.Time, lang string) string {
	if dayNames[lang] == nil {
		lang = "fr"
	}
	day, month := dayNames[lang][t.Weekday()], monthNames[lang][t.Month()-1]
	number := strconv.Itoa(t.Day())
	switch {
	case lang == "de":
		return day + ", " + number + ". " + month
	case lang == "fr" && t.Day() == 1:
		number = "1er"
	}
	return day + " " + number + " " + month
}
