package feed

import "strings"

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
func (r *rewriter) inside(s *scanner, open token) inner {
	if open.kind == emptyTag {
		return inner{}
	}
	from := open.end
	if r.unclosed[open.name] || len(r.unclosed) >= maxUnclosed {
		return r.loose(s, from)
	}
	in, same, depth := inner{}, 0, 0
	for t, ok := s.next(); ok; t, ok = s.next() {
		if depth > maxDepth && !r.inItem {
			r.deep = true
		}
		switch t.kind {
		case cdata:
			in.cdata = true
			continue
		case other:
			continue
		case openTag:
			if in.markup = true; !r.inItem && r.isItem(t.name) {
				return r.unfinished(s, open)
			}
			depth++
			if t.name == open.name {
				same++
			}
		case closeTag:
			if t.name == open.name {
				if same == 0 {
					in.raw = s.doc[from:t.start]
					return in
				}
				same--
			}
			in.markup = true
			depth--
		case emptyTag:
			in.markup = true
		}
	}
	return r.unfinished(s, open)
}

// unfinished goes back to an opening tag that was found to have no end tag.
func (r *rewriter) unfinished(s *scanner, open token) inner {
	if r.unclosed == nil {
		r.unclosed = map[string]bool{}
	}
	r.unclosed[open.name] = true
	s.none = [4]bool{} // where reading goes on they may have an end
	return r.loose(s, open.end)
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
func (r *rewriter) loose(s *scanner, from int) inner {
	s.pos = from
	in := inner{}
	for {
		t, ok := s.next()
		switch {
		case !ok:
			in.raw = s.doc[from:]
			return in
		case t.kind == cdata:
			in.cdata = true
		case t.kind != other:
			in.raw, s.pos = s.doc[from:t.start], t.start
			return in
		}
	}
}

// itemEnd returns where the content of an item ends and where reading goes on,
// given its opening tag. complete is false when the document stops inside it.
// deepest is how many elements with an end tag are in each other, at most.
func itemEnd(s *scanner, open token) (end, next, deepest int, complete bool) {
	depth := 0
	for t, ok := s.next(); ok; t, ok = s.next() {
		switch {
		case t.kind == closeTag && t.name == open.name:
			return t.start, t.end, deepest, true
		case t.kind == openTag && t.name == open.name, t.kind == closeTag && endsFeed(t.name):
			return t.start, t.start, deepest, true
		case t.kind == openTag && !unended(t.name):
			depth++
			deepest = max(deepest, depth)
		case t.kind == closeTag && !unended(t.name):
			depth = max(depth-1, 0)
		}
	}
	return len(s.doc), len(s.doc), deepest, false
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
