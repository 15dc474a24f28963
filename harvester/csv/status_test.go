package csv

import (
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestStatus: what a table says of whether an event takes place, in whatever
// language its heading is, with a date or without one that can be read.
func TestStatus(t *testing.T) {
	for table, want := range map[string]string{
		"Titre;Date;Statut\nBal;01/07/2027;Annulé\n":           federation.EventCancelled,
		"Titel;Datum;Status\nBal;01/07/2027;Afgelast\n":        federation.EventCancelled,
		"Titel;Datum;Zustand\nBal;01.07.2027;verschoben\n":     federation.EventTentative,
		"title;start;event_status\nBal;2027-07-01;CANCELLED\n": federation.EventCancelled,
		"Titre;Date;État\nBal;jeudi prochain;annulée\n":        federation.EventCancelled,
		"Titre;Date;Statut\nBal;01/07/2027;complet\n":          "",
	} {
		d, err := Format().Decode(federation.Document{Body: []byte(table), Source: federation.Source{Type: federation.EventItem}})
		if err != nil || len(d.Items) != 1 || d.Items[0].Event == nil {
			t.Errorf("%q: %+v, error %v", table, d.Items, err)
		} else if got := d.Items[0].Event.Status; got != want {
			t.Errorf("%q: status %q, want %q", table, got, want)
		}
	}
}
