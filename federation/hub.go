package federation

import (
	"cmp"
	"slices"
	"time"
)

// HubSaved tells that what the operator says of the hub itself was changed.
const HubSaved ChangeKind = "hub-saved"

// Hub is the operator's own look and words, and what members fall back on. The
// zero value is a hub that says nothing of itself.
type Hub struct {
	Name      Text     `json:"name,omitempty"`
	Theme     Theme    `json:"theme"`
	Zone      string   `json:"zone,omitempty"`      // IANA name: the home zone of members that name none
	Languages []string `json:"languages,omitempty"` // of the portal, among [Languages]; empty = all
	Links     HubLinks `json:"links"`

	// Outlines are the boundaries of members, by their code, for maps; nil =
	// maps show points alone.
	Outlines      map[string]Outline `json:"outlines,omitempty"`
	OutlineFile   string             `json:"outline_file,omitempty"`   // the file they were read from, as the region file names it
	OutlineCredit string             `json:"outline_credit,omitempty"` // who made them, as maps say it; "" = nobody asks for it

	// Synonyms are the operator's own, beside those that ship: a list in YAML
	// as search/text reads it, checked before it is saved; "" = none.
	Synonyms    string `json:"synonyms,omitempty"`
	SynonymFile string `json:"synonym_file,omitempty"` // the file they were read from, as the region file names it

	Queries QueryRule `json:"queries,omitzero"` // how searches are counted

	// BestBets are what comes first for certain words, in the order of their
	// weight; see [BestBet.Validate].
	BestBets []BestBet `json:"best_bets,omitempty"`
}

// HubLinks are addresses that the portal shows at the foot of every page; ""
// shows none.
type HubLinks struct {
	Legal         string `json:"legal,omitempty"`         // legal notice
	Accessibility string `json:"accessibility,omitempty"` // statement of the operator, in place of the hub's own
	Contact       string `json:"contact,omitempty"`       // http(s) or mailto:
}

// DefaultZone is the home zone of a hub that says none and whose members' and
// sources' languages tell none: that of the countries the hub is made for.
const DefaultZone = "Europe/Brussels"

// Location is the home zone of the hub: of the days that people ask for, and of
// times that bring no zone of their own.
func (h Hub) Location() *time.Location {
	if loc, ok := Location(cmp.Or(h.Zone, DefaultZone)); ok {
		return loc
	}
	return time.UTC // a machine without zone data
}

// Validate reports the first thing wrong with h as an [InvalidError] whose
// Field is the key below hub of the region file.
func (h Hub) Validate() error {
	if !validZone(h.Zone) {
		return Invalid("zone", "%q is not a time zone such as Europe/Brussels", h.Zone)
	}
	for _, l := range h.Languages {
		if !slices.Contains(Languages, l) {
			return Invalid("languages", "%q must be one of %s", l, join(Languages))
		}
	}
	for _, link := range []struct{ field, url string }{
		{"legal", h.Links.Legal}, {"accessibility", h.Links.Accessibility}, {"contact", h.Links.Contact},
	} {
		if link.url != "" && !isHTTP(link.url) && !(link.field == "contact" && isMailto(link.url)) {
			return Invalid("links."+link.field, "%q must start with https:// or http://", link.url)
		}
	}
	if err := h.Queries.Validate(); err != nil {
		return err
	}
	return h.Theme.Validate()
}

// Speaks are the languages of the portal, the first being the one for readers
// whose own it does not have.
func (h Hub) Speaks() []string {
	if len(h.Languages) == 0 {
		return Languages
	}
	return h.Languages
}

// validZone reports whether name is empty or a zone that [Location] knows.
func validZone(name string) bool {
	_, known := Location(name)
	return known || name == ""
}
