package feed_test

import (
	"compress/gzip"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/harvester/feed"
)

// golden is what feedparser 6.0.10 reads in a file.
type golden struct {
	Version string            `json:"version"`
	Headers map[string]string `json:"headers"`
	N       int               `json:"n"`
	Title   string            `json:"title"`
	Entries []goldenEntry     `json:"entries"`
}

type goldenEntry struct {
	Title, Link, Published, Updated, Summary string
	Content, Tags                            []string
}

func readGolden(t *testing.T) map[string]golden {
	f, err := os.Open(shareddata.Dir(t, "feeds", "golden", "feedparser-6.0.10.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]golden
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// tally counts agreement on one field.
type tally struct {
	same, all int
	differ    []string
}

func (c *tally) add(same bool, what string) {
	c.all++
	if same {
		c.same++
	} else {
		c.differ = append(c.differ, what)
	}
}

func (c *tally) rate() float64 { return 100 * float64(c.same) / float64(max(c.all, 1)) }

func squeeze(s string) string {
	return strings.Join(strings.Fields(html.UnescapeString(markup.Text(s))), " ")
}

func TestCorpus(t *testing.T) {
	all := readGolden(t)
	tallies := map[string]*tally{}
	count := func(field string, same bool, what ...string) {
		if tallies[field] == nil {
			tallies[field] = &tally{}
		}
		tallies[field].add(same, strings.Join(what, " | "))
	}
	for name, want := range all {
		if want.Version == "" {
			continue
		}
		body, err := os.ReadFile(filepath.Join(shareddata.Dir(t, "feeds"), name))
		if err != nil {
			t.Fatal(err)
		}
		doc := federation.Document{URL: want.Headers["content-location"], Body: body, ContentType: want.Headers["content-type"],
			Source: federation.Source{Zone: "UTC"}} // where feedparser reads civil time
		got, err := feed.Format().Decode(doc)
		count("read", err == nil, name)
		if group, _, _ := strings.Cut(name, "/"); group != "parser" {
			count("read "+group, err == nil, name)
		}
		if err != nil {
			continue
		}
		count("sniffed", feed.Format().Sniff(doc) > 0, name)
		count("entries", len(got.Items) == want.N, name)
		if len(got.Items) != want.N || len(want.Entries) != min(want.N, 50) {
			continue
		}
		for i, e := range want.Entries {
			compare(count, name, e, got.Items[i])
		}
	}
	bars := map[string]float64{"read": 99.5, "entries": 99, "sniffed": 99.5, "read real": 100, "read encodings": 100,
		"title": 99, "link": 99, "published": 99, "categories": 98, "content": 98}
	for field, c := range tallies {
		t.Logf("%-15s %5d of %5d = %.1f %%", field, c.same, c.all, c.rate())
		if c.rate() < bars[field] {
			t.Errorf("%s: %.2f %%, want %.2f or more", field, c.rate(), bars[field])
		}
		if testing.Verbose() {
			slices.Sort(c.differ)
			for _, d := range c.differ[:min(len(c.differ), 60)] {
				t.Logf("  %s: %s", field, d)
			}
		}
	}
}

func compare(count func(string, bool, ...string), name string, want goldenEntry, got federation.Item) {
	if want.Title != "" {
		w, g := squeeze(want.Title), squeeze(got.Title)
		count("title", w == g, name, g, w)
	}
	if want.Link != "" {
		count("link", got.URL == want.Link || got.URL == strings.ReplaceAll(want.Link, " ", "%20"), name, got.URL, want.Link)
	}
	if want.Published != "" {
		count("published", got.Published.UTC().Format(time.RFC3339) == want.Published, name, got.Published.String(), want.Published)
	}
	if tags := want.Tags; len(tags) > 0 {
		slices.Sort(tags)
		mine := slices.Clone(got.Categories)
		slices.Sort(mine)
		count("categories", slices.Equal(slices.Compact(tags), mine), name, strings.Join(mine, ";"), strings.Join(tags, ";"))
	}
	text := want.Summary
	if len(want.Content) > 0 {
		text = want.Content[0]
	}
	if w := squeeze(markup.Sanitise(text, nil).Text()); w != "" {
		g := squeeze(got.Content.Text())
		count("content", w == g, name, g[:min(len(g), 90)], w[:min(len(w), 90)])
	}
}
