package feed_test

import (
	"bytes"
	"html"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/feed"
)

// TestAgreement measures this package and gofeed, which it builds on, against
// the golden file in one way; docs/sources/feed.md has the table. An entry that
// a reader does not have counts against it.
func TestAgreement(t *testing.T) {
	ours, theirs := map[string]*tally{}, map[string]*tally{}
	for name, want := range readGolden(t) {
		if want.Version == "" || len(want.Entries) != min(want.N, 50) {
			continue
		}
		body, err := os.ReadFile(filepath.Join(shareddata.Dir(t, "feeds"), name))
		if err != nil {
			t.Fatal(err)
		}
		address := want.Headers["content-location"] // feedparser was given no other base
		d, err := feed.Format().Decode(federation.Document{URL: address, Body: body, ContentType: want.Headers["content-type"]})
		score(ours, name, want, d.Items, err)
		items, err := byGofeed(body)
		score(theirs, name, want, items, err)
	}
	for _, field := range slices.Sorted(maps.Keys(ours)) {
		t.Logf("%-10s ours %5.1f %%  gofeed %5.1f %%  of %d", field, ours[field].rate(), theirs[field].rate(), ours[field].all)
		if ours[field].rate() < theirs[field].rate() {
			t.Errorf("%s: %.1f %%, gofeed has %.1f %%", field, ours[field].rate(), theirs[field].rate())
		}
	}
}

func firstOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func score(tallies map[string]*tally, name string, want golden, items []federation.Item, err error) {
	count := func(field string, same bool, what ...string) {
		if tallies[field] == nil {
			tallies[field] = &tally{}
		}
		tallies[field].add(same, strings.Join(what, " | "))
	}
	count("read", err == nil, name)
	count("entries", len(items) == want.N, name)
	for i, e := range want.Entries {
		compare(count, name, e, counterpart(items, want.N, i, e))
	}
}

// counterpart is the item of an entry: the one in its place, or, where a reader
// has fewer, the one with its link.
func counterpart(items []federation.Item, all, i int, e goldenEntry) federation.Item {
	if len(items) == all {
		return items[i]
	}
	for _, it := range items {
		if it.URL == e.Link && e.Link != "" {
			return it
		}
	}
	return federation.Item{}
}

// byGofeed reads a feed as gofeed does on its own.
func byGofeed(body []byte) ([]federation.Item, error) {
	f, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	var items []federation.Item
	for _, i := range f.Items {
		it := federation.Item{Title: i.Title, URL: i.Link, Categories: i.Categories,
			Content: markup.Sanitise(firstOr(i.Content, i.Description), nil)}
		if i.PublishedParsed != nil {
			it.Published = i.PublishedParsed.In(time.UTC)
		}
		it.Title = html.UnescapeString(it.Title)
		items = append(items, it)
	}
	return items, nil
}
