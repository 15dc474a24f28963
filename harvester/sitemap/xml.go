package sitemap

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxText bounds the text of one element, in bytes.
const maxText = 4 << 10

// root is the name of the first element when it is one of a sitemap's, else "".
func root(text string) string {
	d := decoder(text)
	for range 50 {
		t, err := d.RawToken()
		if err != nil {
			return ""
		}
		if s, ok := t.(xml.StartElement); ok {
			if isRoot(s.Name.Local) {
				return s.Name.Local
			}
			return ""
		}
	}
	return ""
}

func isRoot(local string) bool { return local == "urlset" || local == "sitemapindex" }

// decoder reads XML that may be careless: a bare & in an address. It
// expands no entities of the document.
func decoder(text string) *xml.Decoder {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return d
}

// reader walks the elements of a sitemap.
type reader struct {
	*reading
	depth int
	inner string // the element of the entry that is open, "" between
	text  strings.Builder
	entry entry
	kind  string // "url" or "sitemap" within an entry, else ""
	count int
}

// xml reads a urlset or a sitemapindex, or what there is of one. It reports
// whether it came to the end.
func (r *reading) xml(text string) (whole bool, err error) {
	d, in := decoder(text), reader{reading: r}
	for {
		t, err := d.Token()
		if err != nil {
			return in.end(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if in.depth == 0 && !isRoot(t.Name.Local) {
				return false, notSitemap(t.Name.Local)
			}
			if in.depth++; in.depth > maxDepth {
				return in.end(errDeep)
			}
			in.start(name(t.Name), t.Attr)
		case xml.EndElement:
			in.depth--
			in.stop(name(t.Name))
		case xml.CharData:
			if in.inner != "" && in.text.Len() < maxText {
				in.text.Write(t[:min(len(t), maxText)])
			}
		}
	}
}

var errDeep = errors.New("nested too deeply")

func notSitemap(local string) error {
	if strings.EqualFold(local, "html") {
		return errPage
	}
	return errOther
}

// end is what is told of a document that was read up to err.
func (in *reader) end(err error) (whole bool, _ error) {
	switch {
	case errors.Is(err, io.EOF) && in.started:
		return true, nil
	case errors.Is(err, io.EOF):
		return false, errOther
	}
	if in.kind != "" && in.entry.loc != "" {
		in.finishEntry()
	}
	if in.count == 0 {
		return false, errBroken
	}
	in.Warn("", fmt.Sprintf("The sitemap is not well-formed or ends too early; the %d entries before the fault were read.", in.count))
	return false, nil
}

// name is the local name, with the extension it belongs to: by its namespace,
// or by its prefix where nobody declared it.
func name(n xml.Name) string {
	for _, x := range []struct{ space, prefix string }{
		{"sitemap-news", "news"}, {"sitemap-image", "image"}, {"sitemap-video", "video"}, {"1999/xhtml", "xhtml"},
	} {
		if strings.Contains(n.Space, x.space) || n.Space == x.prefix {
			return x.prefix + ":" + n.Local
		}
	}
	return n.Local
}

func (in *reader) start(name string, attrs []xml.Attr) {
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
