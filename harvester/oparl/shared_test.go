package oparl_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/oparl"
	"github.com/plonegov/carillon/harvester/read"
)

// machine are the attributes whose value is not told to readers as it stands.
var machine = map[string]bool{"id": true, "type": true, "sha1Checksum": true, "body": true, "system": true, "masterFile": true,
	"downloadUrl": true, "fileName": true, "accessUrl": true}

// stamps are told as times of the item, or in another form.
var stamps = map[string]bool{"created": true, "modified": true, "start": true, "end": true, "date": true, "startDate": true, "endDate": true}

// TestShared reads each object of the shared data and looks for each text of it
// in its item.
func TestShared(t *testing.T) {
	read := 0
	for _, dir := range []string{"oparl", "oparl-karlsruhe"} {
		files, err := filepath.Glob(filepath.Join(shareddata.Dir(t, dir), "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", dir, len(files), err)
		}
		for _, name := range files {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			doc := federation.Document{URL: "https://ris.example.de/" + filepath.Base(name), Body: body}
			if strings.Contains(name, "amtzell") { // a format of its own
				if _, err := oparl.Format().Decode(doc); err == nil || oparl.Format().Sniff(doc) != 0 {
					t.Errorf("%s: is read as OParl", name)
				}
				continue
			}
			if got := oparl.Format().Sniff(doc); got < 90 {
				t.Errorf("%s: Sniff = %d", name, got)
			}
			read += sharedDocument(t, name, body, decode(t, doc))
		}
	}
	t.Logf("%d objects read", read)
}

func sharedDocument(t *testing.T, name string, body []byte, d federation.Decoded) int {
	t.Helper()
	var all []map[string]any
	if json.Unmarshal(body, &all) != nil {
		all = append(all, nil)
		if err := json.Unmarshal(body, &all[0]); err != nil {
			t.Fatal(err)
		}
	}
	if lists, is := all[0]["organization"].(string); is && lists != "" { // a body
		if len(d.Pages) < 2 || d.Title != all[0]["name"] || !d.Complete {
			t.Errorf("%s: title %q, pages %v", name, d.Title, d.Pages)
		}
		return 1
	}
	if len(d.Items) != len(all) || d.Listed != len(all) {
		t.Fatalf("%s: %d items of %d, want %d; %v", name, len(d.Items), d.Listed, len(all), d.Warnings)
	}
	for i, o := range all {
		sharedObject(t, o, d.Items[i])
	}
	return len(all)
}

func sharedObject(t *testing.T, o map[string]any, it federation.Item) {
	t.Helper()
	if it.OriginID != o["id"] || it.Title != markup.Text(o["name"].(string)) {
		t.Errorf("item %q %q, want %q %q", it.OriginID, it.Title, o["id"], o["name"])
	}
	same(t, it.OriginID, "published", it.Published, o["created"])
	same(t, it.OriginID, "updated", it.Updated, o["modified"])
	if start := o["start"]; start != nil {
		if it.Type != federation.Meeting || it.Event == nil {
			t.Fatalf("%s: type %s, event %v", it.OriginID, it.Type, it.Event)
		}
		same(t, it.OriginID, "start", it.Event.Start, start)
		if end := o["end"].(string); end > start.(string) {
			same(t, it.OriginID, "end", it.Event.End, end)
		} else if !it.Event.End.IsZero() {
			t.Errorf("%s: end = %v, before the start", it.OriginID, it.Event.End)
		}
	}
	shown := it.Title + "\n" + it.Content.Text() + "\n" + it.Content.String() + "\n" + it.Provenance.License + "\n" + strings.Join(it.Categories, "\n")
	for _, a := range it.Attachments {
		shown += "\n" + a.Title + "\n" + a.URL + "\n" + a.Type + "\n" + a.Credit
	}
	holds(t, it.OriginID, shown, "", o)
	if strings.Contains(shown, "/person/") {
		t.Errorf("%s: tells of a person: %q", it.OriginID, shown)
	}
}

// holds walks through an object and looks for each of its texts.
func holds(t *testing.T, id, shown, key string, v any) {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		if url, is := v["accessUrl"].(string); is && !strings.Contains(shown, url) {
			t.Errorf("%s: the file %q is lost", id, url)
		}
		for k, inner := range v {
			if !machine[k] && !stamps[k] && (k != "type" || v["coordinates"] == nil) {
				holds(t, id, shown, k, inner)
			}
		}
	case []any:
		for _, inner := range v {
			holds(t, id, shown, key, inner)
		}
	case string:
		if text := markup.Text(v); !strings.HasPrefix(v, "https://") && !strings.Contains(shown, text) {
			t.Errorf("%s: %s %q is lost", id, key, text)
		}
	}
}

func same(t *testing.T, id, what string, got time.Time, want any) {
	t.Helper()
	s, _ := want.(string)
	at, err := time.Parse(time.RFC3339, s)
	if err != nil || !got.Equal(at) {
		t.Errorf("%s: %s = %v, want %v", id, what, got, want)
	}
}

// TestHostileTexts puts each text into every attribute that is told.
func TestHostileTexts(t *testing.T) {
	for _, name := range []string{"text/naughty-strings", "text/utf8-cases", "json/jsontestsuite", "xss/dompurify"} {
		for _, text := range formattest.Cases(t, name) {
			hostileText(t, read.Legal(strings.ToValidUTF8(string(text), "\ufffd")))
		}
	}
}

