package plone_test

import (
	"bytes"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/plone"
)

// sharedFiles are the documents of a folder of the shared data, without the
// heads of the HTTP answers that some are.
func sharedFiles(t testing.TB, folder string) map[string][]byte {
	t.Helper()
	dir := shareddata.Dir(t, folder)
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		t.Fatalf("no documents in %s: %v", dir, err)
	}
	files := map[string][]byte{}
	for _, e := range entries {
		body, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.HasPrefix(body, []byte("HTTP/")) {
			_, body, _ = bytes.Cut(bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
		}
		files[e.Name()] = body
	}
	return files
}

// TestShared reads every document of the shared data and counts what is in it.
// The examples of plone.restapi are all private to its writers; an answer that
// reached the hub is read like any other.
func TestShared(t *testing.T) {
	type count struct {
		items, pages, listed int
		next, refused        bool
	}
	want := map[string]map[string]count{
		"plone-restapi": {
			"batching.resp":   {pages: 4, listed: 4, next: true}, // the fifth is the folder itself
			"collection.resp": {pages: 3, listed: 3},
			"document.resp":   {items: 1, listed: 1}, "event.resp": {items: 1, listed: 1}, "image.resp": {items: 1, listed: 1}, "newsitem.resp": {items: 1, listed: 1},
			"navigation_tree.resp": {refused: true}, "site_get.resp": {refused: true}, "translations_get.resp": {refused: true}, "workflow_get.resp": {refused: true},
			"querystringsearch_get.resp": {pages: 2, listed: 2}, "search.resp": {pages: 1, listed: 1},
			"search_fullobjects.resp": {items: 1, listed: 1}, "search_metadata_fields.resp": {pages: 1, listed: 1},
		},
		"imio-rest": {
			"directory_contact_document.json":      {items: 1, listed: 1},
			"json_auth_sources_events_entity.json": {}, "json_auth_sources_news_entity.json": {},
			"json_contact_raw_mock.json":        {items: 1, pages: 1, listed: 2},
			"json_events_agendas_raw_mock.json": {}, "json_news_entities_raw_mock.json": {},
			"json_iadeliberations_institutions.json": {next: true}, "json_iadeliberations_publications.json": {pages: 22, listed: 22},
			"json_ideabox_campaigns.json": {items: 3, listed: 3}, "json_procedures_raw_mock.json": {items: 3, listed: 3},
			"json_rest_directory.json": {items: 6, listed: 6}, "json_rest_events.json": {items: 2, listed: 2, next: true}, "json_rest_news.json": {items: 3, listed: 3},
		},
	}
	for folder, counts := range want {
		files := sharedFiles(t, folder)
		for name, w := range counts {
			d, err := plone.Format().Decode(federation.Document{URL: "https://ville.example/@search", Body: files[name], Source: federation.Source{Language: "fr"}})
			got := count{len(d.Items), len(d.Pages), d.Listed, d.Next != "", err != nil}
			if got != w {
				t.Errorf("Decode(%s) = %+v (%v), want %+v", name, got, err, w)
			}
			holdsAll(t, name, files[name], d)
		}
	}
}

// forReaders are the members whose texts a reader must find again, whatever
// the object; read here by a walk of the JSON that knows nothing else.
var forReaders = regexp.MustCompile(`^(title|description|text|data|image_caption|location|contact_\w+|event_url|street|city|category_title|topics|comment|morningstart|morningend|afternoonstart|afternoonend|download|titre|nom|recurrence)$`)

// holdsAll walks the entries of a document and looks for each text in what
// was read.
func holdsAll(t *testing.T, name string, body []byte, d federation.Decoded) {
	t.Helper()
	var doc any
	if err := json.Unmarshal(body, &doc); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(d.Items)+len(d.Pages) == 0 {
		return
	}
	held := squeeze(formattest.Render(d))
	walk(doc, "", func(key, text string) {
		text = strings.NewReplacer("**", "", "RRULE:", "", `\u00e9`, "é", `\u00e8`, "è").Replace(text)
		if !forReaders.MatchString(key) || text == "None" {
			return
		}
		if !strings.Contains(held, squeeze(text)) {
			t.Errorf("Decode(%s) lost %s: %.200q", name, key, text)
		}
	})
}

var tag = regexp.MustCompile(`<[^>]*>|\\n`)

// squeeze leaves the letters and digits of a text.
func squeeze(s string) string {
	s = html.UnescapeString(tag.ReplaceAllString(html.UnescapeString(s), ""))
	return regexp.MustCompile(`\s+`).ReplaceAllString(s, "")
}

// walk visits the texts of a document, but those of the machinery and of other
// objects that an object points to.
func walk(v any, key string, visit func(key, text string)) {
	switch v := v.(type) {
	case string:
		visit(key, v)
	case []any:
		for _, v := range v {
			walk(v, key, visit)
		}
	case map[string]any:
		if v["@type"] == "Plone Site" || v["@type"] == "Folder" || v["@type"] == "Collection" {
			for _, child := range []string{"items"} {
				walk(v[child], child, visit)
			}
			return
		}
		for key, v := range v {
			switch key {
			case "@components", "parent", "next_item", "previous_item", "scales", "customViewFields", "lock", "query", "batching", "country", "language",
				"roles", "submission", "evolution", "functions", "actions", "logo":
				continue
			}
			walk(v, key, visit)
		}
	}
}

// TestSharedFields looks at single fields of the shared documents.
func TestSharedFields(t *testing.T) {
	files := sharedFiles(t, "imio-rest")
	read := func(name string) federation.Decoded {
		d, err := plone.Format().Decode(federation.Document{URL: "https://ville.example/", Body: files[name], Source: federation.Source{Language: "fr"}})
		if err != nil || len(d.Items) == 0 {
			t.Fatalf("Decode(%s) = %d items, %v", name, len(d.Items), err)
		}
		return d
	}
	events := read("json_rest_events.json").Items
	if e := events[0].Event; formattest.When(e.Start) != "2023-01-31T00:00:00+01:00" || formattest.When(e.End) != "2023-11-01T00:00:00+01:00" || !e.AllDay {
		t.Errorf("event %q = %+v, want the whole days from 31 January to 31 October 2023", events[0].Title, e)
	}
	if e := events[1].Event; e.Recurrence != "FREQ=WEEKLY;COUNT=50" || formattest.When(e.Start) != "2023-03-18T18:07:00+01:00" || e.Zone != "Europe/Brussels" {
		t.Errorf("event %q = %+v, want it weekly from its first start", events[1].Title, e)
	}
	contact := read("json_contact_raw_mock.json").Items[0]
	for _, text := range []string{"08:00–12:00, 13:00–15:00", "08:00–17:30", "Horaire de vacances", "Exceptional closure !", "<strong>avec gras</strong>"} {
		if !strings.Contains(contact.Content.String(), text) {
			t.Errorf("contact lacks %q in %s", text, contact.Content)
		}
	}
	if p := contact.Place; p == nil || p.Address != "Adresse 1, 1000 Liège" || p.PostalCode != "1000" || p.Point == nil || p.Point.Lat != 50.4 {
		t.Errorf("contact place = %+v", p)
	}
	for _, it := range read("json_ideabox_campaigns.json").Items {
		if text := formattest.Render(it); strings.Contains(text, "admints") || strings.Contains(text, "backoffice") || it.Type != federation.Consultation {
			t.Errorf("campaign shows the back office, or is no consultation:\n%s", text)
		}
	}
}
