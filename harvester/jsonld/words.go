package jsonld

import "strings"

// languages is the order of the columns of labels.
var languages = [...]string{"en", "fr", "nl", "de", "es", "it"}

// labels name in the language of the item what has no field of its own.
var labels = map[string][len(languages)]string{
	"organizer":               {"Organiser", "Organisateur", "Organisator", "Veranstalter", "Organizador", "Organizzatore"},
	"performer":               {"With", "Avec", "Met", "Mit", "Con", "Con"},
	"offers":                  {"Tickets", "Tarifs", "Tickets", "Eintritt", "Entradas", "Biglietti"},
	"free":                    {"Free", "Gratuit", "Gratis", "Kostenlos", "Gratis", "Gratuito"},
	"online":                  {"Online", "En ligne", "Online", "Online", "En línea", "Online"},
	"doors":                   {"Doors open", "Ouverture des portes", "Deuren open", "Einlass", "Apertura de puertas", "Apertura porte"},
	"venue":                   {"Also at", "Aussi à", "Ook in", "Auch in", "También en", "Anche a"},
	"dates":                   {"Dates", "Dates", "Data", "Termine", "Fechas", "Date"},
	"postponed":               {"Postponed", "Reporté", "Uitgesteld", "Verschoben", "Aplazado", "Rinviato"},
	"status":                  {"Status", "Statut", "Status", "Status", "Estado", "Stato"},
	"before":                  {"Previous date", "Date précédente", "Vorige datum", "Bisheriger Termin", "Fecha anterior", "Data precedente"},
	"part":                    {"Part of", "Fait partie de", "Onderdeel van", "Teil von", "Forma parte de", "Fa parte di"},
	"hours":                   {"Opening hours", "Heures d'ouverture", "Openingsuren", "Öffnungszeiten", "Horario", "Orari di apertura"},
	"closed":                  {"closed", "fermé", "gesloten", "geschlossen", "cerrado", "chiuso"},
	"telephone":               {"Telephone", "Téléphone", "Telefoon", "Telefon", "Teléfono", "Telefono"},
	"fax":                     {"Fax", "Fax", "Fax", "Fax", "Fax", "Fax"},
	"email":                   {"E-mail", "Courriel", "E-mail", "E-Mail", "Correo electrónico", "E-mail"},
	"contact":                 {"Contact", "Contact", "Contact", "Kontakt", "Contacto", "Contatto"},
	"website":                 {"Website", "Site web", "Website", "Website", "Sitio web", "Sito web"},
	"links":                   {"See also", "Voir aussi", "Zie ook", "Siehe auch", "Véase también", "Vedi anche"},
	"provider":                {"Provided by", "Fourni par", "Aangeboden door", "Angeboten von", "Prestado por", "Fornito da"},
	"area":                    {"Area", "Territoire", "Gebied", "Gebiet", "Ámbito", "Territorio"},
	"audience":                {"For", "Pour", "Voor", "Für", "Para", "Per"},
	"channel":                 {"How to apply", "Comment faire", "Hoe aanvragen", "So geht es", "Cómo solicitarlo", "Come fare"},
	"output":                  {"Result", "Résultat", "Resultaat", "Ergebnis", "Resultado", "Risultato"},
	"price":                   {"Price", "Prix", "Prijs", "Preis", "Precio", "Prezzo"},
	"employer":                {"Employer", "Employeur", "Werkgever", "Arbeitgeber", "Empleador", "Datore di lavoro"},
	"until":                   {"Until", "Jusqu'au", "Tot", "Bis", "Hasta", "Fino al"},
	"from":                    {"From", "À partir du", "Vanaf", "Ab", "Desde", "Dal"},
	"editor":                  {"Editor", "Rédaction", "Redactie", "Redaktion", "Redacción", "Redazione"},
	"about":                   {"About", "À propos de", "Over", "Thema", "Acerca de", "Argomento"},
	"yes":                     {"yes", "oui", "ja", "ja", "sí", "sì"},
	"no":                      {"no", "non", "nee", "nein", "no", "no"},
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
	"maximumAttendeeCapacity": {"Places", "Places", "Plaatsen", "Plätze", "Plazas", "Posti"},
	"isAccessibleForFree":     {"Free of charge", "Gratuit", "Gratis", "Kostenlos", "Gratis", "Gratuito"},
	"publicAccess":            {"Open to the public", "Ouvert au public", "Open voor het publiek", "Öffentlich zugänglich", "Abierto al público", "Aperto al pubblico"},
}

// label is what the key is called in a language: its own words when there are
// none.
func label(key, lang string) string {
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
