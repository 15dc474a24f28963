package enrich

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// Bounds of an item's texts, in characters, and lists.
const (
	maxTitle       = 500
	maxSummary     = 1000
	madeSummary    = 280 // of a summary made from the content
	madeTitle      = 80
	maxOriginID    = 1024
	maxAddress     = 4000 // bytes
	maxCategories  = 50
	maxAuthors     = 50
	maxAttachments = 100
)

// Origin is where and when a document was read.
type Origin struct {
	Source federation.Source
	URL    string // final address
	Hash   string // of the document
	Time   time.Time
}

// Complete fills in what the source and the hub know and the document did not
// say, and bounds what it did. Of an item that a decoder knew by its entry, and
// gave its hash, neither texts nor what is made of them is looked at. An id is given to each item, which is another one
// where the source knows the item by it. It returns how many of the items have no
// date, and how many were left out because there is nothing to show of them.
func (k *Tables) Complete(d *federation.Decoded, from Origin) (undated, untitled int) {
	src, now := from.Source, from.Time
	kept := d.Items[:0]
	ahead, refused := 0, 0
	at := k.Defaults(src).Home
	d.Title = Clip(markup.Plain(d.Title), maxTitle)
	for _, it := range d.Items {
		fillSource(&it, d, from)
		if grant(&it, src) {
			refused++
		}
		dropOdd(&it)
		plain(&it)
		early := it.DropAhead(now)
		known := it.Hash != ""
		if !known && !k.completeText(&it, d, src, at) {
			d.Warn(it.OriginID, "has neither title nor text; left out")
			untitled++
			continue
		}
		origin := it.OriginID
		it.OriginID, it.Same = bounded(origin), bounded(it.Same)
		if entry := d.Entries[origin]; it.OriginID != origin && entry != "" {
			d.Entries[it.OriginID] = entry
		}
		it.ID = federation.NewItemID(src.Name(), it.OriginID) // unless the source knows it by another
		for i, id := range it.Replaces {
			it.Replaces[i] = bounded(id)
		}
		if !known {
			it.Hash = federation.ContentHash(it)
		}
		kept = append(kept, it)
		switch {
		case early:
			ahead++
		case it.Published.IsZero() && it.Updated.IsZero() && it.Type == federation.News:
			undated++
		}
	}
	d.Items = kept
	for i, gone := range d.Gone {
		d.Gone[i].OriginID = bounded(gone.OriginID)
		if !gone.When.IsZero() && federation.Plausible(gone.When, now).IsZero() {
			d.Gone[i].When = now // else nothing of that name would ever come back
		}
	}
	if refused > 0 {
		d.Warn("", notGranted(refused))
	}
	if ahead > 0 {
		d.Warn("", fmt.Sprintf("%d items are dated in the future; those dates are passed over, and they are ordered by when the hub first saw them", ahead))
	}
	return undated, untitled
}

// completeText fills in what is made of an item's texts; false when there is
// nothing to show of it.
func (k *Tables) completeText(it *federation.Item, d *federation.Decoded, src federation.Source, home string) bool {
	title, made := it.Title, it.Summary == ""
	if !fillText(it) {
		return false
	}
	inLanguage(it, src, ownWords(title, it, made), home)
	sayCancelled(it)
	it.Categories = k.categories(it.Categories, src.Categories)
	k.places.locate(it)
	k.confine(it, d)
	return true
}

// bounded cuts an origin id that is too long to be kept, and ends it with a
// hash of the whole, so that two that begin alike stay two.
func bounded(id string) string {
	if utf8.RuneCountInString(id) <= maxOriginID {
		return id
	}
	sum := sha256.Sum256(append(binary.BigEndian.AppendUint64(nil, uint64(len(id))), id...))
	return string([]rune(id)[:maxOriginID-65]) + " " + hex.EncodeToString(sum[:])
}

func fillSource(it *federation.Item, d *federation.Decoded, from Origin) {
	src := from.Source
	it.Member, it.Source = src.Member, src.Name()
	if it.Type == "" {
		it.Type = federation.ItemType(cmp.Or(string(src.Type), string(federation.News)))
	}
	it.Language = cmp.Or(read.Language(it.Language), src.Language, read.Language(d.Language))
	it.Provenance.SourceURL = from.URL
	it.Provenance.Fetched = from.Time
	it.Provenance.Hash = from.Hash
	it.Provenance.License = cmp.Or(it.Provenance.License, src.License)
	if it.Provenance.Given = src.Attribution != ""; it.Provenance.Given {
		it.Provenance.Attribution = src.Attribution
	}
}

// dropOdd takes out what no output could write: addresses that are not http or
// https, years that RFC 3339 has no digits for, places off the globe.
func dropOdd(it *federation.Item) {
	if it.URL = markup.Untracked(it.URL); !isWeb(it.URL) {
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
			it.Event = undatedEvent(it.Event.Status)
		} else {
			far := func(t time.Time) bool { return sane(t).IsZero() }
			it.Event.Extra, it.Event.Except = slices.DeleteFunc(it.Event.Extra, far), slices.DeleteFunc(it.Event.Except, far)
		}
	}
	if p := it.Point(); p != nil && !p.Valid() {
		it.Place.Point = nil
	}
}

// undatedEvent is what is left of an event without a date that can be read: that
// it does not take place, or may not. Nil when that is not said.
func undatedEvent(status string) *federation.Event {
	if status == federation.EventCancelled || status == federation.EventTentative {
		return &federation.Event{Status: status}
	}
	return nil
}

// cancelledWords is what stands before the text of a cancelled event that has
// no date for its status to stand beside.
var cancelledWords = map[string]string{"fr": "Annulé", "nl": "Afgelast", "de": "Abgesagt", "en": "Cancelled", "es": "Cancelado", "it": "Annullato"}

// sayCancelled writes in the item's own language what a date would carry, unless
// its text says so already.
func sayCancelled(it *federation.Item) {
	if it.Event == nil || !it.Event.Start.IsZero() || it.Event.Status != federation.EventCancelled {
		return
	}
	tongue, _, _ := strings.Cut(strings.ToLower(it.Language), "-")
	word := cmp.Or(cancelledWords[tongue], cancelledWords["en"])
	if !strings.Contains(strings.ToLower(it.Title+" "+it.Content.Text()), strings.ToLower(word)) {
		it.Content = markup.Sanitise("<p><strong>"+word+"</strong></p>"+it.Content.String(), nil)
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
	it.Title, it.Summary = Clip(strings.TrimSpace(it.Title), maxTitle), Clip(strings.TrimSpace(it.Summary), maxSummary)
	if it.Summary == "" {
		it.Summary = markup.Plain(it.Content.Summary(madeSummary))
	}
	if it.Title == "" {
		it.Title = Clip(it.Summary, madeTitle)
	}
	return it.Title != ""
}

// Clip cuts s to at most n characters, on a word where there is one.
func Clip(s string, n int) string {
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
// spelling; one that means a topic of the hub becomes the topic.
func (k *Tables) categories(lists ...[]string) []string {
	var out, seen []string
	for _, c := range slices.Concat(lists...) {
		c = k.topic(Clip(strings.Join(strings.Fields(c), " "), 100))
		normal := federation.NormalCategory(c)
		if normal == "" || slices.Contains(seen, normal) || len(out) == maxCategories {
			continue
		}
		seen, out = append(seen, normal), append(out, c)
	}
	return out
}
