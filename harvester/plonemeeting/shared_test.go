package plonemeeting_test

import (
	"encoding/json"
	"html"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/formattest"
	"github.com/plonegov/carillon/harvester/plone"
	"github.com/plonegov/carillon/harvester/plonemeeting"
)

func shared(t testing.TB, name string) (federation.Decoded, []byte) {
	t.Helper()
	body, err := os.ReadFile(shareddata.Dir(t, "plonemeeting", name))
	if err != nil {
		t.Fatal(err)
	}
	doc := federation.Document{URL: "https://conseil.example/", Body: body, Source: federation.Source{Language: "fr"}}
	if ours, theirs := plonemeeting.Format().Sniff(doc), plone.Format().Sniff(doc); ours < 90 || ours <= theirs {
		t.Errorf("Sniff(%s) = %d, and that of plone %d", name, ours, theirs)
	}
	d, err := plonemeeting.Format().Decode(doc)
	if err != nil {
		t.Fatalf("Decode(%s): %v", name, err)
	}
	return d, body
}

var tag = regexp.MustCompile(`<[^>]*>|\[\[|\]\]|\\n|\s+`)

// squeeze leaves the letters of a text, without tags and space.
func squeeze(s string) string {
	return tag.ReplaceAllString(strings.ReplaceAll(html.UnescapeString(tag.ReplaceAllString(s, "")), "\u00a0", ""), "")
}

// TestSharedPoints looks for the public texts of each point in its item.
func TestSharedPoints(t *testing.T) {
	d, body := shared(t, "meeting_items_mock.json")
	var doc struct{ Items []map[string]any }
	if err := json.Unmarshal(body, &doc); err != nil {
		t.Fatal(err)
	}
	if len(d.Items) != len(doc.Items) || d.Listed != len(doc.Items) || len(d.Warnings) > 0 {
		t.Fatalf("Decode = %d items, %d listed, want %d; %v", len(d.Items), d.Listed, len(doc.Items), d.Warnings)
	}
	for i, o := range doc.Items {
		it := d.Items[i]
		if it.OriginID != o["UID"] || it.Type != federation.Decision || it.URL != o["@id"] || squeeze(it.Title) != squeeze(o["title"].(string)) || it.Updated.IsZero() {
			t.Errorf("item %d = %s", i, formattest.Render(it))
		}
		for _, key := range []string{"category", "classifier"} {
			if title := o[key].(map[string]any)["title"].(string); !slices.Contains(it.Categories, title) {
				t.Errorf("item %d: categories %q lack %q", i, it.Categories, title)
			}
		}
		held := squeeze(it.Content.String())
		keys := []string{"description", "motivation", "decision", "itemAssembly", "itemAssemblyExcused", "itemSignatures", "itemReference", "formatted_itemNumber"}
		if o["review_state"] == "delayed" {
			keys = []string{"itemReference", "formatted_itemNumber"}
		}
		for _, key := range keys {
			text, _ := o[key].(string)
			if m, ok := o[key].(map[string]any); ok {
				text, _ = m["data"].(string)
			}
			if !strings.Contains(held, squeeze(text)) {
				t.Errorf("item %d lost its %s: %.200q", i, key, text)
			}
		}
		if m := o["textCheckList"].(map[string]any)["data"].(string); m != "" && strings.Contains(held, squeeze(m)) {
			t.Errorf("item %d shows its check list", i)
		}
	}
}

func TestSharedMeeting(t *testing.T) {
	d, _ := shared(t, "meeting_mock.json")
	it := d.Items[0]
	if len(d.Items) != 1 || it.Type != federation.Meeting || it.Title != "14 novembre 2019" || it.Event == nil ||
		formattest.When(it.Event.Start) != "2019-11-14T00:00:00+01:00" || formattest.When(it.Event.End) != "2019-11-14T02:00:00+01:00" {
		t.Errorf("meeting = %s", formattest.Render(it))
	}
	for _, text := range []string{"331", "<s>Pol Lejeune - 1er Echevin,</s>", "John Doe, Anonyme", "Staff 1, Staff 2", "Le Bourgmestre"} {
		if !strings.Contains(it.Content.String(), text) {
			t.Errorf("meeting lacks %q: %s", text, it.Content)
		}
	}
	if text := formattest.Render(d); strings.Contains(text, "orphee") {
		t.Error("the addresses of points, which may be secret, are shown")
	}
}

func TestSharedAnnex(t *testing.T) {
	d, body := shared(t, "annexes_publishable_mock.json")
	if len(d.Items) != 1 || len(d.Items[0].Attachments) != 1 || d.Items[0].Attachments[0].Size != 50915 || d.Items[0].Attachments[0].Type != "image/jpeg" {
		t.Errorf("annexes = %s", formattest.Render(d))
	}
	not := strings.Replace(string(body), `"publishable": true`, `"publishable": false`, 1)
	d, err := plonemeeting.Format().Decode(federation.Document{Body: []byte(not)})
	if err != nil || len(d.Items) != 0 || len(d.Gone) != 1 {
		t.Errorf("Decode(annex, not publishable) = %d items, %v", len(d.Items), err)
	}
}

// TestSharedPublications looks for each published one, and for no other.
func TestSharedPublications(t *testing.T) {
	d, body := shared(t, "publications.json")
	var doc []map[string]any
	if err := json.Unmarshal(body, &doc); err != nil {
		t.Fatal(err)
	}
	items := map[string]federation.Item{}
	for _, it := range d.Items {
		items[it.OriginID] = it
	}
	published := 0
	for _, o := range doc {
		it, ok := items[o["@id"].(string)]
		if ok != (o["review_state"] == "published") {
			t.Errorf("%s, %s: read %v", o["@id"], o["review_state"], ok)
		}
		if !ok {
			continue
		}
		published++
		held := squeeze(formattest.Render(it))
		for _, key := range []string{"title", "description", "text", "consultation_text", "decision_date", "document_type", "category", "legislative_authority", "entry_date"} {
			text, _ := o[key].(string)
			if m, ok := o[key].(map[string]any); ok {
				text, _ = m["data"].(string)
			}
			if strings.HasSuffix(key, "_date") && text != "" {
				text = text[8:] + "/" + text[5:7] + "/" + text[:4]
			}
			if !strings.Contains(held, squeeze(text)) {
				t.Errorf("%s lost its %s: %q in %s", o["@id"], key, text, held)
			}
		}
		if it.Type != federation.Notice || it.Updated.IsZero() || it.Published.IsZero() || (o["expires"] == nil) != it.Expires.IsZero() || len(it.Authors) > 0 {
			t.Errorf("%s = %s", o["@id"], formattest.Render(it))
		}
	}
	if published == 0 || published != len(d.Items) || d.Listed != len(doc) {
		t.Errorf("Decode = %d items of %d published, listed %d of %d", len(d.Items), published, d.Listed, len(doc))
	}
	t.Logf("%d of %d are published", published, len(doc))
}
