package api

import (
	"strings"

	"github.com/plonegov/carillon/federation"
)

// typeNames name the types of items, as titles of feeds do.
var typeNames = map[federation.ItemType]federation.Text{
	federation.News:         {"fr": "Actualités", "nl": "Nieuws", "de": "Nachrichten", "en": "News"},
	federation.EventItem:    {"fr": "Agenda", "nl": "Agenda", "de": "Veranstaltungen", "en": "Events"},
	federation.AlertItem:    {"fr": "Alertes", "nl": "Waarschuwingen", "de": "Warnungen", "en": "Alerts"},
	federation.Service:      {"fr": "Démarches", "nl": "Diensten", "de": "Dienstleistungen", "en": "Services"},
	federation.Decision:     {"fr": "Décisions", "nl": "Besluiten", "de": "Beschlüsse", "en": "Decisions"},
	federation.Meeting:      {"fr": "Réunions", "nl": "Vergaderingen", "de": "Sitzungen", "en": "Meetings"},
	federation.Notice:       {"fr": "Avis officiels", "nl": "Officiële berichten", "de": "Bekanntmachungen", "en": "Notices"},
	federation.PlaceItem:    {"fr": "Lieux", "nl": "Plaatsen", "de": "Orte", "en": "Places"},
	federation.Consultation: {"fr": "Consultations", "nl": "Raadplegingen", "de": "Beteiligungen", "en": "Consultations"},
	federation.DocumentItem: {"fr": "Documents", "nl": "Documenten", "de": "Dokumente", "en": "Documents"},
}

var feedDescriptions = federation.Text{
	"fr": "Ce que publient les membres de la fédération, repris à la source",
	"nl": "Wat de leden van de federatie publiceren, overgenomen van de bron",
	"de": "Was die Mitglieder des Verbunds veröffentlichen, aus der Quelle übernommen",
	"en": "What the members of the federation publish, taken from the source",
}

func feedDescription(lang string) string { return feedDescriptions.In(lang) }

// feedTitle says what a selection holds: a channel's title, else the hub, the
// members, the types and the words. The language is that of ui, or of the only
// member, or the default.
func feedTitle(cat *federation.Catalogue, sel federation.Selection, ui string) (title, lang string) {
	lang = ui
	var members []string
	for _, slug := range sel.Members {
		if m, err := cat.Member(slug); err == nil {
			if lang == "" && len(sel.Members) == 1 && knownLanguage(m.Language()) {
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
		parts = append(parts, "« "+sel.Words+" »")
	}
	return strings.Join(parts, " – "), lang
}

func knownLanguage(lang string) bool {
	for _, l := range federation.Languages {
		if l == lang {
			return true
		}
	}
	return false
}
