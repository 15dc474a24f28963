// Package cap reads Common Alerting Protocol messages (OASIS CAP 1.0, 1.1 and
// 1.2): alone, or several inside a wrapper such as EDXL-DE.
//
// Each language of a message is an item of type alert. A message that updates
// earlier ones names them in Item.Replaces, one that cancels them gives
// tombstones; both work in whatever order messages come, because an origin id is
// made of what a reference holds too (see identity.go). Only what is meant for
// everybody is an item: tests, exercises, drafts, system messages and messages
// for a closed circle are counted and left out, with a warning each.
//
// It does not verify signatures, fetch resources, decode files carried inside a
// message, or read indexes of alerts in Atom and RSS: those are feeds.
//
// It guarantees that nothing panics, that the work is linear in the document,
// that entities of a DTD are never expanded, and that a part that cannot be read
// costs no other part: every value that CAP does not know is a warning.
package cap

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// Format returns the decoder, named "cap".
func Format() federation.Format {
	return federation.Format{
		Name:   "cap",
		Accept: "application/cap+xml, application/xml",
		Sniff:  sniff,
		Decode: decode,
	}
}

// sniffed is how far into a document a message is looked for: wrappers have
// heads of their own.
const sniffed = 64 << 10

var (
	alertRoot = regexp.MustCompile(`^<(?:[\w.-]+:)?alert[\s>]`)
	alertTag  = regexp.MustCompile(`<(?:[\w.-]+:)?alert[\s>]`)
	parts     = regexp.MustCompile(`<(?:[\w.-]+:)?(?:identifier|msgType)[\s>]`)
	// feedRoot are documents of other formats that may hold alerts.
	feedRoot = regexp.MustCompile(`(?i)^<(?:[\w.-]+:)?(?:feed|rss|rdf|html)[\s>]`)
	space    = []byte("emergency:cap:")
	oldSpace = []byte("incident.com/cap/")
)

// sniff knows a message by its root element and namespace, or either of them
// when the other is missing.
func sniff(doc federation.Document) int {
	text, _ := read.Text(doc.Body[:min(len(doc.Body), sniffed)], doc.ContentType)
	head := read.AfterProlog([]byte(text))
	named := bytes.Contains(head, space) || bytes.Contains(head, oldSpace)
	typed := strings.Contains(strings.ToLower(doc.ContentType), "cap+xml")
	switch {
	case feedRoot.Match(head):
		return 0
	case alertRoot.Match(head) && named:
		return 100
	case alertRoot.Match(head) && (typed || parts.Match(head)):
		return 80
	case named && alertTag.Match(head):
		return 70
	case alertRoot.Match(head):
		return 20
	}
	return 0
}

const (
	errNotXML  read.Refusal = "The document is not XML. Give the address of a CAP message."
	errNoAlert read.Refusal = "The document holds no CAP message (no <alert> element). Give the address of the alerts themselves, or of their Atom or RSS index."
)

// maxAlerts bounds the messages read of one document.
const maxAlerts = 5000

func decode(doc federation.Document) (federation.Decoded, error) {
	root, faults, err := parse(doc)
	if err != nil {
		return federation.Decoded{}, err
	}
	found, signed := alerts(root)
	if len(found) == 0 {
		return federation.Decoded{}, errNoAlert
	}
	r := reader{source: doc.Source, at: map[string]int{}, warned: map[federation.Warning]bool{}}
	for _, f := range faults {
		r.warn("", f)
	}
	for i, n := range found {
		if i == maxAlerts {
			r.warn("", "There are more than 5000 messages in one document; the rest was left out.")
			r.d.Listed += len(found) - maxAlerts
			break
		}
		r.languages = append(r.languages, spoken(n)...)
	}
	for _, n := range found[:min(len(found), maxAlerts)] {
		r.message(n, signed)
	}
	return r.finish(), nil
}
