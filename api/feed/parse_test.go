package feed_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
	"pgregory.net/rapid"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/federation"
)

// read is what any reader must find in every format.
type read struct {
	ID, Title, Link    string
	Published, Updated time.Time // to the second: RSS writes no fraction
}

func wanted(f feed.Feed) []read {
	out := []read{}
	for _, e := range f.Entries {
		out = append(out, read{e.ID(), feed.OneLine(e.Item.Title), e.Link(), e.Published().Truncate(time.Second), e.Updated().Truncate(time.Second)})
	}
	return out
}

func parsed(f *gofeed.Feed) []read {
	second := func(t *time.Time) time.Time {
		if t == nil {
			return time.Time{}
		}
		return t.UTC().Truncate(time.Second)
	}
	out := []read{}
	for _, it := range f.Items {
		out = append(out, read{it.GUID, it.Title, it.Link, second(it.PublishedParsed), second(it.UpdatedParsed)})
	}
	return out
}

// wellFormed reads every token, so that an error anywhere shows.
func wellFormed(b []byte) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

var titles = rapid.Custom(func(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"]]>", "<![CDATA[", "&amp;", "&lt;b&gt;", "<script>alert(1)</script>", "\x00", "\x0b", "\u0085", "\ufffe", "\U0001ffff",
		"é", "日本", "\u202e", "R&D", "&#0;", "-->", "<?x?>", "\r\n", "A", "\"'", "\xff\xfe"})), 1, 6).Draw(t, "parts")
	return "t" + strings.Join(parts, " ") + "t"
})

func moments(t *rapid.T, label string) time.Time {
	if rapid.IntRange(0, 5).Draw(t, label+" known") == 0 {
		return time.Time{}
	}
	return time.Unix(rapid.Int64Range(-1e9, 4e9).Draw(t, label), 1000*rapid.Int64Range(0, 999_999).Draw(t, label+" µs")).UTC()
}

// entries have distinct ids, as items of a store have.
func entries(t *rapid.T) []feed.Entry {
	ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z2-7]{26}`), 0, 5, rapid.ID).Draw(t, "ids")
	var out []feed.Entry
	for _, id := range ids {
		path := rapid.StringOfN(rapid.RuneFrom([]rune("abc/?&=;%é 日<>\"[]")), 0, 12, -1).Draw(t, "path")
		out = append(out, feed.Entry{
			Page: "https://hub.example/items/" + id, Member: titles.Draw(t, "member"),
			Item: federation.Item{ID: id, Title: titles.Draw(t, "title"), URL: rapid.SampledFrom([]string{"", "https://a.example/" + path}).Draw(t, "url"),
				Summary: titles.Draw(t, "summary"), Content: html(titles.Draw(t, "content")), Categories: []string{titles.Draw(t, "category")},
				Published: moments(t, "published"), Updated: moments(t, "updated"), FirstSeen: time.Unix(1.7e9, 0).UTC(),
				Language: rapid.SampledFrom([]string{"", "fr", "nl-BE", "xx-invalid-very-long"}).Draw(t, "language"), Version: rapid.IntRange(1, 3).Draw(t, "version"),
				Provenance: federation.Provenance{SourceURL: "https://a.example/" + path, Fetched: moments(t, "fetched"), Attribution: titles.Draw(t, "attribution")}},
		})
	}
	return out
}

// TestParseBack holds every format to what a reader sees: what was put in.
func TestParseBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := sample()
		f.Entries = entries(t)
		for _, format := range feed.Formats {
			var b bytes.Buffer
			if err := format.Write(&b, f); err != nil {
				t.Fatalf("writing %s: %v", format.Extension, err)
			}
			if format.Extension != "json" {
				if err := wellFormed(b.Bytes()); err != nil {
					t.Fatalf("%s is not well-formed: %v\n%s", format.Extension, err, b.String())
				}
			}
			got, err := gofeed.NewParser().Parse(&b)
			if err != nil {
				t.Fatalf("gofeed cannot read our %s: %v", format.Extension, err)
			}
			if diff := cmp.Diff(wanted(f), parsed(got)); diff != "" {
				t.Fatalf("%s read back differs (-want +got):\n%s", format.Extension, diff)
			}
			if got.Title != f.Title || got.FeedLink != f.Self {
				t.Fatalf("%s: title %q, self %q; want %q, %q", format.Extension, got.Title, got.FeedLink, f.Title, f.Self)
			}
		}
	})
}
