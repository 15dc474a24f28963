package csv

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// kinds are words for the item types beside their own names, normal forms.
var kinds = map[string]federation.ItemType{
	"actualite": federation.News, "actu": federation.News, "nieuws": federation.News, "nachricht": federation.News, "meldung": federation.News,
	"evenement": federation.EventItem, "agenda": federation.EventItem, "activiteit": federation.EventItem, "veranstaltung": federation.EventItem,
	"alerte": federation.AlertItem, "waarschuwing": federation.AlertItem, "warnung": federation.AlertItem,
	"demarche": federation.Service, "dienst": federation.Service, "dienstleistung": federation.Service, "product": federation.Service,
	"decision": federation.Decision, "besluit": federation.Decision, "beschluss": federation.Decision,
	"seance": federation.Meeting, "reunion": federation.Meeting, "vergadering": federation.Meeting, "zitting": federation.Meeting, "sitzung": federation.Meeting,
	"avis": federation.Notice, "bekendmaking": federation.Notice, "bekanntmachung": federation.Notice,
	"lieu": federation.PlaceItem, "plaats": federation.PlaceItem, "ort": federation.PlaceItem,
	"enquete": federation.Consultation, "raadpleging": federation.Consultation, "beteiligung": federation.Consultation,
	"dokument": federation.DocumentItem,
}

// itemType is what the row says it is, then what the source says (left to the
// harvester), then what its fields make it. A type that is no type of ours is a
// category.
func (l *line) itemType(it *federation.Item) federation.ItemType {
	if s := l.text("type"); s != "" {
		word := normal(s)
		if t := federation.ItemType(word); federation.ValidType(t) {
			return t
		}
		for _, w := range []string{word, strings.TrimSuffix(word, "s"), strings.TrimSuffix(word, "en")} {
			if t, ok := kinds[w]; ok {
				return t
			}
		}
		it.Categories = append(it.Categories, s)
	}
	switch {
	case l.doc.Source.Type != "":
		return ""
	case it.Event != nil:
		return federation.EventItem
	case !it.Published.IsZero():
		return federation.News
	case it.Place != nil:
		return federation.PlaceItem
	}
	return federation.DocumentItem
}

// tongues are names of languages, normal forms.
var tongues = map[string]string{
	"francais": "fr", "french": "fr", "frans": "fr", "franzosisch": "fr", "fra": "fr", "fre": "fr", "f": "fr",
	"nederlands": "nl", "neerlandais": "nl", "dutch": "nl", "niederlandisch": "nl", "nld": "nl", "dut": "nl", "n": "nl",
	"deutsch": "de", "allemand": "de", "duits": "de", "german": "de", "deu": "de", "ger": "de", "d": "de",
	"english": "en", "anglais": "en", "engels": "en", "englisch": "en", "eng": "en", "e": "en",
}

// language is the tag of the row's language.
func (l *line) language() string {
	s, at := l.cell("language")
	if at < 0 {
		return ""
	}
	if tag, ok := tongues[normal(s)]; ok {
		return tag
	}
	if federation.ValidLanguage(s) && slices.Contains([]int{2, 3, 5}, len(s)) {
		return s
	}
	delete(l.taken, at) // "fr+nl": a fact for readers
	return ""
}

// titleInstead is the title of a row without one: where it is, else the first
// words in it.
func (l *line) titleInstead(p *federation.Place) string {
	if p != nil && p.Name != "" {
		return p.Name
	}
	for _, i := range l.columns["LOCALITY"] {
		if i < len(l.cells) && isWords(l.cells[i]) {
			return plain(l.cells[i])
		}
	}
	for i, c := range l.cells {
		if !l.taken[i] && isWords(c) {
			l.taken[i] = true
			return plain(c)
		}
	}
	for _, c := range l.cells {
		if s := plain(c); s != "" {
			return s
		}
	}
	return ""
}
