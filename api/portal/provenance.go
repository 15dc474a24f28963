package portal

import (
	"strings"

	"github.com/plonegov/carillon/federation"
)

// provenance is where an item comes from, as its page tells.
type provenance struct {
	Origin      string // address of the document at its origin, "" = none
	Source      string // name of the source
	SourceURL   string // "" when it is not on the web
	Licence     licence
	Attribution string
	Fetched     moment
	Versions    string
	Saved       []moment // of each version, newest first
	Self        string   // our own lasting address
}

// licence is how terms are named and where they are written.
type licence struct{ Name, URL string }

// mostVersions bounds the versions that a page lists.
const mostVersions = 10

func (v visit) provenance(it federation.Item, versions []federation.Version) provenance {
	from := it.Provenance
	pr := provenance{Source: it.Source, Licence: licenceOf(from.License), Attribution: from.Attribution,
		Fetched: v.dateTime(from.Fetched), Versions: v.N("versions", len(versions))}
	if onWeb(it.URL) {
		pr.Origin = it.URL
	}
	if onWeb(from.SourceURL) { // a file's name is the operator's own affair
		pr.SourceURL = from.SourceURL
	}
	if s, err := v.cat.Source(it.Source); err == nil && s.Title.In() != "" {
		pr.Source = s.Title.In(v.Lang)
	}
	if len(versions) > 1 {
		for _, ver := range versions[:min(len(versions), mostVersions)] {
			pr.Saved = append(pr.Saved, v.dateTime(ver.Saved))
		}
	}
	return pr
}

// licenceOf names terms: an SPDX id, an address, or words.
func licenceOf(terms string) licence {
	for _, known := range licences {
		if strings.EqualFold(terms, known[0]) {
			return licence{known[1], known[2]}
		}
	}
	if onWeb(terms) {
		return licence{terms, terms}
	}
	return licence{Name: terms}
}

// licences are those that municipal publishers use: SPDX id, name, address.
var licences = [][3]string{
	{"CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"},
	{"CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"},
	{"CC-BY-SA-4.0", "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"},
	{"CC-BY-NC-4.0", "CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"},
	{"CC-BY-ND-4.0", "CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"},
	{"etalab-2.0", "Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"},
	{"ODbL-1.0", "ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"},
	{"DL-DE-BY-2.0", "dl-de/by-2-0", "https://www.govdata.de/dl-de/by-2-0"},
	{"DL-DE-ZERO-2.0", "dl-de/zero-2-0", "https://www.govdata.de/dl-de/zero-2-0"},
}
