package federation

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Life of an alert. Where its source says no end, or one so far off that it
// says none, it is over AlertLife after its last state, which each update of
// the source renews. A drought or bad water lasts for weeks; nothing that warns
// of danger is said once and holds for longer than farthestEnd.
const (
	AlertLife   = 72 * time.Hour
	farthestEnd = 60 * 24 * time.Hour
)

// The values of CAP 1.2 (3.2.2), the gravest first.
var (
	Severities = []string{"extreme", "severe", "moderate", "minor", "unknown"}
	Urgencies  = []string{"immediate", "expected", "future", "past", "unknown"}
)

// Until is when the item is over: its end date, of an alert never later than
// the life of an alert allows. Zero = it has no end.
func (i Item) Until() time.Time {
	if i.Type != AlertItem {
		return i.Expires
	}
	last := i.stated()
	switch {
	case !i.Expires.IsZero() && (last.IsZero() || i.Expires.Sub(last) <= farthestEnd):
		return i.Expires
	case last.IsZero():
		return time.Time{}
	}
	return last.Add(AlertLife)
}

// stated is when the source last said what an alert says, never later than it
// was read: a date to come renews nothing.
func (i Item) stated() time.Time {
	last := i.Updated
	if last.IsZero() {
		last = i.Published
	}
	if read := i.Provenance.Fetched; !read.IsZero() && (last.IsZero() || last.After(read)) {
		return read
	}
	return last
}

// Over reports whether the item is an alert that warns of nothing any more:
// its source says so, or its time is over.
func (i Item) Over(now time.Time) bool {
	if i.Type != AlertItem {
		return false
	}
	until := i.Until()
	return i.Alert != nil && i.Alert.Ended || !until.IsZero() && !until.After(now)
}

// Lifted reports whether what an alert says is that there is no danger (CAP
// 1.2, 3.2.2): it takes a warning back, is of the past, or asks for nothing in
// the face of little.
func (a Alert) Lifted() bool {
	nothing := len(a.Response) > 0 && !slices.ContainsFunc(a.Response, func(r string) bool { return r != "none" })
	little := a.Severity == "minor" || a.Severity == "unknown" || a.Severity == ""
	return a.Urgency == "past" || slices.Contains(a.Response, "allclear") || nothing && little
}

// Gravity is how loud an alert is, the least first: severity, then urgency, 0
// to 24. An item without the values is of unknown ones.
func (i Item) Gravity() int {
	if i.Alert == nil {
		return gravity("", "")
	}
	return gravity(i.Alert.Severity, i.Alert.Urgency)
}

func gravity(severity, urgency string) int {
	return rankIn(Severities, severity)*len(Urgencies) + rankIn(Urgencies, urgency)
}

func rankIn(values []string, v string) int {
	if n := slices.Index(values, v); n >= 0 {
		return n
	}
	return len(values) - 1
}

// SpeaksForAll reports whether the alerts of a member may be for more than its
// own territory: those of a region, a province or an agency.
func (m Member) SpeaksForAll() bool {
	return m.Kind == KindRegion || m.Kind == KindProvince || m.Kind == KindAgency
}

// calm are the words by which publishers say that there is nothing to warn of.
var calm = []string{"green", "vert", "verte", "groen", "groene", "grün", "gruen", "grüne", "verde", "berdea"}

// IsCalm reports whether s is one of them: the severity of some publishers.
func IsCalm(s string) bool { return slices.Contains(calm, strings.ToLower(strings.TrimSpace(s))) }

// levels are how the names of such parameters end, letters alone.
var levels = []string{"awarenesslevel", "alertlevel", "warninglevel", "warnlevel", "color", "colour", "colorcode", "colourcode",
	"couleur", "niveau", "vigilance", "stufe", "farbe", "kleur", "kleurcode"}

// CalmLevel reports whether a parameter of an alert is a level of awareness
// that asks for none: "awareness_level" is "1; green; Minor" in the profile of
// MeteoAlarm, where 1 is no warning.
func CalmLevel(name, value string) bool {
	name = strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
	if !slices.ContainsFunc(levels, func(known string) bool { return strings.HasSuffix(name, known) }) {
		return false
	}
	parts := strings.FieldsFunc(value, func(r rune) bool { return r == ';' || r == ',' || r == '|' || r == '/' || unicode.IsSpace(r) })
	return slices.ContainsFunc(parts, IsCalm) || strings.HasSuffix(name, "awarenesslevel") && len(parts) > 0 && parts[0] == "1"
}
