package sitemap

import (
	"fmt"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// maxText bounds the text of one element, in bytes.
const maxText = 4 << 10

// root is the name of the first element when it is one of a sitemap's, else "".
func root(text string) string {
	s := read.Scanner{Doc: text}
	for range 50 {
		if t, ok := s.Next(); ok && (t.Kind == read.OpenTag || t.Kind == read.EmptyTag) {
			if _, local := split(t.Name); isRoot(local) {
				return local
			}
			return ""
		}
	}
	return ""
}

func isRoot(local string) bool { return local == "urlset" || local == "sitemapindex" }

func split(name string) (prefix, local string) {
	if p, l, ok := strings.Cut(name, ":"); ok {
		return p, l
	}
	return "", name
}

// reader walks the elements of a sitemap.
type reader struct {
	*reading
	depth    int
	prefixes map[string]string // to namespaces
	closed   bool              // the root is an empty tag
	inner    string            // the element of the entry that is open, "" between
	text     strings.Builder
	entry    entry
	kind     string // "url" or "sitemap" within an entry, else ""
	count    int
}

// xml reads a urlset or a sitemapindex, or what there is of one. It reports
// whether it came to the end. A sitemap may list 50,000 addresses, so no tree is
// made of it.
func (r *reading) xml(text string) (whole bool, err error) {
	in := reader{reading: r, prefixes: map[string]string{}}
	s, from := read.Scanner{Doc: text}, 0
	for t, ok := s.Next(); ok && in.depth <= maxDepth; t, ok = s.Next() {
		in.words(read.Unescape(text[from:t.Start]))
		from = t.End
		switch t.Kind {
		case read.CDATA:
			in.words(t.Text)
		case read.OpenTag, read.EmptyTag:
			if err := in.open(t); err != nil {
				return false, err
			}
		case read.CloseTag:
			in.depth--
			in.stop(in.name(t.Name))
			if _, local := split(t.Name); isRoot(local) {
				return in.end(true)
			}
		}
	}
	return in.end(false)
}

func (in *reader) words(s string) {
	if in.inner != "" && in.text.Len() < maxText {
		in.text.WriteString(s[:min(len(s), maxText)])
	}
}

func (in *reader) open(t read.Token) error {
	_, local := split(t.Name)
	if !in.started && !isRoot(local) {
		return notSitemap(local)
	}
	for key, value := range read.Attributes(t.Attrs) {
		if prefix, ok := strings.CutPrefix(key, "xmlns:"); ok && len(in.prefixes) < 100 {
			in.prefixes[prefix] = value
		}
	}
	name := in.name(t.Name)
	in.start(name, t.Attrs)
	if t.Kind == read.EmptyTag {
		in.stop(name)
		if isRoot(name) {
			in.closed = true
		}
	} else {
		in.depth++
	}
	return nil
}

func notSitemap(local string) error {
	if strings.EqualFold(local, "html") {
		return errPage
	}
	return errOther
}

// end is what is told of a document that was read to the end of its root, or as
// far as there was one.
func (in *reader) end(whole bool) (bool, error) {
	if whole || in.closed {
		return true, nil
	}
	if in.kind != "" && in.entry.loc != "" {
		in.finishEntry()
	}
	switch {
	case !in.started:
		return false, errOther
	case in.count == 0:
		return false, errBroken
	}
	in.Warn("", fmt.Sprintf("The sitemap is not well-formed or ends too early; the %d entries before the fault were read.", in.count))
	return false, nil
}

// name is the local name, with the extension it belongs to: by its namespace,
// or by its prefix where nobody declared it.
func (in *reader) name(written string) string {
	prefix, local := split(written)
	space := in.prefixes[prefix]
	for _, x := range []struct{ space, prefix string }{
		{"sitemap-news", "news"}, {"sitemap-image", "image"}, {"sitemap-video", "video"}, {"1999/xhtml", "xhtml"},
	} {
		if strings.Contains(space, x.space) || space == "" && prefix == x.prefix {
			return x.prefix + ":" + local
		}
	}
	return local
}

func (in *reader) start(name string, attrs string) {
	in.started = true
	switch {
	case name == "url" || name == "sitemap":
		if in.kind != "" { // an entry that was not closed
			in.finishEntry()
		}
		in.kind, in.entry = name, entry{child: name == "sitemap"}
	case in.kind == "":
	case name == "xhtml:link":
		in.entry.alternate(attrs)
	default:
		in.entry.begin(name)
		in.inner = name
		in.text.Reset()
	}
}

func (in *reader) stop(name string) {
	switch {
	case in.kind != "" && name == in.kind:
		in.finishEntry()
	case in.inner != "" && name == in.inner:
		in.entry.set(name, strings.TrimSpace(in.text.String()))
		in.inner = ""
	}
}

func (in *reader) finishEntry() {
	in.count++
	in.add(in.entry)
	in.kind, in.inner = "", ""
}
