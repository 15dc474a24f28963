package enrich

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// noon is when the documents of these tests are read.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// completed completes one item of a source with every setting.
func completed(t *testing.T, it federation.Item) (federation.Item, federation.Decoded) {
	t.Helper()
	src := federation.Source{Member: "m", Slug: "s", Type: federation.Notice, Language: "nl", License: "CC0-1.0", Categories: []string{"Stad"}}
	d := federation.Decoded{Items: []federation.Item{it}, Language: "de", Gone: []federation.Tombstone{{OriginID: "gone"}}}
	NewTables(nil, nil, federation.Hub{}).Complete(&d, Origin{Source: src, URL: "https://x.example/rss", Hash: "h", Time: noon})
	if len(d.Items) == 0 {
		return federation.Item{}, d
	}
	return d.Items[0], d
}

func TestCompleteFillsIn(t *testing.T) {
	got, d := completed(t, federation.Item{OriginID: "1", Title: "Titel", Categories: []string{"stad", "Markt"}})
	want := federation.Item{
		ID: federation.NewItemID("m/s", "1"), Member: "m", Source: "m/s", OriginID: "1", Type: federation.Notice, Title: "Titel",
		Language: "nl", Categories: []string{"stad", "Markt"}, Hash: federation.ContentHash(got),
		Provenance: federation.Provenance{SourceURL: "https://x.example/rss", Fetched: noon, License: "CC0-1.0", Hash: "h"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("complete (-want +got):\n%s", diff)
	}
	if !slices.Equal(d.Gone, []federation.Tombstone{{OriginID: "gone"}}) {
		t.Errorf("Gone = %v, want it as it was", d.Gone)
	}
}

// TestCompleteKeeps has what the document says itself; member and source it
// cannot say.
func TestCompleteKeeps(t *testing.T) {
	got, _ := completed(t, federation.Item{OriginID: "1", ID: "stolen", Member: "other", Source: "other/s", Type: federation.EventItem, Language: "fr",
		Title: "t", Summary: "s", Provenance: federation.Provenance{License: "MIT", SourceURL: "https://other.example", Attribution: "a"}})
	if got.Type != federation.EventItem || got.Language != "fr" || got.Provenance.License != "MIT" || got.Provenance.Attribution != "a" || got.Summary != "s" {
		t.Errorf("complete changed what the document said: %+v", got)
	}
	if got.Member != "m" || got.Source != "m/s" || got.Provenance.SourceURL != "https://x.example/rss" {
		t.Errorf("complete let the document name another source: %+v", got)
	}
}

func TestCompleteTexts(t *testing.T) {
	long := strings.Repeat("mot ", 300)
	content := markup.Sanitise("<p>"+long+"</p>", nil)
	got, _ := completed(t, federation.Item{OriginID: "1", Content: content})
	if n := len([]rune(got.Title)); n < 40 || n > madeTitle || !strings.HasSuffix(got.Title, "…") {
		t.Errorf("title made of %d characters: %q", n, got.Title)
	}
	if n := len([]rune(got.Summary)); n < 100 || n > madeSummary+1 {
		t.Errorf("summary made of %d characters", n)
	}
	got, _ = completed(t, federation.Item{OriginID: strings.Repeat("é", 3000), Title: strings.Repeat("é", 3000), Summary: strings.Repeat("x", 3000)})
	if len([]rune(got.Title)) != maxTitle || len([]rune(got.Summary)) != maxSummary || len([]rune(got.OriginID)) != maxOriginID {
		t.Errorf("bounds: title %d, summary %d, origin id %d", len([]rune(got.Title)), len([]rune(got.Summary)), len([]rune(got.OriginID)))
	}
	if other := bounded(strings.Repeat("é", 3000) + "1"); other == got.OriginID {
		t.Error("two long origin ids that begin alike became one")
	}
	_, d := completed(t, federation.Item{OriginID: "1", Title: " \n"})
	if len(d.Items) != 0 || len(d.Warnings) != 1 {
		t.Errorf("an item without title and text: %d items, warnings %q", len(d.Items), d.Warnings)
	}
}

func TestCompleteDropsOdd(t *testing.T) {
	far := time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, address := range []string{"javascript:alert(1)", "data:text/html,x", "/relative", "https://", "file:///etc/passwd", "//x.example/", "https://x.example/" + strings.Repeat("a", maxAddress)} {
		got, _ := completed(t, federation.Item{OriginID: "1", Title: "t", URL: address, Image: &federation.Image{URL: address},
			Attachments: []federation.Attachment{{URL: address}, {URL: "https://x.example/a.pdf"}}})
		if got.URL != "" || got.Image != nil || len(got.Attachments) != 1 {
			t.Errorf("complete kept %.40q: %q, %v, %v", address, got.URL, got.Image, got.Attachments)
		}
	}
	got, _ := completed(t, federation.Item{OriginID: "1", Title: "t", Published: far, Updated: far, Expires: far, Language: "Français!",
		Event: &federation.Event{Start: far}, Place: &federation.Place{Name: "p", Point: &federation.Point{Lat: math.NaN()}},
		Authors: make([]string, 1000), Attachments: slices.Repeat([]federation.Attachment{{URL: "https://x.example/"}}, 1000)})
	if !got.Published.IsZero() || !got.Updated.IsZero() || !got.Expires.IsZero() || got.Event != nil || got.Point() != nil || got.Language != "nl" { // its source's
		t.Errorf("complete kept what no output can write: %+v", got)
	}
	if len(got.Authors) != maxAuthors || len(got.Attachments) != maxAttachments {
		t.Errorf("complete kept %d authors and %d attachments", len(got.Authors), len(got.Attachments))
	}
}

func TestCategories(t *testing.T) {
	got := NewTables(nil, nil, federation.Hub{}).categories([]string{" Vie  communale", "", "vie communale", "Sport, loisirs"}, []string{"SPORT LOISIRS", "Été"})
	if want := []string{"Vie communale", "Sport, loisirs", "Été"}; !slices.Equal(got, want) {
		t.Errorf("categories = %q, want %q", got, want)
	}
	var many []string
	for i := range 500 {
		many = append(many, strings.Repeat("x", i))
	}
	if got := NewTables(nil, nil, federation.Hub{}).categories(many); len(got) != maxCategories {
		t.Errorf("categories = %d of 500, want %d", len(got), maxCategories)
	}
}
