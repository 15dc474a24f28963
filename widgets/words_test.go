package widgets

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
)

func TestEveryLanguageHasEverySentence(t *testing.T) {
	var want []string
	for _, lang := range federation.Languages {
		b, err := localeFiles.ReadFile("locales/active." + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		messages := map[string]string{}
		if err := json.Unmarshal(b, &messages); err != nil {
			t.Fatal(err)
		}
		got := slices.Sorted(maps.Keys(messages))
		if want == nil {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("sentences of %s (-want +got):\n%s", lang, diff)
		}
		for _, kind := range federation.ItemTypes {
			if messages["type_"+string(kind)] == "" {
				t.Errorf("%s has no word for type %q", lang, kind)
			}
		}
	}
}

func TestWhen(t *testing.T) {
	all, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	evening := federation.Event{Start: at("2026-11-01T19:30:00+01:00"), End: at("2026-11-01T21:00:00+01:00")}
	open := federation.Event{Start: at("2026-06-05T18:00:00Z")} // no zone of its own: shown as the communes'
	day := federation.Event{Start: at("2026-05-01T00:00:00Z"), End: at("2026-05-02T00:00:00Z"), AllDay: true}
	weekend := federation.Event{Start: at("2026-05-01T00:00:00Z"), End: at("2026-05-04T00:00:00Z"), AllDay: true}
	months := federation.Event{Start: at("2026-07-15T10:00:00+02:00"), End: at("2026-09-01T18:00:00+02:00")}
	years := federation.Event{Start: at("2026-12-20T00:00:00Z"), End: at("2027-01-05T00:00:00Z"), AllDay: true}
	toMidnight := federation.Event{Start: at("2026-12-31T20:00:00+01:00"), End: at("2027-01-01T00:00:00+01:00")}
	for _, c := range []struct {
		lang  string
		event federation.Event
		want  string
	}{
		{"fr", evening, "1er novembre 2026, de 19h30 à 21h"},
		{"nl", evening, "1 november 2026, van 19.30 uur tot 21 uur"},
		{"de", evening, "1. November 2026, 19.30 Uhr bis 21 Uhr"},
		{"en", evening, "1 November 2026, 19:30 to 21:00"},
		{"fr", open, "5 juin 2026 à 20h"},
		{"nl", open, "5 juni 2026 om 20 uur"},
		{"fr", day, "1er mai 2026"},
		{"fr", weekend, "du 1er au 3 mai 2026"},
		{"nl", weekend, "van 1 tot 3 mei 2026"},
		{"de", weekend, "1. bis 3. Mai 2026"},
		{"en", weekend, "1 to 3 May 2026"},
		{"fr", months, "du 15 juillet au 1er septembre 2026"},
		{"de", months, "15. Juli bis 1. September 2026"},
		{"en", years, "20 December 2026 to 4 January 2027"},
		{"fr", toMidnight, "31 décembre 2026, de 20h à 0h"},
	} {
		if got := all[c.lang].when(c.event); got != c.want {
			t.Errorf("%s: when(%v – %v) = %q, want %q", c.lang, c.event.Start, c.event.End, got, c.want)
		}
	}
}
