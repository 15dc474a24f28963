package feed

import (
	"cmp"
	"strings"

	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// maxRights bounds a sentence about rights, in bytes.
const maxRights = 500

// rights reads under which terms an entry is published, and where it was first:
// the terms as an address, what must be said as a sentence.
func (x extended) rights(e *entry) {
	said := x.value("c", "rights")
	e.license = cmp.Or(e.license, x.license())
	if isWeb(said) {
		e.license, said = cmp.Or(e.license, said), ""
	}
	for _, s := range x["c"]["source"] {
		in := extended{"": s.Children}
		said = cmp.Or(said, in.value("", "rights"), in.value("", "title"), read.Escape(s.Value))
		for _, a := range s.Children["author"] { // RFC 4287, 4.2.11
			if len(e.authors) == 0 {
				e.authors = append(e.authors, extended{"": a.Children}.value("", "name"))
			}
		}
	}
	e.rights = markup.Text(read.Clip(said, maxRights))
}

// license is the first licence that is named, an address as a rule.
func (x extended) license() string {
	for _, l := range x["cc"]["license"] {
		if s := strings.TrimSpace(l.Value); s != "" && len(s) <= maxRights {
			return s
		}
	}
	return ""
}
