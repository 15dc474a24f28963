package plonemeeting_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/plonemeeting"
)

// secret is what must never be seen.
const secret = "NEVERSEEN"

func decode(t *testing.T, v any) federation.Decoded {
	t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	d, err := plonemeeting.Format().Decode(federation.Document{URL: "https://conseil.example/", Body: body, Source: federation.Source{Language: "fr"}})
	if err != nil {
		t.Fatalf("Decode(%s): %v", body, err)
	}
	return d
}

type object = map[string]any

func rich(s string) object { return object{"content-type": "text/html", "data": "<p>" + s + "</p>"} }

// with is o with other members; a nil takes one out.
func with(o object, members object) object {
	out := object{}
	for k, v := range o {
		out[k] = v
	}
	for k, v := range members {
		if out[k] = v; v == nil {
			delete(out, k)
		}
	}
	return out
}

var (
	openPoint = object{"@id": "https://pm.example/p", "@type": "MeetingItemCouncil", "UID": "p", "title": "Point",
		"review_state": "accepted", "privacy": "public", "itemNumber": 100, "decision": rich("Décide"), "motivation": rich("Vu")}
	openAnnex = object{"@id": "https://pm.example/a", "@type": "annex", "UID": "a", "title": "Annexe", "publishable": true, "confidential": false,
		"file": object{"download": "https://pm.example/a/f.pdf", "content-type": "application/pdf", "filename": "f.pdf", "size": 7}}
)

// TestLeftOut decodes objects that are not public in one respect each.
func TestLeftOut(t *testing.T) {
	meeting := object{"@id": "https://pm.example/m", "@type": "MeetingCouncil", "UID": "m", "title": secret, "date": "2026-01-01T19:00:00+00:00", "review_state": "closed"}
	publication := object{"@id": "https://pm.example/u", "@type": "Publication", "UID": "u", "title": secret, "text": rich(secret), "document_type": "avis", "review_state": "published"}
	point := with(openPoint, object{"title": secret, "decision": rich(secret), "motivation": rich(secret)})
	annex := with(openAnnex, object{"title": secret})
	cases := map[string]object{
		"annex not publishable":      with(annex, object{"publishable": false}),
		"annex that does not say":    with(annex, object{"publishable": nil}),
		"annex publishable as text":  with(annex, object{"publishable": "true"}),
		"annex confidential":         with(annex, object{"confidential": true}),
		"annex for some":             with(annex, object{"visible_for_groups": []string{"g"}}),
		"annex of a point not ready": with(annex, object{"parent": object{"@type": "MeetingItemCouncil", "review_state": "proposed"}}),
		"annex of a secret point":    with(annex, object{"parent": object{"@type": "MeetingItemCouncil", "review_state": "accepted", "privacy": "secret"}}),
		"point without privacy":      with(point, object{"privacy": nil}),
		"point with no state at all": with(point, object{"privacy": nil, "review_state": nil}),
		"point with an odd state":    with(point, object{"review_state": []string{"accepted"}}),
		"point with an odd privacy":  with(point, object{"privacy": object{"token": "secret", "title": "public"}}),
		"meeting without a state":    with(meeting, object{"review_state": nil}),
		"point without a state":      with(point, object{"review_state": nil}),
		"point with an empty state":  with(point, object{"review_state": ""}),
		"point with a null term":     with(point, object{"review_state": object{"token": nil}}),
		"point of a state unheard":   with(point, object{"review_state": "somewhere"}),
		"annex of a point without":   with(annex, object{"parent": object{"@type": "MeetingItemCouncil"}}),
		"publication without state":  with(publication, object{"review_state": nil}),
	}
	for _, s := range []string{"secret", "secret_heading", "public_unknown"} {
		cases["point "+s] = with(point, object{"privacy": s})
	}
	for _, s := range []string{"itemcreated", "proposed", "validated", "presented", "itemfrozen", "pre_accepted", "no_publication", "returned_to_proposing_group", "new_state"} {
		cases["point "+s] = with(point, object{"review_state": s})
	}
	for _, s := range []string{"created", "frozen", "private", "new_state"} {
		cases["meeting "+s] = with(meeting, object{"review_state": s})
	}
	for _, s := range []string{"private", "proposed", "planned", "unpublished", "archived", "new_state"} {
		cases["publication "+s] = with(publication, object{"review_state": s})
	}
	for name, o := range cases {
		for form, doc := range map[string]any{"alone": o, "list": []any{o}, "search": object{"items": []any{o}, "items_total": 1}} {
			d := decode(t, doc)
			if len(d.Items)+len(d.Pages) > 0 || len(d.Warnings) != 1 || len(d.Gone) != 1 || strings.Contains(fmt.Sprintf("%+v", d), secret) {
				t.Errorf("%s, %s: %d items, %d pages, warnings %v; want it left out and said so", name, form, len(d.Items), len(d.Pages), d.Warnings)
			}
		}
	}
}

