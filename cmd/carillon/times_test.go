package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
)

// times is a hub of one region file, for tests of what is read when.
type times struct {
	publisher *publisher
	origin    string
	data      string
}

// newTimes publishes the documents by their paths and harvests the region; @ in
// either is the address of the publisher.
func newTimes(t *testing.T, region string, docs map[string]string) *times {
	t.Helper()
	h := &times{}
	h.publisher, h.origin = newPublisher(t)
	for path, body := range docs {
		h.put(path, body)
	}
	h.data = applied(t, strings.ReplaceAll(region, "@", h.origin))
	h.harvest(t)
	return h
}

var typesByName = map[string]string{".ics": "text/calendar", ".csv": "text/csv", ".html": "text/html; charset=utf-8", ".json": "application/json", ".xml": "application/xml"}

func (h *times) put(path, body string) {
	body = strings.ReplaceAll(strings.ReplaceAll(body, "@BASE@", h.origin), "http://127.0.0.1:18311", h.origin)
	h.publisher.put(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", typesByName[filepath.Ext(path)])
		_, _ = w.Write([]byte(body))
	})
}

func (h *times) harvest(t *testing.T) {
	t.Helper()
	if code, out := carillon(t, "harvest", "--force", "--data="+h.data, "--allow-private=127.0.0.1/32"); code != exitDone || !strings.Contains(out, " 0 failed") {
		t.Fatalf("harvest = %d: %s", code, out)
	}
}

// items are those of a source that are not withdrawn.
func (h *times) items(t *testing.T, source string) []federation.Item {
	t.Helper()
	return slices.DeleteFunc(h.everything(t), func(it federation.Item) bool { return it.Source != source })
}

