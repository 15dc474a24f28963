package main

import (
	"fmt"
	"io/fs"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/cmd/carillon/demo"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
)

// TestFeedsOfTheDemo reads every channel, member, source and type of the demo
// region back from its feeds.
func TestFeedsOfTheDemo(t *testing.T) {
	region, err := demo.New(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	sources := httptest.NewServer(region.Sources())
	t.Cleanup(sources.Close)
	hub := startHub(t, string(region.File(sources.URL, nil)))

	check := feedCheck{hub: hub}
	check.selection(t, "")
	for key, names := range directoryOf(t, hub) {
		for _, name := range names {
			check.selection(t, url.Values{key: {name}}.Encode())
		}
	}
	for _, kind := range federation.ItemTypes {
		check.selection(t, "type="+string(kind))
	}
	check.report(t)
}

// directoryOf lists what can be named in a selection, by its key.
func directoryOf(t *testing.T, hub string) map[string][]string {
	t.Helper()
	var members struct{ Members []struct{ Slug string } }
	var channels struct{ Channels []struct{ Slug string } }
	var sources struct{ Sources []struct{ Name string } }
	getJSON(t, hub+"/api/v1/members", &members)
	getJSON(t, hub+"/api/v1/channels", &channels)
	getJSON(t, hub+"/api/v1/sources", &sources)
	out := map[string][]string{}
	for _, m := range members.Members {
		out["member"] = append(out["member"], m.Slug)
	}
	for _, c := range channels.Channels {
		out["channel"] = append(out["channel"], c.Slug)
	}
	for _, s := range sources.Sources {
		out["source"] = append(out["source"], s.Name)
	}
	if len(out["member"]) < 7 || len(out["channel"]) == 0 || len(out["source"]) == 0 {
		t.Fatalf("the region has %d members, %d channels, %d sources", len(out["member"]), len(out["channel"]), len(out["source"]))
	}
	return out
}

// TestFeedsOfRealFeeds harvests every real feed and reads its items back from
// the hub's own feeds.
func TestFeedsOfRealFeeds(t *testing.T) {
	dir := shareddata.Dir(t, "feeds", "real")
	files := realFeeds(t, dir)
	origin := httptest.NewServer(folder(dir))
	t.Cleanup(origin.Close)
	var y strings.Builder
	y.WriteString("members:\n  - slug: real\n    kind: commune\n    name: Real\n    sources:\n")
	for i, name := range files {
		fmt.Fprintf(&y, "      - {slug: s%d, url: %q}\n", i, origin.URL+"/"+(&url.URL{Path: name}).EscapedPath())
	}
	hub := startHub(t, y.String())

	var health struct {
		Sources []struct {
			Name      string
			Items     int
			LastError *federation.Failure `json:"last_error"`
		}
	}
	getJSON(t, hub+"/api/v1/sources", &health)
	check := feedCheck{hub: hub}
	harvested := 0
	for _, s := range health.Sources {
		var n int
		if _, err := fmt.Sscanf(s.Name, "real/s%d", &n); err != nil {
			t.Fatal(err)
		}
		if s.LastError != nil {
			t.Errorf("%s was not harvested: %s", files[n], s.LastError.Message)
			continue
		}
		harvested++
		if got := check.selection(t, "source="+s.Name); got != s.Items {
			t.Errorf("%s: %d items in the API, its health says %d", files[n], got, s.Items)
		}
	}
	t.Logf("%d of %d real feeds harvested", harvested, len(files))
	check.report(t)
}

// realFeeds lists the feeds. What others read in one lies beside some of them
// as .serde.json; the folder xml tries an XML parser with what is no feed.
func realFeeds(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "xml":
			return fs.SkipDir
		case d.IsDir(), strings.HasSuffix(path, ".serde.json"):
			return nil
		}
		name, err := filepath.Rel(dir, path)
		out = append(out, filepath.ToSlash(name))
		return err
	})
	if err != nil || len(out) < 40 {
		t.Fatalf("%d real feeds in %s: %v", len(out), dir, err)
	}
	return out
}

// feedCheck compares feeds with the API and counts.
type feedCheck struct {
	hub               string
	selections, feeds int
	entries           int
}

