package feed_test

import (
	"bytes"
	"cmp"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
)

// TestRealFeeds writes what real feeds hold, in every format, and reads it
// back. Real texts have what no generator thinks of.
func TestRealFeeds(t *testing.T) {
	seen, entries := 0, 0
	for _, folder := range []string{"real", "encodings", "parser"} {
		root := shareddata.Dir(t, "feeds", folder)
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			in, err := gofeed.NewParser().Parse(bytes.NewReader(b))
			if err != nil || len(in.Items) == 0 {
				return nil // not every file there is a feed
			}
			f := sample()
			f.Entries = harvested(in, path)
			seen, entries = seen+1, entries+len(f.Entries)
			roundTrip(t, path, f)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 500 {
		t.Errorf("%d feeds read, want 500 at least", seen)
	}
	t.Logf("%d feeds with %d entries", seen, entries)
}

// harvested makes entries as the harvester would: text cleaned, HTML
// sanitised, ids of our own.
func harvested(in *gofeed.Feed, source string) []feed.Entry {
	base, _ := url.Parse("https://origin.example/") // a constant
	seen := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	var out []feed.Entry
	ids := map[string]bool{}
	for _, it := range in.Items {
		id := federation.NewItemID(source, cmp.Or(it.GUID, it.Link, it.Title))
		title := markup.Sanitise(it.Title, base).Summary(200)
		if ids[id] || title == "" {
			continue
		}
		ids[id] = true
		e := feed.Entry{Page: "https://hub.example/items/" + id, Member: in.Title, Item: federation.Item{
			ID: id, Title: title, URL: it.Link, Content: markup.Sanitise(cmp.Or(it.Content, it.Description), base),
			Language: in.Language, FirstSeen: seen, Categories: it.Categories, Version: 1,
			Provenance: federation.Provenance{SourceURL: in.FeedLink, Fetched: seen},
		}}
		e.Item.Summary = e.Item.Content.Summary(280)
		if it.PublishedParsed != nil {
			e.Item.Published = it.PublishedParsed.UTC()
		}
		if it.UpdatedParsed != nil {
			e.Item.Updated = it.UpdatedParsed.UTC()
		}
		for _, a := range it.Authors {
			e.Item.Authors = append(e.Item.Authors, a.Name, a.Email)
		}
		for _, a := range it.Enclosures {
			e.Item.Attachments = append(e.Item.Attachments, federation.Attachment{URL: a.URL, Type: a.Type})
		}
		if it.Image != nil {
			e.Item.Image = &federation.Image{URL: it.Image.URL}
		}
		out = append(out, e)
	}
	return out
}

func roundTrip(t *testing.T, name string, f feed.Feed) {
	t.Helper()
	for _, format := range feed.Formats {
		b := write(t, format, f)
		if dir := os.Getenv("CARILLON_KEEP_FEEDS"); dir != "" && format.Extension != "json" {
			file := filepath.Join(dir, federation.NewItemID(name, format.Extension)+"."+format.Extension)
			if err := os.WriteFile(file, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if format.Extension != "json" {
			if found := lint(b); len(found) > 0 {
				t.Errorf("%s as %s: %v", name, format.Extension, slices.Sorted(maps.Keys(found)))
			}
		}
		got, err := gofeed.NewParser().Parse(bytes.NewReader(b))
		if err != nil {
			t.Errorf("%s as %s: %v", name, format.Extension, err)
			continue
		}
		if diff := gocmp.Diff(wanted(f), parsed(got)); diff != "" {
			t.Errorf("%s as %s read back (-want +got):\n%s", name, format.Extension, diff)
		}
	}
}
