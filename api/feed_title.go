package api

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

var feedDescriptions = federation.Text{
	"fr": "Ce que publient les communes et organismes réunis sur Carillon",
	"nl": "Wat de gemeenten en organisaties op Carillon publiceren",
	"de": "Was die Gemeinden und Organisationen auf Carillon veröffentlichen",
	"en": "What the municipalities and organisations on Carillon publish",
}

// quotes are how each language opens and closes a quotation.
var quotes = map[string][2]string{"fr": {"«\u00a0", "\u00a0»"}, "nl": {"“", "”"}, "de": {"„", "“"}, "en": {"“", "”"}}

// feedTitle says what a selection holds: a channel's title, else the hub, the
// members, the types and the words. The language is that of ui, or of the only
// member, or the default.
func feedTitle(cat *federation.Catalogue, sel federation.Selection, ui string) (title, lang string) {
	lang = ui
	var members []string
	for _, slug := range sel.Members {
		if m, err := cat.Member(slug); err == nil {
			if lang == "" && len(sel.Members) == 1 && slices.Contains(federation.Languages, m.Language()) {
				lang = m.Language()
			}
			members = append(members, m.Name.In(lang))
		}
	}
	if lang == "" {
		lang = federation.Languages[0]
	}
	if len(sel.Channels) == 1 {
		if ch, err := cat.Channel(sel.Channels[0]); err == nil {
			return ch.Title.In(lang), lang
		}
	}
	parts := []string{"Carillon"}
	var types []string
	for _, t := range sel.Types {
		types = append(types, t.Names(lang))
	}
	for _, list := range [][]string{members, types, sel.Categories} {
		if len(list) > 0 {
			parts = append(parts, strings.Join(list, ", "))
		}
	}
	if sel.Words != "" {
		parts = append(parts, quotes[lang][0]+sel.Words+quotes[lang][1])
	}
	return strings.Join(parts, " – "), lang
}
