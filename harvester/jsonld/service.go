package jsonld

import (
	"strings"

	"github.com/plonegov/carillon/federation"
)

// service reads a GovernmentService or a Service: who gives it to whom, where
// and how one asks for it.
func (w *writing) service(n node) {
	w.Type = federation.Service
	w.fact(n, "provider", "provider", "serviceOperator", "broker")
	w.fact(n, "area", "areaServed", "serviceArea", "jurisdiction")
	w.fact(n, "audience", "audience", "serviceAudience")
	w.fact(n, "channel", "availableChannel")
	w.fact(n, "output", "serviceOutput", "produces")
	w.hours(n)
	w.prices(n)
	w.contact(n)
	w.fact(n, "links", "sameAs")
}

// announcement reads a SpecialAnnouncement. schema.org has no degrees of
// danger, so they are unknown.
func (w *writing) announcement(n node) {
	w.Type = federation.AlertItem
	a := &federation.Alert{Severity: "unknown", Urgency: "unknown", Certainty: "unknown"}
	a.Areas = w.texts(n["spatialCoverage"], w.lang)
	if c := w.reading.text(n["category"], w.lang); !strings.HasPrefix(c, "http") {
		a.Event = c
	}
	w.told["category"], w.told["spatialCoverage"] = true, true
	w.Alert = a
	if at := w.first(n["announcementLocation"]); at != nil {
		w.Place, w.told["announcementLocation"] = w.venue(at), true
	}
	w.fact(n, "links", "newsUpdatesAndGuidelines", "gettingTestedInfo", "diseasePreventionInfo", "governmentBenefitsInfo",
		"publicTransportClosuresInfo", "quarantineGuidelines", "schoolClosuresInfo", "travelBans", "webFeed")
}

// job reads a JobPosting: a vacancy at the town hall is news.
func (w *writing) job(n node) {
	w.Type = federation.News
	w.fact(n, "employer", "hiringOrganization")
	if at := w.first(n["jobLocation"]); at != nil {
		w.Place, w.told["jobLocation"] = w.venue(at), true
	}
}
