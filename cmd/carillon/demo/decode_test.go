package demo

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/cap"
	"github.com/plonegov/carillon/harvester/csv"
	"github.com/plonegov/carillon/harvester/dila"
	"github.com/plonegov/carillon/harvester/feed"
	"github.com/plonegov/carillon/harvester/ics"
	"github.com/plonegov/carillon/harvester/jsonld"
	"github.com/plonegov/carillon/harvester/oparl"
	"github.com/plonegov/carillon/harvester/page"
	"github.com/plonegov/carillon/harvester/plone"
	"github.com/plonegov/carillon/harvester/plonemeeting"
	"github.com/plonegov/carillon/harvester/sitemap"
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
				src := federation.Source{Member: m.Slug, Slug: s.Slug, URL: s.URL, Format: s.Format, Type: federation.ItemType(s.Type),
					Language: firstOf(s.Language, m.Languages[0]), Columns: s.Columns, Page: s.Page}
				doc := federation.Document{URL: s.URL, ContentType: w.Header().Get("Content-Type"), Body: w.Body.Bytes(), Source: src}
				items := decode(t, h, base, doc)
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

// decode reads a document, and those it leads to, as the hub does.
func decode(t *testing.T, h http.Handler, base string, doc federation.Document) []federation.Item {
	t.Helper()
	if !strings.HasSuffix(doc.URL, ".zip") {
		return decodeAll(t, h, base, doc, doc.Source.Format)
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
		sheet, _ := decodeWith(t, dila.Format(), federation.Document{URL: doc.URL + "#" + f.Name, Body: body, Source: doc.Source})
		items = append(items, sheet...)
	}
	return items
}

var formats = []federation.Format{feed.Format(), ics.Format(), dila.Format(), cap.Format(), plone.Format(), plonemeeting.Format(),
	oparl.Format(), jsonld.Format(), sitemap.Format(), page.Format(), csv.Format()}

// formatOf is the format of that name, or the one that is surest of the bytes,
// which must be the same.
func formatOf(t *testing.T, doc federation.Document, name string) federation.Format {
	t.Helper()
	best := slices.MaxFunc(formats, func(a, b federation.Format) int { return cmp.Compare(a.Sniff(doc), b.Sniff(doc)) })
	if name != "" && name != best.Name && name != "page" {
		t.Errorf("%s is taken for %s, want %s", doc.URL, best.Name, name)
	}
	if i := slices.IndexFunc(formats, func(f federation.Format) bool { return f.Name == name }); i >= 0 {
		return formats[i]
	}
	return best
}

func decodeAll(t *testing.T, h http.Handler, base string, doc federation.Document, name string) []federation.Item {
	t.Helper()
	f := formatOf(t, doc, name)
	items, d := decodeWith(t, f, doc)
	follow := d.Pages
	if d.Next != "" {
		follow = append(follow, federation.Page{URL: d.Next})
	}
	for _, p := range follow {
		if p.Format == "page" && !strings.Contains(p.URL, doc.Source.Page.Include[0]) {
			continue
		}
		w := get(t, h, base, strings.TrimPrefix(p.URL, base))
		if w.Code != http.StatusOK {
			t.Errorf("GET %s, which %s leads to, = %d", p.URL, doc.URL, w.Code)
			continue
		}
		next := federation.Document{URL: p.URL, ContentType: w.Header().Get("Content-Type"), Body: w.Body.Bytes(), Source: doc.Source, Page: &p}
		items = append(items, decodeAll(t, h, base, next, firstOf(p.Format, f.Name))...)
	}
	return items
}

func decodeWith(t *testing.T, f federation.Format, doc federation.Document) ([]federation.Item, federation.Decoded) {
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
		it.Type = federation.ItemType(cmp.Or(string(it.Type), string(doc.Source.Type)))
		if it.Language = firstOf(it.Language, d.Language, doc.Source.Language); it.Language == "" {
			t.Errorf("%s: %q has no language", doc.URL, it.Title)
		}
		if it.Title == "" || it.Type == "" || it.Published.IsZero() && it.Updated.IsZero() && it.Event == nil {
			t.Errorf("%s: %q of type %q lacks its title, type or date", doc.URL, it.Title, it.Type)
		}
	}
	return d.Items, d
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
	want := map[string]entry{} // by address
	for _, p := range r.publishers {
		for _, s := range p.Sections {
			if s.FeedPath() == path || s.Dialect == "translation" && path == "/portail/alertes.atom" {
				for _, e := range s.Entries {
					want[base+s.Home()+e.Slug] = e
				}
			}
		}
	}
	if len(want) > 0 && len(items) != len(want) {
		t.Errorf("%s has %d items, want %d", path, len(items), len(want))
		return
	}
	seen := map[string]bool{}
	for _, it := range items {
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
		if e, ok := want[it.URL]; ok {
			if diff := differs(it, e); diff != "" {
				t.Errorf("%s: %s", path, diff)
			}
		} else if len(want) > 0 {
			t.Errorf("%s: nothing was written at %s", path, it.URL)
		}
	}
}

// differs tells what of an entry did not come through its source. A table says
// only when a row was last looked at.
func differs(it federation.Item, e entry) string {
	title, when := strings.Join(strings.Fields(e.Title), " "), it.Published
	if e.Facts["hours"] != "" {
		when = it.Updated
	}
	switch {
	case strings.Join(strings.Fields(it.Title), " ") != title:
		return fmt.Sprintf("title %q, want %q", it.Title, title)
	case !when.Equal(e.Date):
		return fmt.Sprintf("%q is published %v, want %v", title, when, e.Date)
	case (it.Image != nil) != (e.Picture != ""):
		return fmt.Sprintf("%q has the image %v, want %q", title, it.Image, e.Picture)
	case !e.Start.IsZero() && (it.Event == nil || !it.Event.Start.Equal(e.Start) && !it.Event.AllDay):
		return fmt.Sprintf("%q is at %+v, want %v", title, it.Event, e.Start)
	case e.Facts["repeat"] != "" && (it.Event.Recurrence != e.Facts["repeat"] || len(it.Event.Except) != len(e.Except)):
		return fmt.Sprintf("%q recurs by %q but on %v, want %q but on %v", title, it.Event.Recurrence, it.Event.Except, e.Facts["repeat"], e.Except)
	case e.Facts["status"] != "" && !strings.EqualFold(string(it.Event.Status), e.Facts["status"]):
		return fmt.Sprintf("%q is %q, want %q", title, it.Event.Status, e.Facts["status"])
	case e.Point != "" && e.Facts["kind"] != "meeting" && it.Point() == nil:
		return fmt.Sprintf("%q has no point, want %q", title, e.Point)
	case !strings.Contains(strings.Join(strings.Fields(it.Content.Text()), " "), strings.Join(strings.Fields(e.Lead), " ")):
		return fmt.Sprintf("%q says %q, want %q in it", title, it.Content.Text(), e.Lead)
	}
	return ""
}
