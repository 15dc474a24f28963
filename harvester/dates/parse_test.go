package dates

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func TestParse(t *testing.T) {
	brussels, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ in, lang, want string }{
		// Written out.
		{"mardi 4 mars 2025", "fr", "2025-03-03T23:00:00Z"},
		{"mar. 4 mars 2025 à 9h", "fr", "2025-03-04T08:00:00Z"},
		{"Publié le 1er juillet 2025 à 09:30", "fr", "2025-07-01T07:30:00Z"},
		{"mar, 15 jul 2025 10:00:00 +0200", "es", "2025-07-15T08:00:00Z"},
		{"4 de marzo de 2025, 18:30 h", "es", "2025-03-04T17:30:00Z"},
		{"Mi., 5. März 2025, 14.05 Uhr", "de", "2025-03-05T13:05:00Z"},
		{"do 6 mrt. 2025 om 20.00 uur", "nl", "2025-03-06T19:00:00Z"},
		{"martedì 11 marzo 2025 ore 18:30", "it", "2025-03-11T17:30:00Z"},
		{"2025eko martxoaren 4a, 18:30", "eu", "2025-03-04T17:30:00Z"},
		{"2025ko ekainak 12", "eu", "2025-06-11T22:00:00Z"},
		{"4th of March 2025 at 2:05 pm", "en", "2025-03-04T13:05:00Z"},
		{"March 4, 2025 2:05PM", "en", "2025-03-04T13:05:00Z"},
		{"12 fe\u0301vrier 2025", "fr", "2025-02-11T23:00:00Z"}, // decomposed
		{"5-jan-2025", "", "2025-01-04T23:00:00Z"},
		// In numbers.
		{"03/04/2025", "fr", "2025-04-02T22:00:00Z"},
		{"03/04/2025", "en-US", "2025-03-03T23:00:00Z"},
		{"13/04/2025", "en-US", "2025-04-12T22:00:00Z"},
		{"3.4.2025", "de", "2025-04-02T22:00:00Z"},
		{"20250403T141500Z", "", "2025-04-03T14:15:00Z"},
		{"2025-093", "", "2025-04-02T22:00:00Z"},
		{"2025-04-03T24:00:00", "", "2025-04-03T22:00:00Z"},
		{"2025-04-03 14:15 CEST", "", "2025-04-03T12:15:00Z"},
		{"1743690600000", "", "2025-04-03T14:30:00Z"},
		// RFC 822 and its variants.
		{"Thu, 03 Apr 2025 14:15:00 +0200 (CEST)", "", "2025-04-03T12:15:00Z"},
		{"Thu, 03 Apr 2025 14:15:00 GMT+0200", "", "2025-04-03T12:15:00Z"},
		{"Thu Apr  3 14:15:00 CEST 2025", "", "2025-04-03T12:15:00Z"},
		{"Thu, 03 Apr 2025 14:15:00 --0700", "", "2025-04-03T21:15:00Z"},
		// Refused.
		{"", "fr", ""},
		{"hier", "fr", ""},
		{"31 février 2025", "fr", ""},
		{"mars 2025", "fr", ""},
		{"le 5", "fr", ""},
		{"12", "", ""},
		{"13 mars 2025 25:00", "fr", ""},
		{"13 PM", "en", ""},
		{"mars mars mars", "fr", ""},
		{"2025-02-30", "", ""},
		{"2025-04-03T", "", ""},
		{"Thu, 03 Apr 2025 14:15:00 +9999", "", ""},
	}
	for _, test := range tests {
		got, ok := Parse(test.in, test.lang, brussels)
		if s := format(got, ok); s != test.want {
			t.Errorf("Parse(%q, %q) = %q, want %q", test.in, test.lang, s, test.want)
		}
	}
}

func TestZone(t *testing.T) {
	for lang, want := range map[string]string{"fr": "Europe/Brussels", "nl-BE": "Europe/Brussels", "fr-CA": "UTC", "en": "UTC", "": "UTC"} {
		if got := Zone(lang).String(); got != want {
			t.Errorf("Zone(%q) = %s, want %s", lang, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("ven., 07 févr. 2025 14:05:00 +0100", "fr")
	f.Add("2025ko otsailaren 7a", "eu")
	f.Add("Thu, 03 Apr 25 2:15pm (CEST)", "en-US")
	f.Fuzz(func(t *testing.T, s, lang string) {
		if got, ok := Parse(s, lang, nil); ok == got.IsZero() && got.Year() != 1 {
			t.Errorf("Parse(%q, %q) = %v, %v", s, lang, got, ok)
		}
	})
}
