package demo

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
)

// proceduresHome is where the region's procedure sheets are, proceduresPath
// the archive of them all.
const (
	proceduresHome = "/portail/demarches/"
	proceduresPath = "/portail/procedures.zip"
)

// procedure is a sheet in the XML that DILA defined for co-marquage. The
// region writes its own.
type procedure struct {
	ID    string
	Title string
	Lead  string
	Body  []block
	raw   string // with {base} for the origin
	date  time.Time
}

// readProcedures reads content/demarches/F….xml.
func readProcedures(clock clock) ([]procedure, error) {
	names, err := fs.Glob(files, "content/demarches/*.xml")
	if err != nil {
		return nil, err
	}
	var all []procedure
	for i, name := range names {
		body, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		p := procedure{ID: strings.TrimSuffix(path.Base(name), ".xml"), date: clock.day(-9 - 11*i)}
		p.raw = strings.ReplaceAll(string(body), "{modified}", p.date.Format(time.DateOnly))
		p.raw = slot.ReplaceAllStringFunc(p.raw, func(s string) string { return clock.fill(s, "fr", time.Time{}, time.Time{}) })
		if err := p.read(); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, p)
	}
	return all, nil
}

// hidden are the parts of a sheet that its page does not repeat.
var hidden = map[string]bool{"FilDAriane": true, "Theme": true, "SousThemePere": true, "DossierPere": true, "SurTitre": true,
	"Audience": true, "Canal": true, "PivotLocal": true}

var headerRow = xml.Attr{Name: xml.Name{Local: "type"}, Value: "header"}

// read fills the page from the XML: titles, paragraphs, lists and the rows of
// tables, in order.
func (p *procedure) read() error {
	dec := xml.NewDecoder(strings.NewReader(p.raw))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch name := start.Name.Local; {
		case hidden[name], start.Name.Space != "" && name != "title":
			err = dec.Skip()
		case name == "title" || name == "Titre" || name == "Paragraphe" || name == "Item" || name == "LienExterne":
			var text string
			if text, err = innerText(dec); err == nil {
				p.add(name, text)
			}
		case name == "Rangée" && slices.Contains(start.Attr, headerRow):
			err = dec.Skip() // each row of the page says enough without
		case name == "Rangée":
			var text string
			if text, err = innerText(dec); err == nil {
				p.add("Item", text)
			}
		}
		if err != nil {
			return err
		}
	}
}

func (p *procedure) add(element, text string) {
	last := len(p.Body) - 1
	switch {
	case element == "title":
		p.Title = text
	case element == "Titre":
		p.Body = append(p.Body, block{Heading: text})
	case element == "Item" && last >= 0 && p.Body[last].List != nil:
		p.Body[last].List = append(p.Body[last].List, text)
	case element == "Item":
		p.Body = append(p.Body, block{List: []string{text}})
	default:
		if p.Lead == "" {
			p.Lead = text
		}
		p.Body = append(p.Body, block{Text: text})
	}
}

// breaks is the white space of the markup; non-breaking spaces stay.
var breaks = regexp.MustCompile(`[ \t\n]+`)

// innerText reads to the end of the element and returns its words, with a
// dash between the cells of a table.
func innerText(dec *xml.Decoder) (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		token, err := dec.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth--; depth == 1 && t.Name.Local == "Cellule" {
				b.WriteString(" – ")
			}
		case xml.CharData:
			b.Write(t)
		}
	}
	return strings.Trim(breaks.ReplaceAllString(b.String(), " "), " –"), nil
}

// archive is the zip of all sheets as served from base.
func (r *Region) archive(base string) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range r.procedures {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.ID + ".xml", Method: zip.Deflate, Modified: p.date})
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(w, strings.ReplaceAll(p.raw, "{base}", base)); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
