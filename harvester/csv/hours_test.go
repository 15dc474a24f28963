package csv_test

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestHours: what is written as schema.org does is known; anything else is text
// alone, and the text has all of it.
func TestHours(t *testing.T) {
	for written, want := range map[string]federation.Hours{
		"Mo-Tu 09:00-12:00, 13:30-17:00; Sa 10:00-12:00": "Mo 09:00-12:00; Mo 13:30-17:00; Tu 09:00-12:00; Tu 13:30-17:00; Sa 10:00-12:00",
		"Mo 09:00-12:00;":           "Mo 09:00-12:00",
		"Mo-Fr 09:00-12:00; PH off": "", "du lundi au vendredi de 9 h à 12 h": "", "Mo-Fr 09:00-12:00 sur rendez-vous": "", "": "",
	} {
		for _, header := range []string{"Horaires d'ouverture", "Openingsuren", "Öffnungszeiten", "opening_hours"} {
			d := decode(t, table("Nom,Adresse,\""+header+"\"\nPiscine,rue Haute 1,\""+written+"\"\nCrèche,rue Basse 2,\n"))
			if len(d.Items) != 2 || d.Items[0].Place == nil || d.Items[0].Place.Hours != want {
				t.Errorf("%s %q: %+v, want hours %q", header, written, d.Items[0].Place, want)
				continue
			}
			if !strings.Contains(d.Items[0].Content.String(), written) || d.Items[1].Place.Hours != "" {
				t.Errorf("%s %q: the text is %s", header, written, d.Items[0].Content)
			}
		}
	}
}