func (c *feedCheck) report(t *testing.T) {
	t.Logf("%d selections, %d feed documents, %d entries compared", c.selections, c.feeds, c.entries)
	if c.entries == 0 {
		t.Error("no entry was compared")
	}
}

// selection reads every page of the selection in every format and returns how
// many items it has.
func (c *feedCheck) selection(t *testing.T, sel string) (items int) {
	t.Helper()
	c.selections++
	cursor := ""
	for _, page := range pagesOf(t, c.hub, sel) {
		query := "limit=100"
		if sel != "" {
			query += "&" + sel
		}
		if cursor != "" {
			query += "&cursor=" + cursor
		}
		for _, f := range feed.Formats {
			c.document(t, c.hub+"/feed."+f.Extension+"?"+query, f.Extension, page.Items)
			if slug, ok := strings.CutPrefix(sel, "channel="); ok && cursor == "" {
				c.document(t, c.hub+"/channels/"+slug+"."+f.Extension+"?limit=100", f.Extension, page.Items)
			}
		}
		items += len(page.Items)
		cursor = page.Next
	}
	return items
}

func (c *feedCheck) document(t *testing.T, address, format string, want []apiItem) {
	t.Helper()
	status, body := get(t, address)
	parsed, err := gofeed.NewParser().Parse(strings.NewReader(body))
	if err != nil || status != 200 {
		t.Errorf("GET %s = %d; gofeed: %v", address, status, err)
		return
	}
	c.feeds++
	if len(parsed.Items) != len(want) {
		t.Errorf("GET %s has %d entries, the API %d items", address, len(parsed.Items), len(want))
		return
	}
	for i, got := range parsed.Items {
		c.entries++
		if fault := differs(c.hub, format, got, want[i]); fault != "" {
			t.Errorf("GET %s, entry %d (item %s): %s", address, i, want[i].ID, fault)
			return
		}
	}
}

// differs says how a feed's entry differs from the item.
func differs(hub, format string, got *gofeed.Item, want apiItem) string {
	published, updated := datesOf(want)
	link := want.URL
	if link == "" {
		link = hub + "/items/" + want.ID
	}
	switch {
	case got.GUID != "urn:carillon:"+want.ID:
		return fmt.Sprintf("id %q, want urn:carillon:%s", got.GUID, want.ID)
	case got.Title != titleOf(want, link):
		return fmt.Sprintf("title %q, want %q", got.Title, titleOf(want, link))
	case got.Link != link:
		return fmt.Sprintf("link %q, want %q", got.Link, link)
	case got.PublishedParsed == nil || !near(*got.PublishedParsed, published):
		return fmt.Sprintf("published %v, want %v", got.PublishedParsed, published)
	case format != "rss" && (got.UpdatedParsed == nil || !near(*got.UpdatedParsed, updated)):
		return fmt.Sprintf("updated %v, want %v", got.UpdatedParsed, updated)
	case !slices.Equal(got.Categories, want.Categories):
		return fmt.Sprintf("categories %q, want %q", got.Categories, want.Categories)
	}
	return ""
}

// near allows what the formats drop or add: the part of a second in RSS, and
// the microseconds that keep the dates of two Atom entries apart.
func near(a, b time.Time) bool { return a.Sub(b).Abs() < time.Second }

// titleOf is the title a feed must have: every format demands one.
func titleOf(it apiItem, link string) string {
	for _, text := range []string{it.Title, cutAt(it.Summary, 80), link} {
		if text = strings.Join(strings.Fields(text), " "); text != "" {
			return text
		}
	}
	return ""
}

func cutAt(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// datesOf are the dates a feed must have: those of the origin where it gives
// one that can be true, else when the hub read the item, which is new here and
// so first seen when it was fetched.
func datesOf(it apiItem) (published, updated time.Time) {
	seen := it.Provenance.Fetched
	published = seen
	for _, said := range []*time.Time{it.Published, it.Updated} {
		if said != nil {
			if !said.After(seen) && !said.Before(feed.Earliest) {
				published = *said
			}
			break
		}
	}
	if updated = published; it.Updated != nil && it.Updated.After(published) && !it.Updated.After(seen) {
		updated = *it.Updated
	}
	return published, updated
}
