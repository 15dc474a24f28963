package extract

import (
	"bytes"
	"encoding/xml"
	"path"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// readDOCX reads the text of an Office Open XML document (ECMA-376, part 1, 17).
// Its pages are where Word last broke them, or the author did.
func readDOCX(body []byte, out sink) federation.FileReason {
	z, err := openZip(body)
	if err != nil {
		return federation.FileDamaged
	}
	name := z.document()
	r, err := z.open(name)
	if err != nil {
		return federation.FileDamaged
	}
	defer r.Close()
	whole, _ := z.part(name, maxPart) // only to look into; the fault, if any, is met below
	d := docx{rendered: bytes.Contains(whole, []byte("lastRenderedPageBreak"))}
	return walk(r, out, d.element, docxBlocks, docxTexts)
}

var (
	docxBlocks = map[string]bool{"p": true}
	docxTexts  = map[string]bool{"t": true}
)

// document is the name of the main part of an Office Open XML file (ECMA-376,
// part 2, 9.3), "" when it is not one of Word's.
func (z zipFile) document() string {
	const wordMain = "word/document.xml"
	rels, err := z.part("_rels/.rels", 1<<20)
	if err != nil {
		return ""
	}
	var list struct {
		Relationship []struct {
			Type   string `xml:",attr"`
			Target string `xml:",attr"`
		}
	}
	if err := xml.Unmarshal(rels, &list); err != nil {
		return ""
	}
	for _, r := range list.Relationship {
		if !strings.HasSuffix(r.Type, "/officeDocument") {
			continue
		}
		name := strings.TrimPrefix(path.Clean("/"+r.Target), "/")
		if name == wordMain || strings.HasPrefix(name, "word/") {
			return name
		}
	}
	return ""
}

// docx knows whether Word noted where its pages were: then a break of the
// author's is noted too, and counting both would count it twice.
type docx struct{ rendered bool }

func (d docx) element(w *writer, e xml.StartElement) (skip bool) {
	switch e.Name.Local {
	case "lastRenderedPageBreak":
		w.turn()
	case "br":
		if attribute(e, "type") == "page" && !d.rendered {
			w.turn()
		}
		w.text(" ")
	case "pageBreakBefore":
		if off := attribute(e, "val"); off != "0" && off != "false" && off != "off" && !d.rendered && w.line.Len() > 0 {
			w.turn()
		}
	case "noBreakHyphen":
		w.text("-")
	case "tab", "cr":
		w.text(" ")
	case "del", "moveFrom", // what was deleted, or stands elsewhere now
		"Fallback": // what was read in its newer form
		return true
	}
	return false
}
