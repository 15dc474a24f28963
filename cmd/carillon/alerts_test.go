package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
)

// capInfo is an info of a CAP message in a test; cap joins them to a message.
func capInfo(lang, title, severity, urgency string, rest ...string) string {
	return "<info><language>" + lang + "</language><category>Met</category><event>Vent</event>" + strings.Join(rest, "") +
		"<urgency>" + urgency + "</urgency><severity>" + severity + "</severity><certainty>Likely</certainty><expires>" +
		time.Now().Add(30*time.Hour).Format(time.RFC3339) + "</expires><headline>" + title + "</headline><description>" + title + ".</description>" +
		"<area><areaDesc>Val-Dieu</areaDesc></area></info>"
}

func capMessage(id, kind string, hoursAgo int, refs string, infos ...string) string {
	if refs != "" {
		refs = "<references>crise@val.example," + refs + "</references>"
	}
	return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>` + id + "</identifier><sender>crise@val.example</sender><sent>" +
		sentAgo(hoursAgo) + "</sent><status>Actual</status><msgType>" + kind + "</msgType><scope>Public</scope>" + refs + strings.Join(infos, "") + "</alert>"
}

func sentAgo(hours int) string {
	return time.Now().Add(-time.Duration(hours) * time.Hour).Format(time.RFC3339)
}

// alertsHub is a hub of a municipality with one source of CAP.
func alertsHub(t *testing.T) (*trustHub, *feedSite) {
	site := newSite(t)
	return newTrustHub(t, `members:
  - {slug: val, kind: commune, name: {fr: Val-Dieu, nl: Godsdal}, languages: [fr, nl], sources: [{slug: cap, url: "`+site.URL+`/cap.xml", format: cap}]}
channels:
  - {slug: alertes, title: {fr: Alertes}, select: "type=alert"}
placements:
  - {slug: bandeau, member: val, widget: list, select: "type=alert&limit=3", options: {language: fr}}
`), site
}

// outputs are the addresses that show the alerts of a hub as a list.
var outputs = []string{"/?ui=fr", "/search?type=alert&ui=fr", "/channels/alertes?ui=fr", "/members/val?ui=fr", "/channels/alertes.rss", "/feed.atom?type=alert&limit=3",
	"/feed.json?type=alert&limit=3", "/embed/bandeau.html", "/embed/widget/list.html?type=alert&limit=2", "/api/v1/items?type=alert&limit=3"}

// TestAlertsOfOneSecond: two alerts with every value in common are two, and the
// languages of one are one, for every reader.
func TestAlertsOfOneSecond(t *testing.T) {
	h, site := alertsHub(t)
	site.put("/cap.xml", "<alerts>"+capMessage("1", "Alert", 2, "", capInfo("fr", "Vent fort", "Moderate", "Expected"), capInfo("nl", "Harde wind", "Moderate", "Expected"))+
		capMessage("2", "Alert", 2, "", capInfo("fr", "Neige et verglas", "Moderate", "Expected"))+
		capMessage("3", "Alert", 2, "", capInfo("nl", "Gladheid", "Moderate", "Expected"))+"</alerts>")
	h.harvest()
	for lang, want := range map[string][]bool{"fr": {true, false, true, true}, "nl": {false, true, true, true}, "de": {true, false, true, true}} {
		for _, target := range []string{"/?ui=" + lang, "/search?type=alert&ui=" + lang, "/feed.rss?type=alert&ui=" + lang} {
			page := h.page(target)
			for i, title := range []string{"Vent fort", "Harde wind", "Neige et verglas", "Gladheid"} {
				if strings.Contains(page, title) != want[i] {
					t.Errorf("GET %s shows %q: %v, want %v", target, title, !want[i], want[i])
				}
			}
		}
	}
	if found := h.list("type=alert&lang=nl"); len(found) != 2 {
		t.Errorf("lang=nl finds %d alerts, want both", len(found))
	}

	// An update in one language more, of which the first is as it was, is one too.
	site.put("/cap.xml", capMessage("1b", "Update", 1, "1,"+sentAgo(2), capInfo("fr", "Vent fort", "Moderate", "Expected"),
		capInfo("nl", "Zeer harde wind", "Severe", "Expected"), capInfo("de", "Starker Wind", "Severe", "Expected")))
	h.harvest()
	if page := h.page("/search?type=alert&ui=de"); !strings.Contains(page, "Starker Wind") || strings.Contains(page, "Vent fort") || strings.Contains(page, "harde wind") {
		t.Error("an updated alert is shown in more than the reader's language")
	}
	if found := h.list("type=alert"); len(found) != 3 {
		t.Errorf("%d alerts after an update, want 3", len(found))
	}
}

// TestExtremeFirst: one extreme alert among sixty newer ones is first wherever a
// list is cut, also with an urgency that nobody knows.
func TestExtremeFirst(t *testing.T) {
	h, site := alertsHub(t)
	messages := []string{capMessage("e", "Alert", 26*24, "", capInfo("fr", "Digue rompue", "Extreme", "Unknown"))}
	for i := range 60 {
		messages = append(messages, capMessage(fmt.Sprint("m", i), "Alert", i%5, "", capInfo("fr", fmt.Sprint("Avis jaune ", i), "Minor", "Immediate")))
	}
	site.put("/cap.xml", "<alerts>"+strings.Join(messages, "")+"</alerts>")
	h.harvest()
	for _, target := range outputs {
		page := h.page(target)
		if at := strings.Index(page, "Digue rompue"); at < 0 || at > strings.Index(page, "Avis jaune") {
			t.Errorf("GET %s does not show the extreme alert first", target)
		}
	}
	if home := h.page("/?ui=fr"); !strings.Contains(home, "Voir les 61 alertes en cours") {
		t.Error("the home page does not say how many alerts there are")
	}
}

// TestLiftedAlerts: what says that there is no danger any more is in force
// nowhere, and says on its page, in lists, feeds and JSON that it is over. A
// cancelled alert is on no list.
func TestLiftedAlerts(t *testing.T) {
	level := func(value string) string {
		return "<parameter><valueName>awareness_level</valueName><value>" + value + "</value></parameter>"
	}
	const clear, none = "<responseType>AllClear</responseType>", "<responseType>None</responseType>"
	for name, last := range map[string]string{
		"all clear":       capMessage("2", "Update", 1, "1,"+sentAgo(3), capInfo("fr", "Orages violents", "Minor", "Expected", clear)),
		"past":            capMessage("2", "Update", 1, "1,"+sentAgo(3), capInfo("fr", "Orages violents", "Severe", "Past")),
		"green":           capMessage("2", "Update", 1, "1,"+sentAgo(3), capInfo("fr", "Orages violents", "Minor", "Future", level("1; green; Minor"))),
		"nothing to do":   capMessage("2", "Update", 1, "1,"+sentAgo(3), capInfo("fr", "Orages violents", "Minor", "Future", none)),
		"a new all clear": capMessage("2", "Alert", 1, "1,"+sentAgo(3), capInfo("fr", "Orages violents", "Severe", "Expected", clear)),
		"cancel":          capMessage("2", "Cancel", 1, "1,"+sentAgo(3)),
	} {
		t.Run(name, func(t *testing.T) {
			h, site := alertsHub(t)
			other := capMessage("9", "Alert", 5, "", capInfo("fr", "Brouillard", "Minor", "Future"))
			first := capMessage("1", "Alert", 3, "", capInfo("fr", "Orages violents", "Extreme", "Immediate"))
			if name == "a new all clear" {
				first = ""
			}
			site.put("/cap.xml", "<alerts>"+first+other+"</alerts>")
			h.harvest()
			site.put("/cap.xml", "<alerts>"+last+other+"</alerts>")
			h.harvest()
			if _, section, _ := strings.Cut(h.page("/?ui=fr"), `<section class="alerts"`); strings.Contains(strings.Split(section, "</section>")[0], "Orages") {
				t.Error("it is among the current alerts of the home page")
			}
			alerts := h.list("type=alert")
			if alerts[0].Title != "Brouillard" {
				t.Errorf("the first alert is %q, want the one in force", alerts[0].Title)
			}
			if name == "cancel" {
				if len(alerts) != 1 {
					t.Errorf("%d alerts, want the one that was not cancelled", len(alerts))
				}
				return
			}
			if len(alerts) != 2 || !alerts[1].Over(time.Now()) {
				t.Fatalf("%d alerts, the last %+v; want it over", len(alerts), alerts[len(alerts)-1].Alert)
			}
			for target, want := range map[string]string{"/items/" + alerts[1].ID + "?ui=nl": "Deze waarschuwing is voorbij", "/search?type=alert&ui=fr": "Cette alerte est terminée",
				"/feed.rss?type=alert": "[Cette alerte est terminée] Orages violents", "/embed/bandeau.html": "Cette alerte est terminée", "/api/v1/items/" + alerts[1].ID: `"ended":true`} {
				if page := h.page(target); !strings.Contains(page, want) {
					t.Errorf("GET %s lacks %q", target, want)
				}
			}
			if page := h.page("/items/" + alerts[1].ID); strings.Contains(page, "wareness") {
				t.Error("its page shows what machines read")
			}
		})
	}
}

// TestNoMemberFillsAList: a municipality that was granted alerts, and calls
// everything extreme until 2099, leaves room for what is less grave.
func TestNoMemberFillsAList(t *testing.T) {
	official, loud := newSite(t), newSite(t)
	h := newTrustHub(t, `members:
  - {slug: gouverneur, kind: province, name: {fr: Gouverneur}, sources: [{slug: a, url: "`+official.URL+`/a.xml", format: feed, alerts: true}]}
  - {slug: fort, kind: commune, name: {fr: Bourg-Fort}, sources: [{slug: a, url: "`+loud.URL+`/a.xml", format: feed, type: alert}]}
`)
	entry := func(id, title, severity, area string) atomEntry {
		return atomEntry{id: id, title: title, link: "http://x.example/" + id, text: title, updated: time.Now().Add(-time.Hour),
			cap: "<cap:event>x</cap:event><cap:urgency>Immediate</cap:urgency><cap:severity>" + severity + "</cap:severity><cap:expires>2099-01-01T00:00:00Z</cap:expires><cap:areaDesc>" + area + "</cap:areaDesc>"}
	}
	official.publish("/a.xml", entry("o", "Eau non potable", "Severe", "Toute la province"))
	var shouts []atomEntry
	for i := range 9 {
		shouts = append(shouts, entry(fmt.Sprint("s", i), fmt.Sprint("Brocante ", i), "Extreme", "Toute la région"))
	}
	loud.publish("/a.xml", shouts...)
	h.harvest()
	for _, target := range []string{"/?ui=fr", "/api/v1/items?type=alert&limit=2", "/feed.rss?type=alert&limit=3", "/embed/widget/list.html?type=alert&limit=3"} {
		if !strings.Contains(h.page(target), "Eau non potable") {
			t.Errorf("GET %s lacks the governor's alert", target)
		}
	}
	for _, f := range h.list("type=alert") {
		if until := f.Until(); until.After(time.Now().Add(federation.AlertLife)) {
			t.Errorf("%s is in force until %v", f.Title, until)
		}
		if areas := f.Alert.Areas; f.Item.Member == "fort" && !slices.Equal(areas, []string{"Bourg-Fort"}) || f.Item.Member == "gouverneur" && areas[0] != "Toute la province" {
			t.Errorf("%s is for %q", f.Title, areas)
		}
	}
	if page := h.page("/api/v1/items?type=alert"); strings.Contains(page, "2099") {
		t.Error("an answer has an end in 2099")
	}
}

// TestTrialsOfAlerts reads the shared trials as if they were of today.
func TestTrialsOfAlerts(t *testing.T) {
	day := func(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	today := strings.NewReplacer("2026-11-01", day(-27), "2026-11-28", day(0), "2026-11-29", day(1), "2026-11-30", day(2), "2026-12-05", day(7),
		"T05:00:00", "T00:00:01", "T06:00:00", "T00:00:03", "T06:", "T00:", "T07:", "T00:", "T03:00:00", "T00:00:00", "T08:10:00", "T00:00:02")
	dir := shareddata.Dir(t, "trials", "hub")
	for _, c := range []struct {
		files      string
		shown, not []string // among the current alerts of the home page, in Dutch
		first      string
	}{
		{"01-*/two1.xml", []string{"Harde wind", "Neige et verglas"}, []string{"Vent fort"}, ""},
		{"02-*/[em]*.xml", []string{"Digue rompue"}, nil, "Digue rompue"},
		{"02-*/x-*.xml", []string{"Accident chimique"}, nil, "Accident chimique"},
		{"03-*/*.xml", nil, []string{"Orages violents", "Gewitter"}, ""},
		{"04-*/*.xml", nil, []string{"avertissement"}, ""},
	} {
		names, err := filepath.Glob(filepath.Join(dir, c.files))
		if err != nil || len(names) == 0 {
			t.Fatalf("no files %s: %v", c.files, err)
		}
		site := newSite(t)
		yaml := "members:\n  - {slug: samb, kind: commune, name: Samb, languages: [fr, nl], sources: [{slug: cap, url: \"" + site.URL + "/cap.xml\", format: cap}]}\n"
		h := newTrustHub(t, yaml)
		all := "<alerts>"
		for _, name := range names {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			_, body, _ := strings.Cut(string(b), "?>")
			all += today.Replace(body)
		}
		site.put("/cap.xml", all+"</alerts>")
		h.harvest()
		_, section, _ := strings.Cut(h.page("/?ui=nl"), `<section class="alerts"`)
		section, _, _ = strings.Cut(section, "</section>")
		for _, title := range c.shown {
			if !strings.Contains(section, title) {
				t.Errorf("%s: the home page lacks %q", c.files, title)
			}
		}
		for _, title := range c.not {
			if strings.Contains(section, title) {
				t.Errorf("%s: the home page shows %q as in force", c.files, title)
			}
		}
		if c.first != "" && !strings.HasPrefix(h.list("type=alert&lang=fr")[0].Title, c.first) {
			t.Errorf("%s: the first alert is %q, want %q", c.files, h.list("type=alert")[0].Title, c.first)
		}
	}
}