// everything is all items.
func (h *times) everything(t *testing.T) []federation.Item {
	t.Helper()
	store, err := openStore(t.Context(), testLog(t), hubConfig{Data: h.data})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var out []federation.Item
	if _, err := store.EachItem(t.Context(), federation.Part{}, func(it federation.Item) error {
		out = append(out, it)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// titled is the item of a source with the title.
func (h *times) titled(t *testing.T, source, title string) federation.Item {
	t.Helper()
	all := h.items(t, source)
	i := slices.IndexFunc(all, func(it federation.Item) bool { return it.Title == title })
	if i < 0 {
		t.Fatalf("%s has no item %q among %d", source, title, len(all))
	}
	return all[i]
}

// unzoned are documents whose times name no zone and that say no language: one
// of each format, each with one time of summer and the title of its item.
var unzoned = []struct{ format, path, title, body string }{
	{"ics", "/a.ics", "Bal", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Bal\r\nDTSTART:20270701T200000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"},
	{"csv", "/a.csv", "Bal", "id;title;start;end\n1;Bal;2027-07-01 20:00;2027-07-01 22:00\n"},
	{"jsonld", "/a.html", "Bal", `<!doctype html><title>A</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"Event","name":"Bal","url":"@BASE@/bal","startDate":"2027-07-01T20:00"}</script>`},
	{"feed", "/a.xml", "Bal", `<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>A</title><link>@BASE@/</link><description>d</description><item><title>Bal</title><link>@BASE@/bal</link><ev:startdate>2027-07-01T20:00:00</ev:startdate></item></channel></rss>`},
	{"plone", "/plone.json", "Bal", `{"@id":"@BASE@/bal","@type":"Event","UID":"e1","title":"Bal","start":"2027-07-01T20:00:00","end":"2027-07-01T22:00:00","whole_day":false,"parent":{}}`},
	{"plonemeeting", "/pm.json", "Bal", `{"@id":"@BASE@/pm/m1","@type":"MeetingCouncil","UID":"m1","title":"Bal","date":"2027-07-01T20:00:00","review_state":"published"}`},
	{"oparl", "/oparl.json", "Bal", `{"data":[{"id":"@BASE@/m/1","type":"https://schema.oparl.org/1.1/Meeting","name":"Bal","start":"2027-07-01T20:00:00"}],"pagination":{"totalElements":1},"links":{}}`},
}

// TestLocalTimes: a time without a zone is local, in every format, whoever says
// where home is: the source, its member, the hub, or none of them.
func TestLocalTimes(t *testing.T) {
	docs := map[string]string{}
	var sources strings.Builder
	for _, u := range unzoned {
		docs[u.path] = u.body
		fmt.Fprintf(&sources, "      - {slug: %s, format: %s, type: %s, url: \"@%s\"}\n", u.format, u.format, map[bool]string{true: "event", false: "meeting"}[u.format != "oparl" && u.format != "plonemeeting"], u.path)
	}
	for _, test := range []struct{ name, hub, member, zone string }{
		{"member's language", "", "languages: [fr]", "Europe/Brussels"},
		{"member's second language", "", "languages: [en, nl]", "Europe/Brussels"},
		{"hub's language", "hub: {languages: [de]}\n", "url: https://x.example/", "Europe/Brussels"},
		{"nobody", "", "url: https://x.example/", "Europe/Brussels"},
		{"member's zone", "hub: {zone: Europe/Brussels}\n", "zone: Europe/Lisbon", "Europe/Lisbon"},
		{"hub's zone", "hub: {zone: Europe/Helsinki}\n", "languages: [fr]", "Europe/Helsinki"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := newTimes(t, test.hub+"members:\n  - slug: m\n    kind: commune\n    name: M\n    "+test.member+"\n    sources:\n"+sources.String(), docs)
			for _, u := range unzoned {
				it := h.titled(t, "m/"+u.format, u.title)
				if it.Event == nil {
					t.Errorf("%s: no event", u.format)
					continue
				}
				if want := inZone(t, test.zone, "2027-07-01 20:00"); !it.Event.Start.Equal(want) {
					t.Errorf("%s: starts at %s, want %s", u.format, it.Event.Start.Format(time.RFC3339), want.Format(time.RFC3339))
				}
			}
		})
	}
}

func inZone(t *testing.T, zone, clock string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", clock, loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// trial reads a file of the trials.
func trial(t *testing.T, elem ...string) string {
	t.Helper()
	b, err := os.ReadFile(shareddata.Dir(t, append([]string{"trials"}, elem...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const commune = "members:\n  - slug: m\n    kind: commune\n    name: M\n    languages: [fr]\n    sources:\n"

// TestTrialHome reads harvest/01 and hub/05 of the shared trials.
func TestTrialHome(t *testing.T) {
	h := newTimes(t, commune+`      - {slug: csv, type: event, url: "@/agenda.csv"}
      - {slug: page, format: jsonld, url: "@/concert.html"}
      - {slug: ics, url: "@/flottant.ics"}
      - {slug: rss, url: "@/sanslang.xml"}
      - {slug: points, format: plonemeeting, url: "@/items.json"}
      - {slug: meet, format: plonemeeting, url: "@/meet.json"}
      - {slug: t2, format: jsonld, url: "@/t2.html"}
      - {slug: w3, format: csv, type: event, url: "@/w3.csv"}
`, map[string]string{
		"/agenda.csv": trial(t, "harvest", "01-no-home-zone", "agenda.csv"), "/concert.html": trial(t, "harvest", "01-no-home-zone", "concert.html"),
		"/flottant.ics": trial(t, "harvest", "01-no-home-zone", "flottant.ics"), "/sanslang.xml": trial(t, "harvest", "01-no-home-zone", "sanslang.xml"),
		"/items.json": trial(t, "hub", "05-local-time-read-as-utc", "items.json"), "/meet.json": trial(t, "hub", "05-local-time-read-as-utc", "meet.json"),
		"/t2.html": trial(t, "hub", "05-local-time-read-as-utc", "t2.html"), "/w3.csv": trial(t, "hub", "05-local-time-read-as-utc", "w3.csv"),
	})
	for _, want := range []struct{ source, title, start string }{
		{"csv", "Brocante", "2027-07-01 20:00"}, {"csv", "Marché", "2027-07-02 09:00"}, {"page", "Concert", "2027-07-01 20:00"},
		{"ics", "F1 flottant", "2027-07-12 20:00"}, {"ics", "F2 tzid vide", "2027-07-13 20:00"}, {"rss", "Conférence", "2027-07-01 19:00"},
		{"meet", "15 décembre 2026 (19:30)", "2026-12-15 19:30"}, {"t2", "Karaoke", "2026-12-22 20:00"}, {"w3", "Karaoke bis", "2026-12-12 20:00"},
	} {
		it := h.titled(t, "m/"+want.source, want.title)
		if at := inZone(t, "Europe/Brussels", want.start); it.Event == nil || !it.Event.Start.Equal(at) {
			t.Errorf("%s: event %+v, want the start %s", want.title, it.Event, at)
		}
	}
	point := h.titled(t, "m/points", "Zone 30 rue Haute")
	if point.Language != "fr" || !strings.Contains(point.Content.String(), "Accepté") {
		t.Errorf("the decision is in %q and says %s, want French", point.Language, point.Content)
	}
}

// TestCheckHours: what check --yaml writes, applied as it is, gives the hours
// that the publisher wrote.
func TestCheckHours(t *testing.T) {
	p, origin := newPublisher(t)
	for _, u := range unzoned[:4] {
		p.put(u.path, bytesOf(typesByName[filepath.Ext(u.path)], strings.ReplaceAll(u.body, "@BASE@", origin)))
	}
	for _, u := range unzoned[:4] {
		code, out := carillon(t, "check", "--yaml", "--allow-private=127.0.0.1/32", origin+u.path)
		if code != exitDone {
			t.Fatalf("check %s = %d: %s", u.path, code, out)
		}
		h := &times{publisher: p, origin: origin, data: applied(t, out[strings.Index(out, "members:"):])}
		h.harvest(t)
		at := inZone(t, "Europe/Brussels", "2027-07-01 20:00")
		if all := h.everything(t); len(all) != 1 || all[0].Event == nil || !all[0].Event.Start.Equal(at) {
			t.Errorf("what check writes of %s gives %+v, want an event at %s", u.path, all, at)
		}
	}
}