func hostileText(t *testing.T, text string) {
	t.Helper()
	s, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	body := strings.ReplaceAll(`{"data":[{"id":"https://r.example/1","type":"https://schema.oparl.org/1.1/Meeting","name":X,"start":X,"web":X,"meetingState":X,"location":{"description":X,"geojson":{"coordinates":X}},
		"agendaItem":[{"number":X,"name":X,"result":X,"resolutionText":X,"v:x":X,"auxiliaryFile":[{"name":X,"accessUrl":X,"size":X,"text":X}]},{"public":false,"name":"GEHEIM"},X],"keyword":[X],"deleted":X,"v:y":[X]},
		{"id":"https://r.example/2","type":"https://schema.oparl.org/1.1/Paper","name":"whole"}]}`, "X", string(s))
	d, err := formattest.Check(t, oparl.Format(), corpus, text, []byte(body))
	if err != nil || len(d.Items)+len(d.Gone) != 2 || d.Items[len(d.Items)-1].Title != "whole" {
		t.Fatalf("Decode with %q = %d items, %v", text, len(d.Items), err)
	}
	if got := d.Items[0].Content.String(); strings.Contains(got, "GEHEIM") {
		t.Errorf("content = %q holds what is not public", got)
	}
	if want := markup.Text(strings.TrimSpace(text)); want != "" && len(d.Gone) == 0 && utf8.ValidString(text) && d.Items[0].Title != want {
		t.Errorf("title = %q, want %q", d.Items[0].Title, want)
	}
}

// TestHidden: whatever is not plainly public is kept in.
func TestHidden(t *testing.T) {
	for public, shown := range map[string]bool{"true": true, `"true"`: true, "null": true, "1": true,
		"false": false, `"false"`: false, "0": false, `"nein"`: false, "[]": false, "{}": false, `""`: false} {
		item := `{"id":"https://r.example/a","type":"https://schema.oparl.org/1.1/AgendaItem","name":"TEXT","result":"TEXT","resolutionText":"TEXT","v:x":"TEXT","public":` + public + `,"auxiliaryFile":[{"name":"TEXT","accessUrl":"https://r.example/TEXT","text":"TEXT"}]}`
		for _, body := range []string{item, `{"id":"https://r.example/m","type":"https://schema.oparl.org/1.1/Meeting","name":"m","agendaItem":[` + item + `]}`} {
			d := decode(t, federation.Document{URL: address, Body: []byte(body)})
			out, err := json.Marshal(d)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(string(out), "TEXT"); got != shown {
				t.Errorf("public %s: shown %v, want %v: %s", public, got, shown, out)
			}
		}
	}
}

// large are documents with which careless work would not be linear.
func large() map[string]string {
	const limit = 2 << 20
	rep := strings.Repeat
	meeting := func(s string) string {
		return `{"id":"https://r.example/1","type":"https://schema.oparl.org/1.1/Meeting","name":"m",` + s + `}`
	}
	return map[string]string{
		"depth":        rep("[", limit),
		"object depth": rep(`{"a":`, limit/5),
		"items":        `{"data":[` + rep(`{"id":"1","type":"oparl:Paper"},`, 200000) + `{}]}`,
		"numbers":      `{"data":[` + rep(`1,`, limit/2),
		"long number":  meeting(`"x":` + rep("1", limit-100)),
		"agenda":       meeting(`"agendaItem":[` + rep(`{"name":"x"},`, limit/14) + `{}]`),
		"files":        meeting(`"auxiliaryFile":[` + rep(`{"accessUrl":"https://r.example/x"},`, limit/40) + `{}]`),
		"texts":        meeting(`"auxiliaryFile":[` + rep(`{"accessUrl":"https://r.example/x","text":"`+rep("y", 100000)+`"},`, 20) + `{}]`),
		"html":         meeting(`"agendaItem":[` + rep(`{"resolutionText":"`+rep("<div>", 10000)+`"},`, 100) + `{}]`),
		"coordinates":  meeting(`"location":{"geojson":{"type":"Polygon","coordinates":[[` + rep(`[7.1,50.2],`, limit/12) + `[7,50]]]}}`),
		"keys":         meeting(`"a":1` + rep(`,"b":1`, limit/8)),
		"vendor":       meeting(`"v:a":[` + rep(`"text",`, limit/8) + `"x"]`),
	}
}

// TestLongTexts: the text of a file is cut, and takes no room from the agenda.
func TestLongTexts(t *testing.T) {
	file := `{"id":"https://r.example/f","type":"https://schema.oparl.org/1.1/File","name":"f","accessUrl":"https://r.example/f.pdf","text":"` + strings.Repeat("Wort ", 200_000) + `"}`
	meeting := `{"id":"https://r.example/m","type":"https://schema.oparl.org/1.1/Meeting","name":"m","invitation":` + file + `,"agendaItem":[{"name":"Punkt eins"}]}`
	for name, body := range map[string]string{"file": file, "meeting": meeting} {
		d := decode(t, federation.Document{URL: address, Body: []byte(body)})
		text := d.Items[0].Content.Text()
		if n := len(text); n < 200_000 || n > 512<<10 || len(d.Warnings) == 0 {
			t.Errorf("%s: text of %d bytes, warnings %q, want most of 512 KiB and a warning", name, n, d.Warnings)
		}
		if name == "meeting" && !strings.Contains(text, "Punkt eins") {
			t.Error("the agenda is lost behind the text of a file")
		}
	}
}
