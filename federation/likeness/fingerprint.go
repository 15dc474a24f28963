package likeness

import (
	"slices"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/plonegov/carillon/federation"
)

// Fingerprint is what two items are compared by. It is immutable.
type Fingerprint struct {
	kind     federation.ItemType
	source   string
	address  string
	title    []string
	words    int      // of title and text
	shingles []uint32 // of title and text, sorted, each once
	figures  []figures
	event    *federation.Event // its start and whether it takes the whole day
	place    *federation.Place // of an event
	wording  int64
}

// shingle is how many words follow each other in what is compared.
const shingle = 3

// Of returns the fingerprint of an item.
func Of(it federation.Item) *Fingerprint {
	f := &Fingerprint{kind: it.Type, source: it.Source, address: Address(it.URL)}
	if e := it.Event; e != nil && !e.Start.IsZero() {
		f.event = &federation.Event{Start: e.Start, AllDay: e.AllDay}
		f.place = it.Place // elsewhere a place is what a text is about, or the member's own
	}
	t := foldTexts(it)
	f.title = words(t.title)
	body := t.body
	if strings.TrimSpace(body) == "" {
		body = t.summary
	}
	all := append(slices.Clip(f.title), words(body)...)
	f.words = len(all)
	f.shingles = shingles(all)
	f.figures = allFigures(all)
	f.wording = wording(it, t)
	return f
}

// texts are the texts of an item, folded, of each at most maxBytes.
type texts struct {
	title, body, summary string
	whole                bool // no more than maxBytes together
}

func foldTexts(it federation.Item) texts {
	body := it.Content.Text()
	short := func(s string) string { return fold(s[:min(len(s), maxBytes)]) }
	return texts{short(it.Title), short(body), short(it.Summary), len(it.Title)+len(body)+len(it.Summary) <= maxBytes}
}

// shingles are the hashes of each run of words, sorted; of fewer words one of all.
func shingles(words []string) []uint32 {
	each := make([]uint64, len(words))
	for i, w := range words {
		each[i] = xxhash.Sum64String(w)
	}
	out := make([]uint32, 0, max(1, len(words)))
	for i := 0; i == 0 || i+shingle <= len(words); i++ {
		var h uint64
		for _, w := range each[i:min(i+shingle, len(words))] {
			h = mix(h ^ w)
		}
		out = append(out, uint32(h>>32))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// day is the date of an event at its own place; "" of anything else.
func (f *Fingerprint) day() string {
	if f.event == nil {
		return ""
	}
	return f.event.Start.Format(time.DateOnly)
}
