package main

import (
	"strings"
	"testing"
)

// TestTrialStatus reads hub/06 and hub/07 of the shared trials: a cancellation
// is told however it is written, with a date or without.
func TestTrialStatus(t *testing.T) {
	h := newTimes(t, commune+`      - {slug: j2, format: jsonld, url: "@/j2.json"}
`, map[string]string{"/j2.json": trial(t, "hub", "06-cancelled-event-confirmed", "j2.json")})
	for title, want := range map[string]string{
		"Concert à l'orangerie": "cancelled", "Balade contée": "cancelled", "Tournoi d'échecs": "tentative",
		"Bal du bourgmestre": "cancelled", "Journée de l'arbre": "cancelled", "Nuit du livre": "confirmed",
	} {
		it := h.titled(t, "m/j2", title)
		if it.Event == nil || it.Event.Status != want {
			t.Errorf("%s: event %+v, want it %s", title, it.Event, want)
			continue
		}
		text := it.Content.Text()
		if word := map[string]string{"cancelled": "Annulé", "tentative": "Reporté"}[want]; it.Event.Start.IsZero() && !strings.Contains(text, word) {
			t.Errorf("%s says %q, want %s", title, text, word)
		}
	}
}

// TestStatus: what a source says of whether an event takes place is kept in
// every format, with a date that cannot be read, and in the item's language.
func TestStatus(t *testing.T) {
	page := func(status string) string {
		return `{"@context":"https://schema.org","@type":"Event","name":"Bal","url":"@BASE@/bal","startDate":"2027-07-01T20:00","eventStatus":` + status + `}`
	}
	docs := map[string]string{
		"/ref.json": page(`{"@id":"https://schema.org/EventPostponed"}`), "/compact.json": page(`"schema:EventCancelled"`),
		"/slash.json": page(`"http://schema.org/EventCancelled/"`), "/list.json": page(`[{"@id":"schema:EventScheduled"},{"@id":"schema:EventCancelled"}]`),
		"/moved.json": page(`{"@type":"EventStatusType","@id":"https://schema.org/EventMovedOnline"}`), "/later.json": page(`"EventRescheduled"`),
		"/unknown.json": page(`"https://schema.org/EventBewitched"`), "/none.json": strings.Replace(page(`null`), `,"eventStatus":null`, "", 1),
		"/words.ics":        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Bal\r\nDTSTART:20270701T200000\r\nSTATUS:Afgelast\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		"/undated.ics":      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Bal\r\nDTSTART:samedi\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		"/undated.xml":      `<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>A</title><link>@BASE@/</link><description>d</description><item><title>Bal</title><link>@BASE@/bal</link><ev:startdate>samedi soir</ev:startdate><ev:status>Annulé</ev:status></item></channel></rss>`,
		"/undatedp.json":    `{"@id":"@BASE@/bal","@type":"Event","UID":"e1","title":"Bal","start":null,"event_status":"annulé","parent":{}}`,
		"/undatedo.json":    `{"data":[{"id":"@BASE@/m/1","type":"https://schema.oparl.org/1.1/Meeting","name":"Bal","meetingState":"Sitzung fällt aus"}],"pagination":{"totalElements":1},"links":{}}`,
		"/moved.oparl.json": `{"data":[{"id":"@BASE@/m/1","type":"https://schema.oparl.org/1.1/Meeting","name":"Bal","start":"2027-07-01T20:00:00","meetingState":"verschoben"}],"pagination":{"totalElements":1},"links":{}}`,
	}
	h := newTimes(t, commune+`      - {slug: ref, format: jsonld, url: "@/ref.json"}
      - {slug: compact, format: jsonld, url: "@/compact.json"}
      - {slug: slash, format: jsonld, url: "@/slash.json"}
      - {slug: list, format: jsonld, url: "@/list.json"}
      - {slug: moved, format: jsonld, url: "@/moved.json"}
      - {slug: later, format: jsonld, url: "@/later.json"}
      - {slug: unknown, format: jsonld, url: "@/unknown.json"}
      - {slug: none, format: jsonld, url: "@/none.json"}
      - {slug: words, url: "@/words.ics"}
      - {slug: undated, url: "@/undated.ics"}
      - {slug: rss, url: "@/undated.xml"}
      - {slug: plone, format: plone, url: "@/undatedp.json"}
      - {slug: oparl, format: oparl, language: de, url: "@/undatedo.json"}
      - {slug: oparl2, format: oparl, language: de, url: "@/moved.oparl.json"}
`, docs)
	for source, want := range map[string]string{"ref": "tentative", "compact": "cancelled", "slash": "cancelled", "list": "cancelled", "moved": "confirmed",
		"later": "confirmed", "unknown": "", "none": "confirmed", "words": "cancelled", "undated": "cancelled", "rss": "cancelled", "plone": "cancelled",
		"oparl": "cancelled", "oparl2": "tentative"} {
		it := h.titled(t, "m/"+source, "Bal")
		if it.Event == nil || it.Event.Status != want {
			t.Errorf("%s: event %+v, want it %q", source, it.Event, want)
			continue
		}
		if it.Event.Start.IsZero() && !strings.Contains(strings.ToLower(it.Content.Text()), map[bool]string{true: "fällt aus", false: "annulé"}[source == "oparl"]) {
			t.Errorf("%s says %q, want that it is off", source, it.Content.Text())
		}
	}
	if it := h.titled(t, "m/unknown", "Bal"); !strings.Contains(it.Content.Text(), "bewitched") {
		t.Errorf("an unknown status is lost: %q", it.Content.Text())
	}
}

