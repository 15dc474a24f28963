package extract

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/plonegov/carillon/federation"
)

const (
	maxPart    = 32 << 20 // bytes of one part after decompression: a book's worth of text, and what marks it up
	maxEntries = 10_000
	maxDepth   = 512
)

// kindOfZip tells ODT (OpenDocument 1.3, part 2, 3.3: mimetype is the first
// entry) from DOCX.
func kindOfZip(body []byte) (kind, federation.FileReason) {
	z, err := openZip(body)
	if err != nil {
		return "", federation.FileDamaged
	}
	const odt = "application/vnd.oasis.opendocument.text"
	if is, err := z.part("mimetype", 256); err == nil && strings.HasPrefix(strings.TrimSpace(string(is)), odt) {
		return kindODT, ""
	}
	if main := z.document(); main != "" {
		return kindDOCX, ""
	}
	return "", federation.FileUnknown
}

type zipFile struct{ *zip.Reader }

func openZip(body []byte) (zipFile, error) {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // no entry is ever written anywhere
		return zipFile{}, err
	}
	if len(z.File) > maxEntries {
		return zipFile{}, errors.New("too many entries")
	}
	return zipFile{z}, nil
}

// open opens a part by its name.
func (z zipFile) open(name string) (io.ReadCloser, error) {
	for _, f := range z.File {
		if f.Name == name {
			return f.Open()
		}
	}
	return nil, errors.New("no part " + name)
}

// part is a small part, whole.
func (z zipFile) part(name string, most int64) ([]byte, error) {
	r, err := z.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, most))
}

// writer builds pages out of the markup of a document.
type writer struct {
	out   sink
	line  strings.Builder
	full  bool
	paged bool
}

// text adds words. A page that grows beyond all bounds is cut by the sink; here
// it only must not fill the memory.
func (w *writer) text(s string) {
	if w.line.Len() < 2*MaxText {
		w.line.WriteString(s)
	}
}

// turn ends a page.
func (w *writer) turn() {
	if !w.paged {
		w.paged = true
		w.out.paged()
	}
	w.flush()
}

func (w *writer) flush() {
	if !w.full {
		w.full = !w.out.page(w.line.String())
	}
	w.line.Reset()
}

// element is what a format does at the beginning of an element: it may write,
// and says whether the element's content is passed over.
type element func(w *writer, e xml.StartElement) (skip bool)

// walk reads the markup of a document: start at each element, and a line break
// at the end of those in blocks. Text counts within those in texts alone; nil =
// anywhere.
func walk(r io.Reader, out sink, start element, blocks, texts map[string]bool) federation.FileReason {
	w := &writer{out: out}
	lr := &io.LimitedReader{R: r, N: maxPart}
	d := xml.NewDecoder(lr)
	d.Strict = false // an unknown entity is no reason to lose a page; there are no entities of a document's own
	inside, depth := 0, 0
	for !w.full {
		token, err := d.RawToken()
		if err != nil {
			w.flush()
			return ended(err, lr, w)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				w.flush()
				return federation.FileDamaged
			}
			if texts[t.Name.Local] {
				inside++
			}
			if start(w, t) {
				if err := pass(d); err != nil {
					w.flush()
					return ended(err, lr, w)
				}
				depth--
				if texts[t.Name.Local] {
					inside--
				}
			}
		case xml.EndElement:
			depth--
			if texts[t.Name.Local] {
				inside--
			}
			if blocks[t.Name.Local] {
				w.text("\n")
			}
		case xml.CharData:
			if texts == nil || inside > 0 {
				w.text(string(t))
			}
		}
	}
	return federation.FileLong
}

// pass reads to the end of the element that has just begun.
func pass(d *xml.Decoder) error {
	for depth := 1; depth > 0; {
		token, err := d.RawToken()
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// ended says what the end of the markup means.
func ended(err error, r *io.LimitedReader, w *writer) federation.FileReason {
	switch {
	case w.full || r.N <= 0:
		return federation.FileLong
	case err == io.EOF:
		return ""
	}
	return federation.FileDamaged
}

func attribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
