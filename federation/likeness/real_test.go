package likeness

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/mmcdole/gofeed"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
)

// TestReal takes the items of real feeds. Every
// one is to be linked to itself as a commune republishes it, and hardly any
// two of one feed, which are two documents of one hand, to each other.
func TestReal(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shareddata.Dir(t, "feeds", "real"), "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no real feeds: %v", err)
	}
	items, found, pairs, linked := 0, 0, 0, 0
	for _, file := range files {
		var prints []*Fingerprint
		for _, it := range readReal(t, file) {
			p := Of(it)
			if p.words < 40 {
				continue
			}
			again := Of(republished(it))
			items++
			if Alike(p, again) && shareKey(p, again) {
				found++
			}
			prints = append(prints, p)
		}
		for i, p := range prints {
			for j, q := range prints[:i] {
				p, q := *p, *q
				p.source, q.source, p.address, q.address = "a/news", fmt.Sprint("b", j), "", ""
				pairs++
				if Alike(&p, &q) {
					linked++
					t.Logf("%s: %q and %q", filepath.Base(file), p.title, q.title)
				}
			}
		}
	}
	t.Logf("%d items republished, %s linked; of %d pairs of one feed %d linked", items, percent(found, items), pairs, linked)
	if items == 0 || share(found, items) < .98 || share(linked, pairs) > .001 {
		t.Errorf("want 98 %% of what is republished linked, and of other pairs one in a thousand at most")
	}
}

// republished is it as another member puts it on its site.
func republished(it federation.Item) federation.Item {
	out := it
	out.Source, out.URL = "brume/news", ""
	out.Title = "Brume: " + it.Title
	out.Content = markup.Sanitise("<p>Nous relayons ce message.</p>"+it.Content.String()+"<p>Service communication, 5060 Brume, tél. 071 12 34 56</p>", nil)
	return out
}

func readReal(t *testing.T, file string) []federation.Item {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	feed, err := gofeed.NewParser().Parse(f)
	if err != nil {
		return nil // what is no feed is for the decoders' tests
	}
	var out []federation.Item
	for _, it := range feed.Items {
		html := it.Content
		if html == "" {
			html = it.Description
		}
		out = append(out, federation.Item{Source: "alba/news", Type: federation.News, URL: it.Link,
			Title: it.Title, Content: markup.Sanitise(html, nil)})
	}
	return out
}