// TestTrialCouncil reads hub/21 and hub/23 of the shared trials.
func TestTrialCouncil(t *testing.T) {
	h := newTimes(t, commune+`      - {slug: pm, format: plonemeeting, url: "@/items.json"}
      - {slug: rat, format: oparl, language: de, url: "@/meetings.json"}
`, map[string]string{"/items.json": trial(t, "hub", "21-plonemeeting-item-without-state-published", "items.json"),
		"/meetings.json": trial(t, "hub", "23-oparl-postponed-meeting-looks-firm", "meetings.json")})
	if all := h.items(t, "m/pm"); len(all) != 1 || all[0].Title != "Zone 30 rue Haute" {
		t.Errorf("%d points are public, want the one that says so", len(all))
	}
	for title, want := range map[string]string{"Sitzung 1": "cancelled", "Sitzung 2": "cancelled", "Sitzung 3": "tentative", "Sitzung 4": "", "Sitzung 6": "cancelled",
		"Sitzung 8": "cancelled", "Sitzung 9": "cancelled", "Sitzung 11": "cancelled", "Sitzung 12": ""} {
		if it := h.titled(t, "m/rat", title); it.Event == nil || it.Event.Status != want {
			t.Errorf("%s: %+v, want it %q", title, it.Event, want)
		}
	}
}

// TestTrialAddresses reads hub/22 of the shared trials, and three siblings.
func TestTrialAddresses(t *testing.T) {
	api := `{"@id":"@BASE@/api/liste","items_total":1,"items":[{"@id":"@BASE@/api/actus/c","@type":"Document","UID":"n3","title":"Vieux Volto","parent":{},
"text":{"content-type":"text/html","data":"<p><a href=\"@BASE@/api/services\">S</a> <img src=\"/api/img/x.jpg\" alt=\"x\"> <a href=\"https://autre.example/api/doc\">A</a></p>"}}]}`
	below := `{"@id":"@BASE@/fr/++api++/actus/d","@type":"Document","UID":"n4","title":"Sous-site","parent":{},
"text":{"content-type":"text/html","data":"<p><a href=\"@BASE@/fr/++api++/services\">S</a> Le chemin /++api++ est pour les machines.</p>"},
"blocks":{"1":{"@type":"listing","headline":"L"},"2":{"@type":"image","url":"@BASE@/fr/++api++/photo","alt":"P"},"3":{"@type":"hero","href":[{"@id":"@BASE@/fr/++api++/lien"}],"title":"H"}},"blocks_layout":{"items":["1","2","3"]}}`
	h := newTimes(t, commune+`      - {slug: p2, format: plone, url: "@/p2.json?fullobjects=1"}
      - {slug: api, format: plone, url: "@/api/liste"}
      - {slug: below, format: plone, url: "@/fr/++api++/actus/d"}
`, map[string]string{"/p2.json": trial(t, "hub", "22-plone-api-path-in-content-links", "p2.json"), "/api/liste": api, "/fr/++api++/actus/d": below})
	for _, source := range []string{"m/p2", "m/api", "m/below"} {
		for _, it := range h.items(t, source) {
			for _, address := range append(strings.Split(it.Content.String(), `"`), it.URL) {
				if strings.HasPrefix(address, "http") && (strings.Contains(address, "++api++") || strings.HasPrefix(address, h.origin+"/api/")) {
					t.Errorf("%s leads to %s", it.Title, address)
				}
			}
		}
	}
	if it := h.titled(t, "m/api", "Vieux Volto"); it.URL != h.origin+"/actus/c" || !strings.Contains(it.Content.String(), "https://autre.example/api/doc") ||
		!strings.Contains(it.Content.String(), h.origin+`/services"`) {
		t.Errorf("the page is at %s and holds %s", it.URL, it.Content)
	}
	if it := h.titled(t, "m/below", "Sous-site"); !strings.Contains(it.Content.Text(), "/++api++ est") || !strings.Contains(it.Content.String(), h.origin+`/fr/photo/@@images`) {
		t.Errorf("the page holds %s", it.Content)
	}
}
