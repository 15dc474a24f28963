package ics

import (
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

// TestFaultyLines reads lines that many calendars have and RFC 5545 has not.
func TestFaultyLines(t *testing.T) {
	for line, want := range map[string]string{ // title, place, category or start
		"DTSTART;TZID=GMT+02:00:20270712T200000":                                              "2027-07-12T18:00:00Z",
		"DTSTART;TZID=+02:00:20270713T200000":                                                 "2027-07-13T18:00:00Z",
		"DTSTART;TZID=UTC+02:00;X-A=b:20270713T200000":                                        "2027-07-13T18:00:00Z",
		"DTSTART;TZID=tzone://Microsoft/Utc:20270714T200000":                                  "2027-07-14T20:00:00Z",
		`DTSTART;TZID="UTC+02:00":20270714T200000`:                                            "2027-07-14T18:00:00Z",
		"DTSTART;TZID=Europe/Brussels:20270716T200000":                                        "2027-07-16T18:00:00Z",
		"SUMMARY:Marché d&#8217;été &amp; brocante":                                           "Marché d’été & brocante",
		"SUMMARY:Concert <b>de l'été</b> (salle)":                                             "Concert de l'été (salle)",
		"SUMMARY:Note: A < B & C":                                                             "Note: A < B & C",
		"SUMMARY;X-A=b:Heure: 20270716T200000":                                                "Heure: 20270716T200000",
		"SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:March=C3=A9 d=E2=80=99=C3=A9t=C3=A9": "Marché d’été",
		"SUMMARY;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Salle des f=EAtes":              "Salle des fêtes",
		"SUMMARY;ENCODING=QUOTED-PRINTABLE:Deux =\nlignes =C3=A0 lire":                        "Deux lignes à lire",
		"SUMMARY;encoding=quoted-printable:100 =G":                                            "100 =G",
		`LOCATION:Salle &quot;Le Tilleul&quot;\, rue de l&#039;Église 4`:                      `Salle "Le Tilleul"|rue de l'Église 4`,
		"CATEGORIES:F&ecirc;tes &amp; culture,<i>Sport</i>":                                   "Fêtes & culture|Sport",
	} {
		if !strings.HasPrefix(line, "DTSTART") {
			line += "\nDTSTART:20260101T100000Z"
		}
		body := "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDESCRIPTION:x\n" + line + "\nEND:VEVENT\nEND:VCALENDAR\n"
		d, err := Format().Decode(federation.Document{Body: []byte(body)})
		if err != nil || len(d.Items) != 1 {
			t.Errorf("Decode(%q) = %d items, %v", line, len(d.Items), err)
			continue
		}
		it := d.Items[0]
		got := it.Title
		switch {
		case strings.HasPrefix(line, "DTSTART"):
			if got = "no event"; it.Event != nil {
				got = it.Event.Start.UTC().Format(time.RFC3339)
			}
		case strings.HasPrefix(line, "LOCATION"):
			got = it.Place.Name + "|" + it.Place.Address
		case strings.HasPrefix(line, "CATEGORIES"):
			got = strings.Join(it.Categories, "|")
		}
		if got != want {
			t.Errorf("Decode(%q) = %q, want %q", line, got, want)
		}
	}
}
