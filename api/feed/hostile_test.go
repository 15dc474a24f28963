package feed_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
)

// inputs reads every "input" of the files of one JSON object a line.
func inputs(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shareddata.Dir(t, "hostile", folder), "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in hostile/%s: %v", folder, err)
	}
	var out []string
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			var one struct{ Input string }
			if json.Unmarshal(lines.Bytes(), &one) == nil && one.Input != "" {
				out = append(out, one.Input)
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestHostileTexts puts each text wherever a source could: every format stays
// readable, and says exactly what was put in.
func TestHostileTexts(t *testing.T) {
	texts := append(inputs(t, "text"), inputs(t, "xss")...)
	if len(texts) < 1000 {
		t.Fatalf("%d hostile texts, want 1000 at least", len(texts))
	}
	for begin := 0; begin < len(texts); begin += 100 {
		f := sample()
		f.Entries, f.Author = nil, texts[begin]
		for _, text := range texts[begin:min(begin+100, len(texts))] {
			f.Entries = append(f.Entries, hostileEntry(text, len(f.Entries)))
		}
		roundTrip(t, "hostile texts", f)
	}
}

func hostileEntry(text string, n int) feed.Entry {
	id := federation.NewItemID("hostile/"+text, string(rune('a'+n)))
	return feed.Entry{
		Page: "https://hub.example/items/" + id, Member: text, MemberURL: text, SourceTitle: text,
		Item: federation.Item{ID: id, Title: "t " + text, Summary: text, Content: html(text), Language: text, URL: text,
			Categories: []string{text}, Authors: []string{text}, FirstSeen: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
			Image: &federation.Image{URL: text, Alt: text}, Attachments: []federation.Attachment{{URL: text, Type: text, Title: text}},
			Provenance: federation.Provenance{SourceURL: "https://a.example/" + text, License: text, Attribution: text, Hash: "0"}, Version: 1},
	}
}
