package oparl

import (
	"strings"

	"github.com/plonegov/carillon/federation"
)

// words are the labels of one language.
type words struct {
	language string
	label    map[string]string
}

// shared are the keys that federation.Label names, by its own.
var shared = map[string]string{"agenda": "agenda", "place": "place", "participant": "present", "state": "status",
	"reference": "reference", "number": "number", "website": "website"}

func (w words) of(key string) string {
	if k := shared[key]; k != "" {
		return federation.Label(k, w.language)
	}
	return w.label[key]
}

// wordsOf returns the labels in a language, the German ones when there are
// none in it.
func wordsOf(tag string) words {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	for i, l := range languages {
		if l != base {
			continue
		}
		w := words{language: tag, label: make(map[string]string, len(labels))}
		for key, in := range labels {
			w.label[key] = in[i]
		}
		return w
	}
	return wordsOf(language)
}

var languages = [4]string{"de", "en", "fr", "nl"}

// labels in the order of languages.
var labels = map[string][4]string{
	"hidden":       {"Nichtöffentliche Tagesordnungspunkte", "Items not in public", "Points à huis clos", "Niet-openbare agendapunten"},
	"result":       {"Ergebnis", "Result", "Résultat", "Resultaat"},
	"resolution":   {"Beschluss", "Resolution", "Décision", "Besluit"},
	"time":         {"Zeit", "Time", "Heure", "Tijd"},
	"organization": {"Gremium", "Body", "Organe", "Orgaan"},
	"cancelled":    {"abgesagt", "cancelled", "annulée", "afgelast"},
	"invitation":   {"Einladung", "Invitation", "Convocation", "Oproeping"},
	"results":      {"Ergebnisprotokoll", "Minutes", "Procès-verbal", "Notulen"},
	"verbatim":     {"Wortprotokoll", "Verbatim record", "Compte rendu intégral", "Woordelijk verslag"},
	"date":         {"Datum", "Date", "Date", "Datum"},
	"type":         {"Art", "Kind", "Type", "Soort"},
	"originator":   {"Urheber", "Submitted by", "Auteur", "Indiener"},
	"lead":         {"Federführend", "Lead", "Service responsable", "Verantwoordelijk"},
	"consultation": {"Beratung", "Consideration", "Examen", "Behandeling"},
	"decisive":     {"beschließend", "decisive", "décisionnel", "beslissend"},
	"related":      {"Zugehörige Drucksachen", "Related papers", "Documents liés", "Verwante stukken"},
	"meeting":      {"Sitzung", "Council meeting", "Séance", "Zitting"},
	"paper":        {"Drucksache", "Paper", "Document", "Stuk"},
	"item":         {"TOP", "Item", "Point", "Punt"},
	"class":        {"Einordnung", "Classification", "Classification", "Classificatie"},
	"short":        {"Kurzname", "Short name", "Nom abrégé", "Korte naam"},
	"posts":        {"Positionen", "Posts", "Fonctions", "Functies"},
	"since":        {"Beginn", "From", "Début", "Begin"},
	"until":        {"Ende", "Until", "Fin", "Einde"},
	"members":      {"Mitglieder", "Members", "Membres", "Leden"},
	"voting":       {"Stimmberechtigte", "Voting members", "Membres votants", "Stemgerechtigde leden"},
	"parent":       {"Übergeordnet", "Part of", "Fait partie de", "Onderdeel van"},
	"file":         {"Datei", "File", "Fichier", "Bestand"},
	"text":         {"Volltext", "Full text", "Texte intégral", "Volledige tekst"},
}
