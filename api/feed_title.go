package api

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// typeNames name the types of items, as titles of feeds do.
var typeNames = map[federation.ItemType]federation.Text{
	federation.News:         {"fr": "Actualités", "nl": "Nieuws", "de": "Nachrichten", "en": "News"},
	federation.EventItem:    {"fr": "Agenda", "nl": "Agenda", "de": "Veranstaltungen", "en": "Events"},
	federation.AlertItem:    {"fr": "Alertes", "nl": "Waarschuwingen", "de": "Warnungen", "en": "Alerts"},
	federation.Service:      {"fr": "Démarches", "nl": "Procedures", "de": "Behördengänge", "en": "Services"},
	federation.Decision:     {"fr": "Décisions", "nl": "Besluiten", "de": "Beschlüsse", "en": "Decisions"},
	federation.Meeting:      {"fr": "Séances", "nl": "Zittingen", "de": "Sitzungen", "en": "Meetings"},
	federation.Notice:       {"fr": "Avis officiels", "nl": "Officiële berichten", "de": "Bekanntmachungen", "en": "Official notices"},
	federation.PlaceItem:    {"fr": "Adresses utiles", "nl": "Nuttige adressen", "de": "Adressen", "en": "Places"},
	federation.Consultation: {"fr": "Consultations", "nl": "Inspraak", "de": "Beteiligungen", "en": "Consultations"},
	federation.DocumentItem: {"fr": "Documents", "nl": "Documenten", "de": "Dokumente", "en": "Documents"},
}

var feedDescriptions = federation.Text{
	"fr": "Ce que publient les membres de la fédération, repris à la source",
	"nl": "Wat de leden van de federatie publiceren, overgenomen van de bron",
	"de": "Was die Mitglieder des Verbunds veröffentlichen, aus der Quelle übernommen",
	"en": "What the members of the federation publish, taken from the source",
}

// quotes are how each language opens and closes a quotation.
var quotes = map[string][2]string{"fr": {"« ", " »"}, "nl": {"“", "”"}, "de": {"„", "“"}, "en": {"“", "”"}}

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
		types = append(types, typeNames[t].In(lang))
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
