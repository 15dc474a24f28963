package demo

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/dila"
	"github.com/plonegov/carillon/harvester/feed"
)

// TestDecode reads every source as the hub does: no warning, the number of
// items that was written, and every one with what it needs to be shown.
func TestDecode(t *testing.T) {
	for _, now := range []time.Time{cold, warm} {
		r := newRegion(t, now)
		h, base := r.Sources(), "http://127.0.0.1:4321"
		total := map[string]int{}
		for _, m := range readFile(t, r.File(base, nil)).Members {
			for _, s := range m.Sources {
				path := strings.TrimPrefix(s.URL, base)
				w := get(t, h, base, path)
				if w.Code != http.StatusOK {
					t.Errorf("GET %s = %d", path, w.Code)
					continue
				}
				src := federation.Source{Member: m.Slug, Slug: s.Slug, URL: s.URL, Type: federation.ItemType(s.Type), Language: s.Language}
				doc := federation.Document{URL: s.URL, ContentType: w.Header().Get("Content-Type"), Body: w.Body.Bytes(), Source: src}
				items := decode(t, doc)
				if want := len(r.procedures); path == proceduresPath && len(items) != want {
					t.Errorf("%s has %d items, want %d", path, len(items), want)
				}
				checkItems(t, r, h, base, path, items)
				for _, it := range items {
					total["all"]++
					total["type "+string(it.Type)]++
					total["language "+it.Language]++
					if it.Image != nil {
						total["with an image"]++
					}
					if len(it.Content.Text()) > 450 {
						total["long"]++
					}
				}
			}
		}
		if total["all"] < 200 {
			t.Errorf("%d items on %v, want at least 200", total["all"], now)
		}
		t.Log(now.Format(time.DateOnly), total)
	}
}

func decode(t *testing.T, doc federation.Document) []federation.Item {
	t.Helper()
	if !strings.HasSuffix(doc.URL, ".zip") {
		if feed.Format().Sniff(doc) <= dila.Format().Sniff(doc) {
			t.Errorf("%s does not look like a feed", doc.URL)
		}
		return decodeWith(t, feed.Format(), doc)
	}
	z, err := zip.NewReader(bytes.NewReader(doc.Body), int64(len(doc.Body)))
	if err != nil {
		t.Fatal(err)
	}
	var items []federation.Item
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, decodeWith(t, dila.Format(), federation.Document{URL: doc.URL + "#" + f.Name, Body: body, Source: doc.Source})...)
	}
	return items
}

func decodeWith(t *testing.T, f federation.Format, doc federation.Document) []federation.Item {
	t.Helper()
	d, err := f.Decode(doc)
	if err != nil {
		t.Errorf("%s: %v", doc.URL, err)
	}
	if len(d.Warnings) > 0 {
		t.Errorf("%s warns: %v", doc.URL, d.Warnings)
	}
	for i := range d.Items {
		it := &d.Items[i]
		if it.Type == "" {
			it.Type = doc.Source.Type
		}
		if it.Language = firstOf(it.Language, d.Language, doc.Source.Language); it.Language == "" {
			t.Errorf("%s: %q has no language", doc.URL, it.Title)
		}
	}
	return d.Items
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return strings.SplitN(s, "-", 2)[0]
		}
	}
	return ""
}

// checkItems compares what was decoded with what the content files say.
func checkItems(t *testing.T, r *Region, h http.Handler, base, path string, items []federation.Item) {
	t.Helper()
	var want []entry
	for _, p := range r.publishers {
		for _, s := range p.Sections {
			if s.FeedPath() == path {
				want = s.Entries
			}
		}
	}
	if want != nil && len(items) != len(want) {
		t.Errorf("%s has %d items, want %d", path, len(items), len(want))
		return
	}
	seen := map[string]bool{}
	for i, it := range items {
		if it.OriginID == "" || seen[it.OriginID] {
			t.Errorf("%s: %q has the id %q, not one of its own", path, it.Title, it.OriginID)
		}
		seen[it.OriginID] = true
		if w := get(t, h, base, strings.TrimPrefix(it.URL, base)); w.Code != http.StatusOK {
			t.Errorf("%s: GET %s = %d", path, it.URL, w.Code)
		}
		if it.Image != nil {
			if w := get(t, h, base, strings.TrimPrefix(it.Image.URL, base)); w.Code != http.StatusOK {
				t.Errorf("%s: GET %s = %d", path, it.Image.URL, w.Code)
			}
		}
		if want != nil {
			if diff := differs(it, want[i]); diff != "" {
				t.Errorf("%s: %s", path, diff)
			}
		}
	}
}

// differs tells what of an entry did not come through its feed.
func differs(it federation.Item, e entry) string {
	title := strings.Join(strings.Fields(e.Title), " ")
	switch {
	case strings.Join(strings.Fields(it.Title), " ") != title:
		return fmt.Sprintf("title %q, want %q", it.Title, title)
	case !it.Published.Equal(e.Date):
		return fmt.Sprintf("%q is published %v, want %v", title, it.Published, e.Date)
	case (it.Image != nil) != (e.Picture != ""):
		return fmt.Sprintf("%q has the image %v, want %q", title, it.Image, e.Picture)
	case !e.Start.IsZero() && (it.Event == nil || !it.Event.Start.Equal(e.Start) && !it.Event.AllDay):
		return fmt.Sprintf("%q is at %+v, want %v", title, it.Event, e.Start)
	case e.Point != "" && it.Point() == nil:
		return fmt.Sprintf("%q has no point, want %q", title, e.Point)
	case !strings.Contains(strings.Join(strings.Fields(it.Content.Text()), " "), strings.Join(strings.Fields(e.Lead), " ")):
		return fmt.Sprintf("%q says %q, want %q in it", title, it.Content.Text(), e.Lead)
	}
	return ""
}
