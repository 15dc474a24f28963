package jsonld

import (
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestOpeningHours: a usual week is told to programs; what is more than that is
// for people to read.
func TestOpeningHours(t *testing.T) {
	spec := func(rest string) string {
		return `"openingHoursSpecification":[{"@type":"OpeningHoursSpecification",` + rest + `}]`
	}
	for _, c := range []struct {
		said string
		want federation.Hours
	}{
		{`"openingHours":["Mo-Tu 09:00-12:00,13:30-17:00","Sa 10:00-12:00"]`, "Mo 09:00-12:00; Mo 13:30-17:00; Tu 09:00-12:00; Tu 13:30-17:00; Sa 10:00-12:00"},
		{`"openingHours":"We 09:00-12:00"`, "We 09:00-12:00"},
		{`"openingHours":"We 09:00-12:00 sur rendez-vous"`, ""},
		{`"openingHours":["We 09:00-12:00","fermé en été"]`, ""},
		{spec(`"dayOfWeek":["https://schema.org/Thursday","Friday"],"opens":"14:00:00","closes":"18:00"`), "Th 14:00-18:00; Fr 14:00-18:00"},
		{spec(`"dayOfWeek":"Thursday","opens":"14:00","closes":"18:00","validFrom":"2026-07-01","validThrough":"2026-08-31"`), ""},
		{spec(`"dayOfWeek":"Thursday","opens":"14:00","closes":"18:00","description":"sauf jours fériés"`), ""},
		{`"openingHours":"Mo 09:00-12:00",` + spec(`"validFrom":"2026-12-25","validThrough":"2026-12-25","opens":"00:00","closes":"00:00"`), "Mo 09:00-12:00; 2026-12-25 off"},
		{`"telephone":"071 00 00 00"`, ""},
	} {
		body := `{"@context":"https://schema.org","@type":"Library","name":"Bibliothèque","address":"Rue Haute 3",` + c.said + `}`
		d, err := Format().Decode(federation.Document{Body: []byte(body), URL: "https://a.example/x.json"})
		if err != nil || len(d.Items) != 1 || d.Items[0].Place == nil {
			t.Errorf("%s: %d items, error %v", c.said, len(d.Items), err)
			continue
		}
		if got := d.Items[0].Place.Hours; got != c.want {
			t.Errorf("%s: hours %q, want %q", c.said, got, c.want)
		}
	}
}