// TestFieldsLeftOut decodes public objects whose inner fields are not.
func TestFieldsLeftOut(t *testing.T) {
	point := with(openPoint, object{"internalNotes": rich(secret), "notes": rich(secret), "marginalNotes": rich(secret), "textCheckList": rich(secret),
		"observations": rich(secret), "detailedDescription": rich(secret), "budgetInfos": rich(secret), "copyGroups": []string{secret}, "takenOverBy": secret, "creators": []string{secret},
		"groupsInCharge": []object{{"token": secret, "Title": secret}}, "optionalAdvisers": []string{secret}, "new_field": rich(secret), "votesAreSecret": true, "votesResult": rich(secret),
		"@components": object{"annexes": []object{openAnnex, with(openAnnex, object{"@id": "https://pm.example/" + secret, "publishable": false, "title": secret,
			"file": object{"download": "https://pm.example/" + secret}})}}})
	meeting := object{"@id": "https://pm.example/m", "@type": "MeetingCouncil", "UID": "m", "title": "Conseil", "review_state": "closed", "startDate": "2026-01-01T19:00:00+00:00",
		"notes": rich(secret), "secretMeetingObservations": rich(secret), "authorityNotice": rich(secret), "committeeObservations": rich(secret), "creators": []string{secret},
		"items": []any{"https://pm.example/" + secret, object{"@type": "MeetingItemCouncil", "UID": "x", "title": secret, "privacy": "secret", "review_state": "accepted"}, openPoint}}
	deferred := with(openPoint, object{"UID": "d", "review_state": "delayed", "decision": rich(secret), "motivation": rich(secret), "itemAssembly": rich(secret)})
	heading := with(openPoint, object{"UID": "h", "privacy": "public_heading", "decision": rich(secret), "description": rich(secret),
		"annexes": []object{with(openAnnex, object{"title": secret})}})
	masked := with(openPoint, object{"UID": "k", "decision": rich(`De nommer <span class="x pm-anonymize">` + secret + ` <b>` + secret + `</b></span> au poste`)})
	prepared := with(openPoint, object{"UID": "q", "decision": rich(secret), "extra_include_deliberation": object{"public_deliberation": "<p>Texte public</p>", "deliberation": secret}})

	d := decode(t, []any{point, meeting, deferred, heading, masked, prepared})
	text := formattest.Render(d)
	if strings.Contains(text, secret) {
		t.Errorf("Decode shows %s:\n%s", secret, text)
	}
	if len(d.Items) != 6 {
		t.Errorf("Decode = %d items, want the six public ones:\n%s", len(d.Items), text)
	}
	for _, want := range []string{"Décide", "f.pdf", "De nommer", "au poste", "[texte masqué", "Texte public", "Reporté", "<li>Point</li>"} {
		if !strings.Contains(text, want) {
			t.Errorf("Decode lost %q:\n%s", want, text)
		}
	}
}
