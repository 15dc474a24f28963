package federation

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The values of Event.Status; "" is one that nobody said, or nobody here
// understands.
const (
	EventConfirmed = "confirmed"
	EventTentative = "tentative"
	EventCancelled = "cancelled"
)

// statusWords are how the words for a status begin, in the languages of the
// hub's publishers and without accents, the gravest status first.
var statusWords = []struct {
	status string
	stems  string
}{
	{EventCancelled, "cancel annul abgesagt absage abgesetzt entfall entfaell ausgefallen afgelast afgelas gecancel geannul supprim anulad bertan storniert aufgehob afgeschaft geschrapt vervalt vervall deprogramm terminabsag sitzungsabsag sitzungsausf terminausf"},
	{EventTentative, "postpon reschedulepending verschob verschieb terminverschieb terminverleg verleg vertag aufgeschob reporte ajourn differ uitgestel verdaag verplaats aplaza pospue rinvi " +
		"sospes atzera tentativ provis vorlauf vorbehalt voorlopig voorbehoud deferred delayed suspen"},
	{EventConfirmed, "confirm scheduled rescheduled movedonline bestatigt bestaetigt bevestig mainten maintien gehandhaafd"},
}

// statusPhrases are those of several words.
var statusPhrases = []struct{ status, phrase string }{
	{EventCancelled, "fallt aus"}, {EventCancelled, "faellt aus"}, {EventCancelled, "gaat niet door"}, {EventCancelled, "n aura pas lieu"},
	{EventCancelled, "called off"}, {EventCancelled, "n a pas lieu"}, {EventCancelled, "fallt weg"}, {EventCancelled, "faellt weg"},
	{EventCancelled, "findet nicht statt"},
	{EventTentative, "sous reserve"}, {EventTentative, "date ulterieure"}, {EventTentative, "latere datum"}, {EventTentative, "later tijdstip"},
	{EventTentative, "neuer termin"}, {EventTentative, "later date"}, {EventTentative, "a confirmer"}, {EventTentative, "to be confirmed"}, {EventTentative, "te bevestigen"},
	{EventConfirmed, "findet statt"}, {EventConfirmed, "gaat door"}, {EventConfirmed, "moved online"},
}

// EventStatus reads what a source says of whether an event takes place: a word
// of RFC 5545 (3.8.1.11), a member of schema.org's EventStatusType in any of
// the ways one is named, or a few words of people in the languages around here.
// Of several the gravest holds. What is not understood is "", never that all is
// well.
func EventStatus(said ...string) string {
	found := ""
	for _, s := range said {
		if status := statusOf(s); rankOf(status) < rankOf(found) {
			found = status
		}
	}
	return found
}

func rankOf(status string) int {
	if i := slices.Index([]string{EventCancelled, EventTentative, EventConfirmed}, status); i >= 0 {
		return i
	}
	return 3
}

// maxStatus is how much of a text is looked at, in bytes: a status is no prose.
const maxStatus = 200

// denials turn what follows them into nothing that is known for certain.
var denials = []string{"not", "non", "pas", "niet", "nicht", "no", "ne", "kein", "keine", "geen"}

func statusOf(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), "/#")
	if len(s) > maxStatus {
		return ""
	}
	if !strings.ContainsAny(s, " \t\n") {
		s = s[strings.LastIndexAny(s, "/#:")+1:]
	}
	words := strings.FieldsFunc(plainWords(s), func(r rune) bool { return !unicode.IsLetter(r) })
	line := " " + strings.Join(words, " ") + " "
	for _, p := range statusPhrases {
		if strings.Contains(line, " "+p.phrase+" ") {
			return p.status
		}
	}
	if slices.ContainsFunc(words, func(w string) bool { return slices.Contains(denials, w) }) {
		return ""
	}
	for _, group := range statusWords {
		for stem := range strings.FieldsSeq(group.stems) {
			if slices.ContainsFunc(words, func(w string) bool {
				return strings.HasPrefix(w, stem) || strings.HasPrefix(w, "event"+stem)
			}) {
				return group.status
			}
		}
	}
	return ""
}

// plainWords is s in lower case and without accents.
func plainWords(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(s)))
}
