package harvester

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
)

// Bounds of an item's texts, in characters, and lists.
const (
	maxTitle       = 500
	maxSummary     = 1000
	madeSummary    = 280 // of a summary made from the content
	madeTitle      = 80
	maxOriginID    = 1000
	maxAddress     = 4000 // bytes
	maxCategories  = 50
	maxAuthors     = 50
	maxAttachments = 100
)

// complete fills in what the source knows and the document did not say, and
// makes tombstones name item ids.
func complete(d *federation.Decoded, src federation.Source, got *fetched, now time.Time) {
	kept := d.Items[:0]
	for _, it := range d.Items {
		fillSource(&it, d, src, got, now)
		dropOdd(&it)
		if !fillText(&it) {
			d.Warn(it.OriginID, "has neither title nor text; left out")
			continue
		}
		it.Categories = categories(it.Categories, src.Categories)
		it.ID = federation.NewItemID(src.Name(), it.OriginID)
		it.OriginID = clip(it.OriginID, maxOriginID)
		it.Hash = federation.ContentHash(it)
		kept = append(kept, it)
	}
	d.Items = kept
	for i, gone := range d.Gone {
		d.Gone[i].OriginID = federation.NewItemID(src.Name(), gone.OriginID)
	}
}

func fillSource(it *federation.Item, d *federation.Decoded, src federation.Source, got *fetched, now time.Time) {
	it.Member, it.Source = src.Member, src.Name()
	if it.Type == "" {
		it.Type = federation.ItemType(cmp.Or(string(src.Type), string(federation.News)))
	}
	it.Language = cmp.Or(it.Language, src.Language, d.Language)
	if !federation.ValidLanguage(it.Language) {
		it.Language = ""
	}
	it.Provenance.SourceURL = got.url
	it.Provenance.Fetched = now
	it.Provenance.Hash = got.hash
	it.Provenance.License = cmp.Or(it.Provenance.License, src.License)
}

// dropOdd takes out what no output could write: addresses that are not http or
// https, years that RFC 3339 has no digits for, places off the globe.
func dropOdd(it *federation.Item) {
	if !isWeb(it.URL) {
		it.URL = ""
	}
	if it.Image != nil && !isWeb(it.Image.URL) {
		it.Image = nil
	}
	it.Attachments = slices.DeleteFunc(it.Attachments, func(a federation.Attachment) bool { return !isWeb(a.URL) })
	it.Attachments = it.Attachments[:min(len(it.Attachments), maxAttachments)]
	it.Authors = it.Authors[:min(len(it.Authors), maxAuthors)]
	for _, t := range []*time.Time{&it.Published, &it.Updated, &it.Expires} {
		*t = sane(*t)
	}
	if it.Event != nil {
		if it.Event.Start, it.Event.End = sane(it.Event.Start), sane(it.Event.End); it.Event.Start.IsZero() {
			it.Event = nil
		}
	}
	if p := it.Point(); p != nil && !p.Valid() {
		it.Place.Point = nil
	}
}

func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && len(address) <= maxAddress
}

// sane is t, or the unknown time when some zone would write its year with
// more or fewer than four digits.
func sane(t time.Time) time.Time {
	if y := t.UTC().Year(); y < 1 || y > 9998 {
		return time.Time{}
	}
	return t
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
