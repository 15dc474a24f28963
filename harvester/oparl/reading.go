package oparl

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// reading is a document being read. It is used once.
type reading struct {
	*federation.Decoded
	doc   federation.Document
	base  *url.URL
	words words
	seen  map[string]bool
	odd   []oddity
}

// oddity is what several objects have wrong in the same way: it is told once.
type oddity struct {
	message, example string
	count            int
}

func newReading(d *federation.Decoded, doc federation.Document) *reading {
	base, err := url.Parse(doc.URL)
	if err != nil {
		base = nil
	}
	return &reading{Decoded: d, doc: doc, base: base, words: wordsOf(doc.Source.Tongue()), seen: map[string]bool{}}
}

// note counts something odd of an object. The message goes on from "Objects:".
func (r *reading) note(id, message string) {
	for i := range r.odd {
		if r.odd[i].message == message {
			r.odd[i].count++
			return
		}
	}
	if len(r.odd) < 50 {
		r.odd = append(r.odd, oddity{message: message, example: id, count: 1})
	}
}

// finish tells what was odd.
func (r *reading) finish() {
	for _, o := range r.odd {
		if o.count == 1 {
			r.Warn(o.example, o.message)
			continue
		}
		r.Warn("", fmt.Sprintf("%d objects, such as %s: %s", o.count, o.example, o.message))
	}
}

// read makes of an object an item, a tombstone or nothing.
func (r *reading) read(o object) {
	id, kind := identity(o), o.kind()
	switch {
	case id == "":
		r.note("", "has no id; left out")
	case o.yes("deleted"):
		r.Listed--
		r.Gone = append(r.Gone, federation.Tombstone{OriginID: id, When: r.time(o, "modified")})
	case r.seen[id]:
		r.note(id, "is in the document twice; the first is kept")
	default:
		r.seen[id] = true
		r.item(o, id, kind)
	}
}

func (r *reading) item(o object, id, kind string) {
	switch kind {
	case "Meeting":
		r.add(o, r.meeting(o, id))
	case "Paper":
		r.add(o, r.paper(o, id))
	case "Organization":
		r.add(o, r.organization(o, id))
	case "AgendaItem":
		r.lone(o, id)
	case "File":
		if len(list(o["person"])) > 0 {
			r.note(id, "is the picture of a person; left out")
			return
		}
		r.add(o, r.document(o, id))
	case "System", "Body":
		r.Listed--
		r.root(o)
	case "":
		r.note(id, "is of a type that OParl does not have; left out")
	default:
		r.note(id, "is of the type "+kind+", which is not shown by itself; left out")
	}
}

// identity is the id of an object, its address. One without white space and
// within bounds is kept to the letter.
func identity(o object) string {
	id := strings.Join(strings.Fields(o.raw("id")), " ")
	return strings.ToValidUTF8(id[:min(len(id), maxID)], "")
}

// maxID bounds an id in bytes.
const maxID = 1000

// add completes an item with what all objects have in common.
func (r *reading) add(o object, it federation.Item) {
	it.OriginID = identity(o)
	it.Language = r.words.language
	it.Published, it.Updated = r.time(o, "created"), r.time(o, "modified")
	if it.Published.IsZero() {
		it.Published = r.time(o, "date")
	}
	if it.URL == "" {
		it.URL = o.web("web")
	}
	it.Categories = append(it.Categories, o.texts("keyword")...)
	it.Provenance.License = markup.Text(cmp.Or(o.raw("fileLicense"), o.raw("license")))
	r.Items = append(r.Items, it)
}
