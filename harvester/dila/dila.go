// Package dila reads the procedure sheets ("fiches") that the French state
// publishes for co-marquage: XML of schema 3.x, one document per file, made by
// the Direction de l'information légale et administrative (DILA).
//
// It reads the sheets (F), the themes and folders (N) and the resources (R:
// forms, online services, letters, simulators). It does not open folders or
// archives, resolve a local pivot to an office, or read the flow's index files
// (arborescence.xml, redirections.xml and so on).
//
// It guarantees that no text of a document's body is lost: cases and
// conditional parts are all shown, and an element it does not know keeps its
// text and gives a warning, because new ones appear within a schema version.
// Navigation (breadcrumb, sister sheets of the folder) becomes categories and
// is not repeated in the text. Nothing panics, whatever the bytes.
package dila

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// License is the SPDX identifier of the Licence Ouverte 2.0, that of DILA's own
// sheets.
const License = "etalab-2.0"

// Format returns the decoder, named "dila". A document gives one item of type
// service.
func Format() federation.Format {
	return federation.Format{
		Name:   "dila",
		Accept: "application/xml, text/xml",
		Sniff:  sniff,
		Decode: decode,
	}
}

// sniffed is how far into a document the root element is looked for.
const sniffed = 8 << 10

var (
	rootTag = regexp.MustCompile(`<(?:Publication|ServiceComplementaire)(?:\s[^>]*)?>`)
	rootID  = regexp.MustCompile(`\sID\s*=\s*["'][A-Z]{1,2}[0-9]`)
	prolog  = regexp.MustCompile(`^(?:\s|\x{FEFF}|<\?[^>]*\?>|<!DOCTYPE[^>\[]*>|<!--(?s:.*?)-->)*`)
)

// sniff knows a sheet by its root element; the flow's index files have others.
func sniff(doc federation.Document) int {
	head := doc.Body[:min(len(doc.Body), sniffed)]
	head = head[len(prolog.Find(head)):]
	at := rootTag.FindIndex(head)
	if at == nil || at[0] != 0 {
		return 0
	}
	tag := head[:at[1]]
	switch {
	case rootID.Match(tag):
		return 95
	case bytes.Contains(head, []byte("purl.org/dc/elements")):
		return 80
	}
	return 20
}

func decode(doc federation.Document) (federation.Decoded, error) {
	var d federation.Decoded
	root, repaired, err := parse(doc.Body)
	if err != nil {
		return d, err
	}
	m, err := readMeta(root, doc.URL)
	if err != nil {
		return d, err
	}
	if repaired {
		d.Warn(m.origin, "The file says UTF-8 but is not; it was read as Windows-1252.")
	}
	item := federation.Item{
		OriginID:   m.origin,
		Type:       federation.Service,
		URL:        m.url,
		Title:      m.title,
		Language:   m.language,
		Updated:    m.updated,
		Published:  m.created,
		Categories: m.categories,
	}
	item.Provenance.License, item.Provenance.Attribution = m.rights(doc.URL)
	r := newRenderer(root, m.links)
	r.document(root)
	raw := r.out.String()
	if len(raw) > maxContent {
		d.Warn(m.origin, "The sheet is longer than 512 KiB; its end is missing.")
	}
	item.Content = markup.Sanitise(raw, m.links.base())
	item.Summary = summary(root, m, item.Content)

	d.Title, d.Language, d.SiteURL = m.links.sourceTitle(), m.language, m.links.home()
	d.Items, d.Listed = []federation.Item{item}, 1
	for _, w := range m.warnings {
		d.Warn(m.origin, w)
	}
	for _, name := range slices.Sorted(maps.Keys(r.unknown)) {
		d.Warn(m.origin, fmt.Sprintf("The element <%s> is new to us (met %d×): its text is kept, its layout is not.",
			name, r.unknown[name]))
	}
	return d, nil
}

const (
	// maxContent is what markup.Sanitise reads.
	maxContent = 512 << 10
	// maxSummary is in characters: the longest introduction seen has 650.
	maxSummary = 700
)

// summary is the introduction as plain text; failing that the description,
// which for themes only repeats the title; failing that the text's beginning.
func summary(root *node, m meta, content markup.HTML) string {
	for _, s := range []string{root.child("Introduction").text(), root.child("dc:description").text()} {
		if s != "" && s != m.title {
			return markup.Sanitise(escape(s), nil).Summary(maxSummary)
		}
	}
	return content.Summary(maxSummary)
}
