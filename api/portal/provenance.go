package portal

import (
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// provenance is where an item comes from, as its page tells.
type provenance struct {
	Origin      string // address of the document at its origin, "" = none
	Source      string // name of the source
	SourceURL   string // "" when it is not on the web
	Health      string // page about the source, "" when there is none any more
	Licence     widgets.Licence
	Attribution string
	Fetched     moment
	Versions    string   // how many there are, "" = one
	Saved       []moment // of each version, newest first
	Self        string   // our own lasting address
}

// mostVersions bounds the versions that a page lists.
const mostVersions = 10

func (v visit) provenance(it federation.Item, versions []federation.Version, state federation.SourceState, member string) provenance {
	from := it.Provenance
	pr := provenance{Licence: licenceOf(from.License), Attribution: widgets.Spaced(v.Lang, from.Credit(v.Lang, member)),
		Fetched: v.dateTime(from.Fetched)}
	if onWeb(it.URL) {
		pr.Origin = it.URL
	}
	if onWeb(from.SourceURL) { // a file's name is the operator's own affair
		pr.SourceURL = from.SourceURL
	}
	if s, err := v.cat.Source(it.Source); err == nil {
		pr.Health, pr.Source = v.sourceURL(*s), v.sourceTitle(*s, state)
	}
	if pr.Source == "" {
		pr.Source = it.Type.Names(v.Lang) + " – " + member
	}
	if len(versions) > 1 { // one is no history
		pr.Versions = v.N("versions", len(versions))
		for _, ver := range versions[:min(len(versions), mostVersions)] {
			pr.Saved = append(pr.Saved, v.dateTime(ver.Saved))
		}
	}
	return pr
}

// licenceOf names terms; an address without a name stands for itself.
func licenceOf(terms string) widgets.Licence {
	l := widgets.LicenceOf(terms)
	if l.Name == "" {
		l.Name = l.URL
	}
	return l
}
