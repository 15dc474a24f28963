package federation

import "strings"

// labels name what items of several formats say of themselves in a list below
// their text, so that one event reads alike wherever it comes from. A format
// has words of its own only for what no other has.
var labels = map[string]Text{
	"according": {"fr": "Selon la source", "nl": "Volgens de bron", "de": "Laut Quelle", "en": "According to the source", "es": "Según la fuente", "it": "Secondo la fonte"},
	"agenda":    {"fr": "Ordre du jour", "nl": "Agenda", "de": "Tagesordnung", "en": "Agenda"},
	"booking":   {"fr": "Réservation", "nl": "Reserveren", "de": "Reservierung", "en": "Booking", "es": "Reserva", "it": "Prenotazione"},
	"cancelled": {"fr": "annulé", "nl": "afgelast", "de": "abgesagt", "en": "cancelled", "es": "cancelado", "it": "annullato"},
	"closed":    {"fr": "fermé", "nl": "gesloten", "de": "geschlossen", "en": "closed", "es": "cerrado", "it": "chiuso"},
	"contact":   {"fr": "Contact", "nl": "Contact", "de": "Kontakt", "en": "Contact", "es": "Contacto", "it": "Contatto", "eu": "Kontaktua"},
	"email":     {"fr": "Courriel", "nl": "E-mail", "de": "E-Mail", "en": "E-mail", "es": "Correo electrónico", "it": "E-mail"},
	"fax":       {"fr": "Fax", "nl": "Fax", "de": "Fax", "en": "Fax", "es": "Fax", "it": "Fax"},
	"hours":     {"fr": "Heures d’ouverture", "nl": "Openingsuren", "de": "Öffnungszeiten", "en": "Opening hours", "es": "Horario", "it": "Orari di apertura"},
	"links":     {"fr": "Voir aussi", "nl": "Zie ook", "de": "Siehe auch", "en": "See also", "es": "Véase también", "it": "Vedi anche"},
	"minutes":   {"fr": "Procès-verbal", "nl": "Notulen", "de": "Protokoll", "en": "Minutes"},
	"note":      {"fr": "Remarque", "nl": "Opmerking", "de": "Hinweis", "en": "Note"},
	"number":    {"fr": "Numéro", "nl": "Nummer", "de": "Nummer", "en": "Number"},
	"online":    {"fr": "En ligne", "nl": "Online", "de": "Online", "en": "Online", "es": "En línea", "it": "Online"},
	"organizer": {"fr": "Organisateur", "nl": "Organisator", "de": "Veranstalter", "en": "Organiser", "es": "Organizador", "it": "Organizzatore", "eu": "Antolatzailea"},
	"period":    {"fr": "Période", "nl": "Periode", "de": "Zeitraum", "en": "Period", "es": "Periodo", "it": "Periodo", "eu": "Aldia"},
	"place":     {"fr": "Lieu", "nl": "Plaats", "de": "Ort", "en": "Where", "es": "Lugar", "it": "Luogo"},
	"present":   {"fr": "Présents", "nl": "Aanwezigen", "de": "Anwesende", "en": "Present"},
	"price":     {"fr": "Prix", "nl": "Prijs", "de": "Preis", "en": "Price", "es": "Precio", "it": "Prezzo"},
	"reference": {"fr": "Référence", "nl": "Referentie", "de": "Aktenzeichen", "en": "Reference"},
	"status":    {"fr": "État", "nl": "Status", "de": "Status", "en": "Status"},
	"telephone": {"fr": "Téléphone", "nl": "Telefoon", "de": "Telefon", "en": "Telephone", "es": "Teléfono", "it": "Telefono"},
	"website":   {"fr": "Site web", "nl": "Website", "de": "Website", "en": "Website", "es": "Sitio web", "it": "Sito web"},
	"yes":       {"fr": "oui", "nl": "ja", "de": "ja", "en": "yes", "es": "sí", "it": "sì"},
	"no":        {"fr": "non", "nl": "nee", "de": "nein", "en": "no", "es": "no", "it": "no"},
}

// Label names what formats have in common in the language of an item, in
// English where there is no word in it; "" for a key that is not common.
func Label(key, lang string) string {
	words := labels[key]
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if s := words[primary]; s != "" {
		return s
	}
	return words["en"]
}
