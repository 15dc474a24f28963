package harvester

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
)

// Bounds of an item's texts, in characters, and lists.
const (
	maxTitle      = 500
	maxSummary    = 1000
	madeSummary   = 280 // of a summary made from the content
	madeTitle     = 80
	maxCategories = 50
)

// complete fills in what the source knows and the document did not say, and
// makes tombstones name item ids.
func complete(d *federation.Decoded, src federation.Source, got *fetched, now time.Time) {
	kept := d.Items[:0]
	for _, it := range d.Items {
		fillSource(&it, d, src, got, now)
		if !fillText(&it) {
			d.Warn(it.OriginID, "has neither title nor text; left out")
			continue
		}
		it.Categories = categories(it.Categories, src.Categories)
		it.ID = federation.NewItemID(src.Name(), it.OriginID)
		it.Hash = federation.ContentHash(it)
		kept = append(kept, it)
	}
	d.Items = kept
	for i, id := range d.Gone {
		d.Gone[i] = federation.NewItemID(src.Name(), id)
	}
}

func fillSource(it *federation.Item, d *federation.Decoded, src federation.Source, got *fetched, now time.Time) {
	it.Member, it.Source = src.Member, src.Name()
	if it.Type == "" {
		it.Type = federation.ItemType(cmpOr(string(src.Type), string(federation.News)))
	}
	it.Language = cmpOr(it.Language, cmpOr(src.Language, d.Language))
	if !federation.ValidLanguage(it.Language) {
		it.Language = ""
	}
	if u, err := url.Parse(it.URL); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		it.URL = ""
	}
	it.Provenance.SourceURL = got.url
	it.Provenance.Fetched = now
	it.Provenance.Hash = got.hash
	it.Provenance.License = cmpOr(it.Provenance.License, src.License)
}

// fillText bounds title and summary and makes what is missing from what is
// there; false when there is nothing at all.
func fillText(it *federation.Item) bool {
	it.Title, it.Summary = clip(strings.TrimSpace(it.Title), maxTitle), clip(strings.TrimSpace(it.Summary), maxSummary)
	if it.Summary == "" {
		it.Summary = it.Content.Summary(madeSummary)
	}
	if it.Title == "" {
		it.Title = clip(it.Summary, madeTitle)
	}
	return it.Title != ""
}

// clip cuts s to at most n characters, on a word where there is one.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + "…"
}

// categories joins the item's and the source's, each once in its first
// spelling.
func categories(lists ...[]string) []string {
	var out, seen []string
	for _, c := range slices.Concat(lists...) {
		c = clip(strings.Join(strings.Fields(c), " "), 100)
		normal := federation.NormalCategory(c)
		if normal == "" || slices.Contains(seen, normal) || len(out) == maxCategories {
			continue
		}
		seen, out = append(seen, normal), append(out, c)
	}
	return out
}
