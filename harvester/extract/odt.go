package extract

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// readODT reads the text of an OpenDocument file. Its pages are where the
// program that wrote it broke them (OpenDocument 1.3, part 3, 5.6).
func readODT(body []byte, out sink) federation.FileReason {
	z, err := openZip(body)
	if err != nil {
		return federation.FileDamaged
	}
	if manifest, err := z.part("META-INF/manifest.xml", 1<<20); err == nil && bytes.Contains(manifest, []byte("encryption-data")) {
		return federation.FileLocked
	}
	r, err := z.open("content.xml")
	if err != nil {
		return federation.FileDamaged
	}
	defer r.Close()
	return walk(r, out, odtElement, odtBlocks, odtBlocks)
}

var odtBlocks = map[string]bool{"p": true, "h": true}

func odtElement(w *writer, e xml.StartElement) (skip bool) {
	switch e.Name.Local {
	case "soft-page-break":
		w.turn()
	case "s":
		n, _ := strconv.Atoi(attribute(e, "c"))
		w.text(strings.Repeat(" ", min(max(n, 1), 8)))
	case "tab", "line-break":
		w.text(" ")
	case "tracked-changes", // what was deleted
		"annotation", "forms", "scripts", "desc", "title", "binary-data", "object-ole":
		return true
	}
	return false
}
