package main

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester"
)

// fields counts entries or items, and those of them that have a title, an
// address, a date and a language.
type fields struct{ all, title, address, date, language int }

// marks tell, in the raw text of one entry, that it has a field: an independent
// and much simpler reading than a decoder's. An empty one matches nothing.
type marks struct{ entry, title, address, date, language string }

// The marks of each kind. Entries in JSON are objects, written without spaces.
var (
	feedMarks = marks{`<(?:item|entry)[\s>]`, `<title[^>]*>\s*(?:<!\[CDATA\[)?\s*[^<\s]`, `<link[^>]*>\s*(?:<!\[CDATA\[)?\s*https?:|<link[^>]*href="https?:|"url":"http`,
		`<(?:pubDate|published|updated|issued|modified|dc:date|ev:startdate)>|"date_(?:published|modified)":"`, ``}
	icsMarks     = marks{`BEGIN:(?:VEVENT|VJOURNAL)`, `(?m)^SUMMARY[;:]`, `(?m)^URL[^:]*:http`, `(?m)^(?:DTSTART|CREATED|LAST-MODIFIED)`, ``}
	capMarks     = marks{`<(?:\w+:)?info>`, `<(?:\w+:)?(?:headline|event)>`, `<(?:\w+:)?web>http`, `<(?:\w+:)?info>`, `<(?:\w+:)?language>`}
	dilaMarks    = marks{`<(?:Publication|ServiceComplementaire|Organisme)\s`, `<dc:title>|<Nom>`, `spUrl="http`, `<dc:date>|dateMiseAJour="`, `<(?:Publication|ServiceComplementaire|Organisme)\s`}
	dilaTree     = marks{``, `"dc:title"`, `"spUrl":"http`, `"dc:date"`, `.`}
	ploneMarks   = marks{``, `"title":"\S`, `"@id":"http`, `"(?:created|modified|effective|start)":"\d`, `"language":(?:"[a-z]|\{[^}]*"token":"[a-z])`}
	meetingMarks = marks{``, `"title":"\S`, ``, `"(?:created|modified|effective|startDate|date)":"\d`, ``}
	oparlMarks   = marks{``, `"name":"\S`, `"web":"http`, `"(?:created|modified|start|date)":"\d`, `.`}
	csvMarks     = marks{`\n[^\n]`, `\n[^\n]`, ``, ``, ``}
)

// TestFields holds that what the documents of each folder say, counted without
// a decoder, stands in the items. few is the share of each count that the items
// must reach where it is below 1, and why.
func TestFields(t *testing.T) {
	for _, c := range []struct {
		folder string
		marks  marks
		few    float64
	}{
		{"atom-council/", feedMarks, 1},
		{"atom-municipal-news/", feedMarks, 1},
		{"cap/", capMarks, 0.85}, // infos of one language are one item, with one address
		{"communes/", csvMarks, 0.99},
		{"dila-annuaire/", dilaMarks, 1},
		{"dila-comarquage-xml/", dilaMarks, 1},
		{"dila-fiches-json/", dilaTree, 1},
		{"feed-edge-cases/", feedMarks, 0.9}, // one entry has not a word
		{"feeds/ical/", icsMarks, 0.75},      // revisions of one event are one, and many files are wrong on purpose
		{"feeds/real/", feedMarks, 0.98},
		{"ics/", icsMarks, 0.97}, // one event has not a word
		{"imio-rest/json_rest_", ploneMarks, 1},
		{"oparl-karlsruhe/", oparlMarks, 1},
		{"plone-restapi/newsitem", ploneMarks, 1},
		{"plone-restapi/event", ploneMarks, 1},
		{"plone-restapi/document", ploneMarks, 1},
		{"plonemeeting/meeting", meetingMarks, 1},
	} {
		said, has := foldersFields(t, c.folder, c.marks)
		for _, f := range []struct {
			name      string
			said, has int
		}{
			{"entries", said.all, has.all}, {"titles", said.title, has.title}, {"addresses", said.address, has.address},
			{"dates", said.date, has.date}, {"languages", said.language, has.language},
		} {
			if float64(f.has) < c.few*float64(f.said) {
				t.Errorf("%s: the items have %d %s, the documents %d; want at least %v of them", c.folder, f.has, f.name, f.said, c.few)
			}
		}
		if said.all == 0 || said.title == 0 {
			t.Errorf("%s: no entries were counted", c.folder)
		}
		t.Logf("%-24s said %+v, read %+v", c.folder, said, has)
	}
}

// foldersFields counts what the documents of a folder say, and what the items
// that the hub would keep of them have.
func foldersFields(t *testing.T, folder string, m marks) (said, has fields) {
	t.Helper()
	hub := harvester.New(testLog(t), nil, nil, formats())
	for _, s := range specimens(t) {
		if !strings.HasPrefix(s.name, folder) || kindOf(s.name) == refusedKind || folder == "cap/" && kindOf(s.name) != "cap" {
			continue
		}
		for _, entry := range entriesOf(t, s.body, m.entry) {
			said.count(matches(m.title, entry), matches(m.address, entry), matches(m.date, entry), matches(m.language, entry))
		}
		found, failed := hub.Check(t.Context(), federation.Source{Member: "m", Slug: "s", URL: "file:" + s.file(t)})
		if failed != nil {
			t.Errorf("%s: %s", s.name, failed.Message)
		}
		for _, it := range found.Items {
			dated := !it.Published.IsZero() || !it.Updated.IsZero() || it.Event != nil
			has.count(it.Title != "", it.URL != "", dated, it.Language != "")
			if !federation.ValidType(it.Type) || it.Language != "" && !federation.ValidLanguage(it.Language) {
				t.Errorf("%s: %s has type %q and language %q", s.name, it.OriginID, it.Type, it.Language)
			}
		}
	}
	return said, has
}

func (f *fields) count(title, address, date, language bool) {
	f.all++
	for n, has := range map[*int]bool{&f.title: title, &f.address: address, &f.date: date, &f.language: language} {
		if has {
			*n++
		}
	}
}

func matches(pattern string, entry []byte) bool {
	return pattern != "" && regexp.MustCompile(pattern).Match(entry)
}

// entriesOf cuts a document before each mark; of JSON it returns the objects of
// a list, or the one there is.
func entriesOf(t *testing.T, body []byte, mark string) (entries [][]byte) {
	t.Helper()
	if first := bytes.TrimSpace(body); len(first) > 0 && (first[0] == '{' || first[0] == '[') {
		return objectsOf(t, body)
	}
	if mark == "" {
		return nil
	}
	starts := regexp.MustCompile(mark).FindAllIndex(body, -1)
	for i, at := range starts {
		end := len(body)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		entries = append(entries, body[at[0]:end])
	}
	return entries
}

// objectsOf are the entries of JSON: of a list, of the list under a usual name,
// or the document.
func objectsOf(t *testing.T, body []byte) (entries [][]byte) {
	t.Helper()
	list := []json.RawMessage{body}
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil {
		if err := json.Unmarshal(body, &list); err != nil {
			t.Fatalf("%.60q: %v", body, err)
		}
	}
	for _, name := range []string{"items", "data"} {
		if object[name] != nil {
			if err := json.Unmarshal(object[name], &list); err != nil {
				t.Fatalf("%.60q: %v", body, err)
			}
		}
	}
	for _, raw := range list {
		var b bytes.Buffer
		if err := json.Compact(&b, raw); err != nil {
			t.Fatal(err)
		}
		entries = append(entries, b.Bytes())
	}
	return slices.Clip(entries)
}
