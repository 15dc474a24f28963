package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Bounds of a vector drawing: a coat of arms with every leaf drawn has some
// hundred KiB.
const (
	maxVector   = 512 << 10
	maxElements = 20_000
	maxUses     = 500 // elements drawn once more: they multiply
)

const (
	svgSpace = "http://www.w3.org/2000/svg"
	svgType  = "image/svg+xml"
)

// drawn are the elements of SVG that draw. Those that run, load, embed a page
// or move are not among them.
var drawn = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields(`svg g defs symbol use title desc metadata style path rect circle ellipse line polyline polygon
		text tspan textPath linearGradient radialGradient stop clipPath mask pattern marker switch a
		filter feBlend feColorMatrix feComponentTransfer feComposite feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feOffset`) {
		m[name] = true
	}
	return m
}()

var errUnsafe = errors.New("a drawing that does more than draw")

// vector returns a drawing in SVG written anew, with what draws and nothing
// else: it is shown by an img element, which runs nothing and loads nothing,
// and must stay harmless when somebody opens its address. errFormat is that it
// is no SVG.
func vector(body []byte) ([]byte, error) {
	head := bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<")) || !bytes.Contains(head[:min(len(head), 4096)], []byte("<svg")) {
		return nil, errFormat
	}
	if len(body) > maxVector {
		return nil, fmt.Errorf("a drawing of %d bytes", len(body))
	}
	w := vectorWriter{d: xml.NewDecoder(bytes.NewReader(head))}
	if err := w.run(); err != nil {
		return nil, err
	}
	return w.out.Bytes(), nil
}

type vectorWriter struct {
	d              *xml.Decoder
	out            bytes.Buffer
	elements, uses int
	depth          int
	root           bool
}

func (w *vectorWriter) run() error {
	for {
		t, err := w.d.Token()
		if err == io.EOF && w.root {
			return nil
		}
		if err != nil {
			return fmt.Errorf("an SVG that is not XML: %w", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			err = w.start(t)
		case xml.EndElement:
			w.depth--
			w.out.WriteString("</" + t.Name.Local + ">")
		case xml.CharData:
			if w.depth > 0 {
				err = xml.EscapeText(&w.out, t)
			}
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				err = errUnsafe
			}
		}
		if err != nil {
			return err
		}
	}
}

// start writes a start tag, or passes over an element that does not draw with
// all that is in it.
func (w *vectorWriter) start(t xml.StartElement) error {
	if !w.root && (t.Name.Local != "svg" || t.Name.Space != svgSpace) {
		return errFormat
	}
	if w.elements++; w.elements > maxElements || w.depth > 256 {
		return errUnsafe
	}
	if t.Name.Space != svgSpace || !drawn[t.Name.Local] {
		return w.d.Skip()
	}
	if t.Name.Local == "use" {
		if w.uses++; w.uses > maxUses {
			return errUnsafe
		}
	}
	w.out.WriteString("<" + t.Name.Local)
	if !w.root {
		w.out.WriteString(` xmlns="` + svgSpace + `"`)
	}
	w.root = true
	w.depth++
	for _, a := range t.Attr {
		if name, ok := keptName(a); ok {
			w.out.WriteString(" " + name + `="`)
			if err := xml.EscapeText(&w.out, []byte(a.Value)); err != nil {
				return err
			}
			w.out.WriteByte('"')
		}
	}
	w.out.WriteByte('>')
	return nil
}

// keptName is the name under which an attribute is written; false for those
// that run or lead away.
func keptName(a xml.Attr) (string, bool) {
	name := a.Name.Local
	switch {
	case a.Name.Space == "xmlns" || name == "xmlns", strings.HasPrefix(strings.ToLower(name), "on"):
		return "", false
	case name == "href":
		return name, strings.HasPrefix(strings.TrimSpace(a.Value), "#")
	case a.Name.Space == "xml" || a.Name.Space == "http://www.w3.org/XML/1998/namespace":
		return "xml:" + name, true
	}
	return name, a.Name.Space == ""
}
