package feed

import (
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/dates"
	"github.com/plonegov/carillon/harvester/read"
)

// A rewriter makes any feed in XML, well-formed or not, into one that gofeed
// reads without loss: known elements under their usual names, each either text
// or a short list of others, addresses resolved where the document gives a
// base, and everything else left out. What gofeed has no field for is added in
// the vocabulary "c": c:lang, c:base, c:about, and c:id, because gofeed encodes
// an atom:id anew as an address.
type rewriter struct {
	out      *strings.Builder
	table    map[string]element
	atom     bool
	scope    *scope // of the feed
	inItem   bool
	deep     bool            // elements were nested beyond maxDepth
	unclosed map[string]bool // names without an end tag in the current item or, outside, the feed

	items  []string // each <item> or <entry> as rewritten
	listed int
	gone   []federation.Tombstone // of at:deleted-entry
	warn   func(item, message string)
}

// rewritten is a feed fit for gofeed.
type rewritten struct {
	atom   bool
	head   string   // what the feed says of itself, with its opening tags
	items  []string // whole elements
	tail   string
	listed int
	gone   []federation.Tombstone
	deep   bool
}

// document returns the feed with the given items.
func (f *rewritten) document(items ...string) string {
	n := len(f.head) + len(f.tail)
	for _, it := range items {
		n += len(it)
	}
	var b strings.Builder
	b.Grow(n)
	b.WriteString(f.head)
	for _, it := range items {
		b.WriteString(it)
	}
	b.WriteString(f.tail)
	return b.String()
}

// rewrite reads text from its root element on. The address is that of the
// document, for relative bases.
func rewrite(text string, root read.Token, address string, warn func(item, message string)) rewritten {
	_, local := splitName(root.Name)
	r := &rewriter{out: &strings.Builder{}, atom: strings.EqualFold(local, "feed"), table: rssElements, warn: warn}
	f := rewritten{atom: r.atom, tail: "</channel></rss>"}
	open := `<rss version="2.0"><channel>`
	if r.atom {
		r.table, open, f.tail = atomElements, `<feed>`, "</feed>"
	}
	r.out.WriteString(open)
	r.feed(text, root, address)
	f.head, f.items, f.listed, f.gone, f.deep = r.out.String(), r.items, r.listed, r.gone, r.deep
	return f
}

func splitName(name string) (prefix, local string) {
	if p, l, ok := strings.Cut(name, ":"); ok {
		return p, l
	}
	return "", name
}

// feed walks over the elements of the root and of its channel, which RSS 0.9x
// and 2.0 put the items in and RSS 1.0 beside them.
func (r *rewriter) feed(text string, root read.Token, address string) {
	sc := (&scope{address: address, own: ownVocabulary(root)}).within(root.Attrs)
	s := &read.Scanner{Doc: text, Pos: root.End}
	r.scope = sc
	lang := sc.lang
	r.annotate("lang", lang)
	ended := root.Kind == read.EmptyTag || root.End == root.Start
	for t, ok := s.Next(); ok; t, ok = s.Next() {
		if t.Kind == read.CloseTag && endsFeed(t.Name) {
			ended = true
		}
		if t.Kind != read.OpenTag && t.Kind != read.EmptyTag {
			continue
		}
		in := sc.within(t.Attrs)
		prefix, local := in.vocabulary(t.Name)
		switch lower := strings.ToLower(local); {
		case prefix == "" && (lower == "item" || lower == "entry"):
			r.item(s, t, in, lang)
		case prefix == "" && lower == "channel" && !r.atom:
			r.scope = in
			if sc = in; in.lang != lang && in.lang != "" {
				lang = in.lang
				r.annotate("lang", lang)
			}
		case prefix == "at" && lower == "deleted-entry":
			if ref := read.Attr(t.Attrs, "ref"); ref != "" && len(r.gone) < maxGone {
				when, _ := dates.Parse(read.Attr(t.Attrs, "when"), "", nil)
				r.gone = append(r.gone, federation.Tombstone{OriginID: cleanID(ref), When: when})
			}
			r.inside(s, t)
		default:
			r.element(s, t, in, 0)
		}
	}
	if !ended {
		r.warn("", "The document stops before its end; the items that were complete were read.")
	}
}

// ownVocabulary is the vocabulary of the root: a feed that puts its own
// elements into another namespace than usual still means the usual ones.
func ownVocabulary(root read.Token) string {
	v, _ := (&scope{}).within(root.Attrs).vocabulary(root.Name)
	if v == "rdf" {
		return ""
	}
	return v
}

// item rewrites one item, given its opening tag.
func (r *rewriter) item(s *read.Scanner, open read.Token, sc *scope, feedLang string) {
	end, next, deepest, complete := open.End, open.End, 0, true
	if open.Kind == read.OpenTag {
		end, next, deepest, complete = itemEnd(s, open)
	}
	s.Pos = next
	r.listed++
	switch {
	case !complete:
		return
	case len(r.items) >= maxItems:
		if r.listed == maxItems+1 {
			r.warn("", tooMany)
		}
		return
	case end-open.End > maxItemBytes:
		r.warn("", "One item is larger than 512 KiB and was left out.")
		return
	case deepest > maxDepth:
		r.deep = true
		r.warn("", "One item has more than 100 elements in each other and was left out.")
		return
	}
	r.write(s.Doc[:end], open, sc, feedLang)
}

// write rewrites the item whose opening tag is given and with whose content
// doc ends.
func (r *rewriter) write(doc string, open read.Token, sc *scope, feedLang string) {
	name := "item"
	if r.atom {
		name = "entry"
	}
	head, unclosed := r.out, r.unclosed
	r.inItem, r.unclosed = true, nil
	r.out = &strings.Builder{}
	r.out.Grow(len(doc) - open.End + 128)
	r.out.WriteString("<" + name + ">")
	if sc.lang != feedLang {
		r.annotate("lang", sc.lang)
	}
	r.annotate("base", sc.base)
	r.annotate("about", read.Attr(open.Attrs, "about"))
	s := &read.Scanner{Doc: doc, Pos: open.End}
	for t, ok := s.Next(); ok; t, ok = s.Next() {
		if t.Kind == read.OpenTag || t.Kind == read.EmptyTag {
			r.element(s, t, sc.within(t.Attrs), 0)
		}
	}
	r.out.WriteString("</" + name + ">")
	r.items = append(r.items, r.out.String())
	r.out, r.unclosed, r.inItem = head, unclosed, false
}

func (r *rewriter) annotate(name, value string) {
	if value == "" {
		return
	}
	r.out.WriteString("<c:" + name + ">")
	writeCDATA(r.out, read.Legal(value))
	r.out.WriteString("</c:" + name + ">")
}
