package portal

import (
	"slices"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

func alert(id, lang, severity string, hour int) search.Found {
	return search.Found{Item: federation.Item{ID: id, Source: "r/alerts", Language: lang, Published: time.Date(2026, 3, 1, hour, 0, 0, 0, time.UTC),
		Alert: &federation.Alert{Severity: severity}}}
}

// TestAlertsInOneLanguage: what one message says in several languages is shown
// once, in the reader's; what is there in another alone is shown all the same.
func TestAlertsInOneLanguage(t *testing.T) {
	found := []search.Found{alert("1fr", "fr", "moderate", 9), alert("1nl", "nl", "moderate", 9), alert("2fr", "fr", "extreme", 8),
		alert("3nl", "nl-BE", "minor", 7), alert("3fr", "fr", "minor", 7), alert("4nl", "nl", "severe", 6), alert("5nl", "nl", "severe", 6)}
	for lang, want := range map[string][]string{
		"nl": {"2fr", "4nl", "5nl", "1nl", "3nl"},
		"fr": {"2fr", "4nl", "5nl", "1fr", "3fr"},
		"de": {"2fr", "4nl", "5nl", "1fr", "3nl"},
	} {
		var got []string
		for _, f := range loudest(inOneLanguage(slices.Clone(found), lang)) {
			got = append(got, f.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("alerts for %s = %q, want %q", lang, got, want)
		}
	}
}
