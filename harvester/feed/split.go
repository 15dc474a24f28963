package feed

import (
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// Bounds of T11. What is beyond them is counted, left out and told.
const (
	maxItems     = 5000
	maxItemBytes = 512 << 10
	maxGone      = 5000 // tombstones
	maxDepth     = 100  // of elements in an item, and beside them
	maxUnclosed  = 8    // elements of one item without an end tag, each of which costs a search
)

const tooMany = "The feed lists more than 5,000 items; the first 5,000 were read."

// inside returns the content of the element whose opening tag s has just read,
// and moves s behind its end tag. An element that is never closed inside the
// item has the text up to the next tag, and s stays there.
func (r *rewriter) inside(s *read.Scanner, open read.Token) inner {
	if open.Kind == read.EmptyTag {
		return inner{}
	}
	from := open.End
	if r.unclosed[open.Name] || len(r.unclosed) >= maxUnclosed {
		return r.loose(s, from)
	}
	in, same, depth := inner{}, 0, 0
	for t, ok := s.Next(); ok; t, ok = s.Next() {
		if depth > maxDepth && !r.inItem {
			r.deep = true
		}
		switch t.Kind {
		case read.CDATA:
			in.cdata = true
			continue
		case read.Other:
			continue
		case read.OpenTag:
			if in.markup = true; !r.inItem && r.isItem(t.Name) {
				return r.unfinished(s, open)
			}
			depth++
			if t.Name == open.Name {
				same++
			}
		case read.CloseTag:
			if t.Name == open.Name {
				if same == 0 {
					in.raw = s.Doc[from:t.Start]
					return in
				}
				same--
			}
			in.markup = true
			depth--
		case read.EmptyTag:
			in.markup = true
		}
	}
	return r.unfinished(s, open)
}

// unfinished goes back to an opening tag that was found to have no end tag.
func (r *rewriter) unfinished(s *read.Scanner, open read.Token) inner {
	if r.unclosed == nil {
		r.unclosed = map[string]bool{}
	}
	r.unclosed[open.Name] = true
	s.Back(open.End) // where reading goes on other things may have an end
	return r.loose(s, open.End)
}

// isItem reports whether a tag begins an item.
func (r *rewriter) isItem(name string) bool {
	prefix, local := splitName(name)
	if !strings.EqualFold(local, "item") && !strings.EqualFold(local, "entry") {
		return false
	}
	v := r.scope.lookup(prefix)
	return v == "" || v == r.scope.own
}

// loose takes the text up to the next tag.
func (r *rewriter) loose(s *read.Scanner, from int) inner {
	s.Pos = from
	in := inner{}
	for {
		t, ok := s.Next()
		switch {
		case !ok:
			in.raw = s.Doc[from:]
			return in
		case t.Kind == read.CDATA:
			in.cdata = true
		case t.Kind != read.Other:
			in.raw, s.Pos = s.Doc[from:t.Start], t.Start
			return in
		}
	}
}

// itemEnd returns where the content of an item ends and where reading goes on,
// given its opening tag. complete is false when the document stops inside it.
// deepest is how many elements with an end tag are in each other, at most.
func itemEnd(s *read.Scanner, open read.Token) (end, next, deepest int, complete bool) {
	depth := 0
	for t, ok := s.Next(); ok; t, ok = s.Next() {
		switch {
		case t.Kind == read.CloseTag && t.Name == open.Name:
			return t.Start, t.End, deepest, true
		case t.Kind == read.OpenTag && t.Name == open.Name, t.Kind == read.CloseTag && endsFeed(t.Name):
			return t.Start, t.Start, deepest, true
		case t.Kind == read.OpenTag && !unended(t.Name):
			depth++
			deepest = max(deepest, depth)
		case t.Kind == read.CloseTag && !unended(t.Name):
			depth = max(depth-1, 0)
		}
	}
	return len(s.Doc), len(s.Doc), deepest, false
}

// unended reports whether HTML, which feeds hold without escaping it, lets the
// element go without an end tag.
func unended(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "p", "li", "dt", "dd", "tr", "td", "th", "option":
		return true
	}
	return void[name] && name != "link" // of feeds
}

func endsFeed(name string) bool {
	_, local, ok := strings.Cut(name, ":")
	if !ok {
		local = name
	}
	switch strings.ToLower(local) {
	case "channel", "rss", "rdf", "feed":
		return true
	}
	return false
}
