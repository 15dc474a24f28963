package federation

import "testing"

func TestEventStatus(t *testing.T) {
	for said, want := range map[string]string{
		"CANCELLED": "cancelled", "Canceled": "cancelled", "https://schema.org/EventCancelled": "cancelled", "http://schema.org/EventCancelled/": "cancelled",
		"schema:EventCancelled": "cancelled", "https://schema.org/#EventCancelled": "cancelled", "Annulé": "cancelled", "ANNULÉE": "cancelled",
		"La séance est annulée": "cancelled", "Sitzung entfällt": "cancelled", "abgesagt": "cancelled", "ausgefallen": "cancelled", "fällt aus": "cancelled",
		"Geannuleerd": "cancelled", "afgelast": "cancelled", "Gaat niet door": "cancelled", "findet nicht statt": "cancelled", "Cancelado": "cancelled",
		"storniert": "cancelled", "Die Sitzung wurde aufgehoben": "cancelled", "Afgeschaft": "cancelled", "vervalt": "cancelled", "DÉPROGRAMMÉ": "cancelled",
		"Sitzungsausfall": "cancelled", "n’a pas lieu": "cancelled", "fällt weg": "cancelled",
		"Terminverschiebung": "tentative", "remise à une date ultérieure": "tentative", "naar een latere datum": "tentative", "Sitzung verschiebt sich": "tentative",
		"POSTPONED": "tentative", "EventPostponed": "tentative", "schema:EventPostponed": "tentative", "verschoben": "tentative", "Vertagt": "tentative",
		"reporté": "tentative", "Reportée": "tentative", "uitgesteld": "tentative", "VERDAAGD": "tentative", "TENTATIVE": "tentative", "à confirmer": "tentative",
		"CONFIRMED": "confirmed", "EventScheduled": "confirmed", "https://schema.org/EventRescheduled": "confirmed", "EventMovedOnline": "confirmed",
		"bestätigt": "confirmed", "findet statt": "confirmed",
		"": "", "EventSomethingNew": "", "https://example.org/": "", "eingeladen": "", "terminiert": "", "nicht abgesagt": "", "not cancelled": "", "pas annulé": "",
		"niet afgelast": "", "NEEDS-ACTION": "", "2": "",
	} {
		if got := EventStatus(said); got != want {
			t.Errorf("EventStatus(%q) = %q, want %q", said, got, want)
		}
	}
	if got := EventStatus("EventScheduled", "EventMovedOnline", "EventCancelled"); got != "cancelled" {
		t.Errorf("EventStatus of several = %q, want the gravest", got)
	}
}
