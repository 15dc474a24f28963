package jsonld

import (
	"strings"

	"github.com/plonegov/carillon/federation"
)

// languages is the order of the columns of labels.
var languages = [...]string{"en", "fr", "nl", "de", "es", "it"}

// labels name in the language of the item what has no field of its own and
// federation.Label does not name.
var labels = map[string][len(languages)]string{
	"performer":               {"With", "Avec", "Met", "Mit", "Con", "Con"},
	"offers":                  {"Tickets", "Tarifs", "Tickets", "Eintritt", "Entradas", "Biglietti"},
	"free":                    {"Free", "Gratuit", "Gratis", "Kostenlos", "Gratis", "Gratuito"},
	"doors":                   {"Doors open", "Ouverture des portes", "Deuren open", "Einlass", "Apertura de puertas", "Apertura porte"},
	"venue":                   {"Also at", "Aussi à", "Ook in", "Auch in", "También en", "Anche a"},
	"dates":                   {"Dates", "Dates", "Datums", "Termine", "Fechas", "Date"},
	"postponed":               {"Postponed", "Reporté", "Uitgesteld", "Verschoben", "Aplazado", "Rinviato"},
	"status":                  {"Status", "Statut", "Status", "Status", "Estado", "Stato"},
	"before":                  {"Previous date", "Date précédente", "Vorige datum", "Bisheriger Termin", "Fecha anterior", "Data precedente"},
	"part":                    {"Part of", "Fait partie de", "Onderdeel van", "Teil von", "Forma parte de", "Fa parte di"},
	"provider":                {"Provided by", "Fourni par", "Aangeboden door", "Angeboten von", "Prestado por", "Fornito da"},
	"area":                    {"Area", "Territoire", "Gebied", "Gebiet", "Ámbito", "Territorio"},
	"audience":                {"For", "Pour", "Voor", "Für", "Para", "Per"},
	"channel":                 {"How to apply", "Comment faire", "Hoe aanvragen", "So geht es", "Cómo solicitarlo", "Come fare"},
	"output":                  {"Result", "Résultat", "Resultaat", "Ergebnis", "Resultado", "Risultato"},
	"employer":                {"Employer", "Employeur", "Werkgever", "Arbeitgeber", "Empleador", "Datore di lavoro"},
	"until":                   {"Until", "Jusqu’au", "Tot", "Bis", "Hasta", "Fino al"},
	"from":                    {"From", "À partir du", "Vanaf", "Ab", "Desde", "Dal"},
	"editor":                  {"Editor", "Rédaction", "Redactie", "Redaktion", "Redacción", "Redazione"},
	"about":                   {"About", "Sujet", "Over", "Über", "Acerca de", "Argomento"},
	"Monday":                  {"Monday", "lundi", "maandag", "Montag", "lunes", "lunedì"},
	"Tuesday":                 {"Tuesday", "mardi", "dinsdag", "Dienstag", "martes", "martedì"},
	"Wednesday":               {"Wednesday", "mercredi", "woensdag", "Mittwoch", "miércoles", "mercoledì"},
	"Thursday":                {"Thursday", "jeudi", "donderdag", "Donnerstag", "jueves", "giovedì"},
	"Friday":                  {"Friday", "vendredi", "vrijdag", "Freitag", "viernes", "venerdì"},
	"Saturday":                {"Saturday", "samedi", "zaterdag", "Samstag", "sábado", "sabato"},
	"Sunday":                  {"Sunday", "dimanche", "zondag", "Sonntag", "domingo", "domenica"},
	"PublicHolidays":          {"public holidays", "jours fériés", "feestdagen", "Feiertage", "festivos", "festivi"},
	"InStock":                 {"available", "disponible", "beschikbaar", "verfügbar", "disponible", "disponibile"},
	"SoldOut":                 {"sold out", "complet", "uitverkocht", "ausverkauft", "agotado", "esaurito"},
	"OutOfStock":              {"sold out", "complet", "uitverkocht", "ausverkauft", "agotado", "esaurito"},
	"typicalAgeRange":         {"Age", "Âge", "Leeftijd", "Alter", "Edad", "Età"},
	"maximumAttendeeCapacity": {"Capacity", "Nombre de places", "Plaatsen", "Plätze", "Plazas", "Posti"},
	"isAccessibleForFree":     {"Free of charge", "Gratuit", "Gratis", "Kostenlos", "Gratis", "Gratuito"},
	"publicAccess":            {"Open to the public", "Ouvert au public", "Open voor het publiek", "Öffentlich zugänglich", "Abierto al público", "Aperto al pubblico"},
}

// label is what the key is called in a language: its own words when there are
// none.
func label(key, lang string) string {
	if s := federation.Label(key, lang); s != "" {
		return s
	}
	row, ok := labels[key]
	if !ok {
		return words(key)
	}
	for i, l := range languages {
		if strings.EqualFold(primary(lang), l) {
			return row[i]
		}
	}
	return row[0]
}
