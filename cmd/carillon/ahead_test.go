package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
)

// dated are documents of one item with a title and the dates of its
// publication and its last change, in the spelling of each format.
var dated = []struct{ name, contentType, layout, text string }{
	{"atom", "application/atom+xml", time.RFC3339, `<feed xmlns="http://www.w3.org/2005/Atom"><title>Fil</title><id>urn:f</id><updated>%[3]s</updated>
		<entry><id>urn:e</id><title>%[1]s</title><link href="https://a.example/e"/><published>%[2]s</published><updated>%[3]s</updated></entry></feed>`},
	{"rss", "application/rss+xml", time.RFC1123Z, `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Fil</title><link>https://a.example/</link><description/>
		<item><guid>g</guid><title>%[1]s</title><link>https://a.example/e</link><pubDate>%[2]s</pubDate></item></channel></rss>`},
	{"rss-dc", "application/rss+xml", time.RFC3339, `<rss version="2.0" xmlns:dcterms="http://purl.org/dc/terms/"><channel><title>Fil</title><link>https://a.example/</link><description/>
		<item><guid>g</guid><title>%[1]s</title><link>https://a.example/e</link><dcterms:created>%[2]s</dcterms:created><dcterms:modified>%[3]s</dcterms:modified></item></channel></rss>`},
	{"json", "application/feed+json", time.RFC3339, `{"version":"https://jsonfeed.org/version/1.1","title":"Fil","items":[
		{"id":"j","url":"https://a.example/e","title":%[1]q,"content_text":"x","date_published":%[2]q,"date_modified":%[3]q}]}`},
	{"ics", "text/calendar", "20060102T150405Z", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u\r\nSUMMARY:%[1]s\r\nDTSTART:20991224T180000Z\r\n" +
		"DTSTAMP:%[3]s\r\nCREATED:%[2]s\r\nLAST-MODIFIED:%[3]s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"},
	{"html", "text/html", time.RFC3339, `<!doctype html><html><head><title>Fil</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","@id":"https://a.example/e",
		"url":"https://a.example/e","headline":%[1]q,"datePublished":%[2]q,"dateModified":%[3]q,"articleBody":"x"}</script></head><body></body></html>`},
}

// TestDatesDoNotFreeze: after a text dated in the future the corrected one is
// shown, in every format, and no output has the date.
func TestDatesDoNotFreeze(t *testing.T) {
	now := time.Now().UTC().Truncate(time.Second)
	for _, f := range dated {
		for _, ahead := range []time.Time{time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), now.Add(72 * time.Hour), time.Date(9998, 12, 31, 0, 0, 0, 0, time.UTC)} {
			t.Run(f.name+"/"+ahead.Format(time.DateOnly), func(t *testing.T) {
				r := newReplay(t, federation.Source{})
				write := func(title string, published, updated time.Time) []byte {
					return fmt.Appendf(nil, f.text, title, published.Format(f.layout), updated.Format(f.layout))
				}
				r.state(t, f.contentType, write("Texte faux", ahead, ahead))
				r.state(t, f.contentType, write("Texte corrigé", now.Add(-time.Hour), now.Add(-time.Hour)))
				r.shows(t, "Texte corrigé")
				r.state(t, f.contentType, write("Dernier texte", ahead, ahead))
				r.shows(t, "Dernier texte")
			})
		}
	}
}

// shows fails unless the only item has the title, and dates of no future but
// that of its event.
func (r *replay) shows(t *testing.T, title string) {
	t.Helper()
	n := 0
	if _, err := r.store.EachItem(t.Context(), federation.Part{}, func(it federation.Item) error {
		n++
		if it.Title != title {
			t.Errorf("the title is %q, want %q", it.Title, title)
		}
		if soon := time.Now().Add(24 * time.Hour); it.Published.After(soon) || it.Updated.After(soon) || it.Date().After(soon) {
			t.Errorf("dated %v, changed %v, ordered by %v", it.Published, it.Updated, it.Date())
		}
		if it.Event != nil && it.Event.Start.Year() != 2099 {
			t.Errorf("the event is on %v: its own date is another matter", it.Event.Start)
		}
		return nil
	}); err != nil || n != 1 {
		t.Fatalf("%d items, %v, want 1", n, err)
	}
}

// TestTrialOfDates replays the shared trial.
func TestTrialOfDates(t *testing.T) {
	r := newReplay(t, federation.Source{})
	for _, name := range []string{"future-updated-1.atom", "future-updated-2.atom"} {
		body, err := os.ReadFile(shareddata.Dir(t, "trials", "trust", name))
		if err != nil {
			t.Fatal(err)
		}
		r.state(t, "application/atom+xml", body)
	}
	r.shows(t, "Réunion publique CORRIGÉE")
	for _, w := range r.warnings(t) {
		if strings.Contains(w, "older text") {
			t.Errorf("health says %q", w)
		}
	}
}

func (r *replay) warnings(t *testing.T) []string {
	t.Helper()
	s, err := federation.StateOf(t.Context(), r.store, r.src.Name())
	if err != nil {
		t.Fatal(err)
	}
	return s.Warnings
}
