package main

import "testing"

// TestStatusWords: whether an event or a meeting takes place, as an object, a full
// IRI or in words, with a date that can be read and without.
func TestStatusWords(t *testing.T) {
	event := func(status string) string {
		return jsonldPage(`{"@context":"https://schema.org","@type":"Event","@id":"#a","name":"a","startDate":"2027-07-12T20:00","eventStatus":` + status + `}`)
	}
	docs := map[string]string{}
	region := commune
	cases := []struct{ name, ext, body, want string }{
		{"object id", ".html", event(`{"@id":"https://schema.org/EventCancelled"}`), "cancelled"},
		{"object type", ".html", event(`{"@type":"EventStatusType","@id":"http://schema.org/EventCancelled"}`), "cancelled"},
		{"object name", ".html", event(`{"@type":"EventStatusType","name":"EventCancelled"}`), "cancelled"},
		{"full iri", ".html", event(`"http://www.schema.org/EventPostponed"`), "tentative"},
		{"list", ".html", event(`["https://schema.org/EventCancelled"]`), "cancelled"},
		{"value", ".html", event(`{"@value":"EventCancelled"}`), "cancelled"},
		{"no date", ".html", jsonldPage(`{"@context":"https://schema.org","@type":"Event","@id":"#a","name":"a","startDate":"à fixer","eventStatus":{"@id":"https://schema.org/EventCancelled"}}`), "cancelled"},
		{"ics", ".ics", icsOf("SUMMARY:a\nDTSTART:demain\nSTATUS:CANCELLED"), "cancelled"},
		{"ics lower", ".ics", icsOf("SUMMARY:a\nDTSTART:20270712T180000Z\nSTATUS:Cancelled"), "cancelled"},
		{"oparl verschoben", ".json", `{"id":"@BASE@/m1","type":"https://schema.oparl.org/1.1/Meeting","name":"a","meetingState":"verschoben","start":"2027-07-12T18:00:00+02:00"}`, "tentative"},
		{"oparl CANCELLED", ".json", `{"id":"@BASE@/m2","type":"https://schema.oparl.org/1.1/Meeting","name":"a","meetingState":"CANCELLED","start":"2027-07-12T18:00:00+02:00"}`, "cancelled"},
		{"oparl fällt aus", ".json", `{"id":"@BASE@/m3","type":"https://schema.oparl.org/1.1/Meeting","name":"a","meetingState":"Die Sitzung fällt aus","start":"2027-07-12T18:00:00+02:00"}`, "cancelled"},
		{"oparl annulée", ".json", `{"id":"@BASE@/m4","type":"https://schema.oparl.org/1.1/Meeting","name":"a","meetingState":"annulée"}`, "cancelled"},
		{"csv", ".csv", "id;titre;début;statut\n1;a;2027-07-12 20:00;Annulé\n", "cancelled"},
		{"csv nl", ".csv", "id;titre;début;statut\n1;a;2027-07-12 20:00;afgelast\n", "cancelled"},
	}
	for i, c := range cases {
		path := "/s" + string(rune('a'+i)) + c.ext
		docs[path] = c.body
		region += "      - {slug: s" + string(rune('a'+i)) + ", url: \"@" + path + "\"}\n"
	}
	h := newTimes(t, region, docs)
	for i, c := range cases {
		its := h.items(t, "m/s"+string(rune('a'+i)))
		if len(its) != 1 || its[0].Event == nil || its[0].Event.Status != c.want {
			if len(its) == 1 && its[0].Event != nil {
				t.Errorf("%s: %q, want %q", c.name, its[0].Event.Status, c.want)
			} else {
				t.Errorf("%s: %d items", c.name, len(its))
			}
		}
	}
}
