package likeness

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/plonegov/carillon/federation"
)

// Print is what two items are compared by. It is immutable.
type Print struct {
	kind    federation.ItemType
	source  string
	address string
	title   []string
	words   int      // of title and text
	parts   []uint64 // shingles of title and text, sorted, each once
	slots   map[string]figures
	event   *federation.Event
	place   *federation.Place
	wording int64
}

// shingle is how many words follow each other in what is compared.
const shingle = 3

// Of returns the print of an item.
func Of(it federation.Item) *Print {
	p := &Print{kind: it.Type, source: it.Source, address: Address(it.URL), event: it.Event}
	if p.event != nil && p.event.Start.IsZero() {
		p.event = nil
	}
	if p.event != nil { // elsewhere a place is what a text is about, or the member's own
		p.place = it.Place
	}
	p.title = words(it.Title)
	text := it.Content.Text()
	all := append(slices.Clip(p.title), words(body(it, text))...)
	p.words = len(all)
	p.parts = shingles(all)
	p.slots = slots(all)
	p.wording = wording(it, text)
	return p
}

// body is the text of an item: that of its content, else its summary.
func body(it federation.Item, text string) string {
	if strings.TrimSpace(text) != "" {
		return text
	}
	return it.Summary
}

// shingles are the hashes of each run of words, sorted; of fewer words one of all.
func shingles(w []string) []uint64 {
	var out []uint64
	for i := 0; i == 0 || i+shingle <= len(w); i++ {
		out = append(out, xxhash.Sum64String(strings.Join(w[i:min(i+shingle, len(w))], " ")))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// day is the date of an event at its own place; "" of anything else.
func (p *Print) day() string {
	if p.event == nil {
		return ""
	}
	return p.event.Start.Format(time.DateOnly)
}

// Digest changes when anything changes that items are compared by.
func (p *Print) Digest() int64 {
	d := xxhash.New()
	for _, s := range []string{version, string(p.kind), p.source, p.address, strings.Join(p.title, " ")} {
		_, _ = d.WriteString(s + "\x00") // never fails
	}
	if p.event != nil {
		_, _ = d.WriteString(p.event.Start.UTC().Format(time.RFC3339))
		if p.event.AllDay {
			_, _ = d.WriteString(" all day")
		}
	}
	if p.place != nil {
		_, _ = d.WriteString(p.place.Name + "\x00" + p.place.Address + "\x00" + p.place.PostalCode)
		if at := p.place.Point; at != nil {
			_, _ = d.WriteString(coordinates(*at))
		}
	}
	var b []byte
	for _, h := range p.parts {
		b = append(b[:0], byte(h), byte(h>>8), byte(h>>16), byte(h>>24), byte(h>>32), byte(h>>40), byte(h>>48), byte(h>>56))
		_, _ = d.Write(b)
	}
	_, _ = d.WriteString(figuresText(p.slots))
	_, _ = fmt.Fprint(d, p.wording)
	return int64(d.Sum64())
}
