package dates

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/plonegov/carillon/federation"
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

// TestIn: a date without a zone is at home, whatever its language.
func TestIn(t *testing.T) {
	for zone, want := range map[string]string{"Europe/Lisbon": "Europe/Lisbon", "": federation.DefaultZone, "Local": federation.DefaultZone, "Mars/Olympus": federation.DefaultZone} {
		if got := In(zone).String(); got != want {
			t.Errorf("In(%q) = %s, want %s", zone, got, want)
		}
	}
}

// TestLocation reads the names of zones that calendars, servers and people write.
func TestLocation(t *testing.T) {
	for id, want := range map[string]string{
		"Europe/Paris": "Europe/Paris", "America/New York": "America/New_York", "Romance Standard Time": "Europe/Paris", "W. Europe Standard Time 1": "Europe/Berlin",
		"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris": "Europe/Brussels", "(UTC-05:00) Eastern Time (US & Canada)": "America/New_York",
		"/freeassociation.sourceforge.net/Tzfile/Europe/Rome": "Europe/Rome", "custom_Europe/Paris": "Europe/Paris", "tzone://Microsoft/Utc": "UTC", "Z": "UTC", "gmt": "UTC",
		"tzone://Microsoft/W. Europe Standard Time": "Europe/Berlin", `"Europe/Vaduz"`: "Europe/Vaduz",
		"GMT+02:00": "+0200", "UTC+1": "+0100", "+02:00": "+0200", "-0330": "-0330", "(UTC-03:00) Nowhere": "-0300",
		"": "", "Local": "", "local": "", "../../etc/passwd": "", "/etc/localtime": "", "Mars/Olympus": "", "EST+5": "", "tzone://Microsoft/Custom": "",
	} {
		got := ""
		if loc := Location(id); loc != nil {
			if got = loc.String(); got == "" {
				got = time.Date(2026, 1, 1, 0, 0, 0, 0, loc).Format("-0700")
			}
		}
		if got != want {
			t.Errorf("Location(%q) = %q, want %q", id, got, want)
		}
	}
}

// TestParseZones: a date may name its zone in any of these ways.
func TestParseZones(t *testing.T) {
	for zone, want := range map[string]string{"Z": "2026-07-01T10:00:00Z", "+02:00": "2026-07-01T08:00:00Z", " GMT+02:00": "2026-07-01T08:00:00Z", " UTC+1": "2026-07-01T09:00:00Z",
		" Europe/Lisbon": "2026-07-01T09:00:00Z", " America/New_York": "2026-07-01T14:00:00Z", " Etc/UTC": "2026-07-01T10:00:00Z", " Europe/Atlantis": ""} {
		s := "2026-07-01T10:00:00" + zone
		got, ok := Parse(s, "", nil)
		if have := format(got, ok); have != want || ok && !Zoned(s, "") {
			t.Errorf("Parse(%q) = %q, zoned %v; want %q", s, have, Zoned(s, ""), want)
		}
	}
	if Zoned("2026-07-01T10:00:00", "") {
		t.Error("a date without a zone has one")
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
