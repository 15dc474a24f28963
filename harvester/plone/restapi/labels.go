package restapi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
)

// Label is the name of a field in the language of an item: French, Dutch,
// German, else English.
func Label(key, lang string) string {
	if k := common[key]; k != "" {
		return federation.Label(k, lang)
	}
	l, ok := labels[key]
	if !ok {
		return humanise(key)
	}
	switch lang, _, _ := strings.Cut(strings.ToLower(lang), "-"); lang {
	case "fr":
		return l[0]
	case "nl":
		return l[1]
	case "de":
		return l[2]
	}
	return l[3]
}

// humanise makes a field's name words: a site's own types have names of their
// own.
func humanise(key string) string {
	words := strings.Fields(strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '.' {
			return ' '
		}
		return r
	}, key))
	s := plain(strings.Join(words, " "))
	if s == "" {
		return key
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// common are the fields that federation.Label names, by its keys.
var common = map[string]string{
	"closed":        "closed",
	"comment":       "note",
	"contact_email": "email",
	"contact_name":  "contact",
	"contact_phone": "telephone",
	"event_url":     "website",
	"fax":           "fax",
	"location":      "place",
	"mails":         "email",
	"period":        "period",
	"phones":        "telephone",
	"related":       "links",
	"schedule":      "hours",
	"site_url":      "website",
	"status":        "status",
	"ticket_url":    "booking",
	"website":       "website",
	"yes":           "yes",
}

// labels are in French, Dutch, German and English.
var labels = map[string][4]string{
	"afternoon":                   {"Après-midi", "Namiddag", "Nachmittag", "Afternoon"},
	"attendees":                   {"Participants", "Deelnemers", "Teilnehmende", "Attendees"},
	"authentication_required":     {"Identification", "Identificatie", "Anmeldung", "Sign-in"},
	"authority_date":              {"Date de transmission à la tutelle", "Datum van verzending aan de toezichthoudende overheid", "Datum der Übermittlung an die Aufsichtsbehörde", "Date sent to the supervising authority"},
	"category":                    {"Catégorie", "Categorie", "Kategorie", "Category"},
	"cell":                        {"GSM", "Gsm", "Mobiltelefon", "Mobile"},
	"complement":                  {"Complément d’adresse", "Adresaanvulling", "Adresszusatz", "Address supplement"},
	"consultation_text":           {"Heures et lieu de consultation", "Uren en plaats van raadpleging", "Zeit und Ort der Einsichtnahme", "Hours and place of consultation"},
	"contacts":                    {"Contacts", "Contacten", "Kontakte", "Contacts"},
	"day":                         {"Jour", "Dag", "Tag", "Day"},
	"decision_date":               {"Date de la décision", "Datum van de beslissing", "Datum der Entscheidung", "Date of the decision"},
	"document_type":               {"Type de document", "Soort document", "Art des Dokuments", "Type of document"},
	"entry_date":                  {"Date d’entrée en vigueur", "Datum van inwerkingtreding", "Datum des Inkrafttretens", "Date of entry into force"},
	"exceptional_closure":         {"Fermetures exceptionnelles", "Uitzonderlijke sluitingen", "Ausnahmsweise geschlossen", "Exceptional closures"},
	"expired_authority_date":      {"Date d’expiration du délai de tutelle", "Vervaldatum van de toezichtstermijn", "Ablauf der Aufsichtsfrist", "End of the time for supervision"},
	"facebook":                    {"Facebook", "Facebook", "Facebook", "Facebook"},
	"facilities":                  {"Équipements", "Voorzieningen", "Einrichtungen", "Facilities"},
	"free_entry":                  {"Entrée gratuite", "Gratis toegang", "Freier Eintritt", "Free entry"},
	"friday":                      {"Vendredi", "Vrijdag", "Freitag", "Friday"},
	"home":                        {"Privé", "Privé", "Privat", "Private"},
	"hours":                       {"Heures", "Uren", "Zeiten", "Hours"},
	"iam":                         {"Public", "Doelgroep", "Zielgruppe", "Audience"},
	"instagram":                   {"Instagram", "Instagram", "Instagram", "Instagram"},
	"legislative_authority":       {"Autorité", "Overheid", "Behörde", "Authority"},
	"monday":                      {"Lundi", "Maandag", "Montag", "Monday"},
	"morning":                     {"Matin", "Voormiddag", "Vormittag", "Morning"},
	"nextOccurrence":              {"Prochaine date", "Volgende datum", "Nächster Termin", "Next date"},
	"online_participation":        {"Participation en ligne", "Online deelname", "Online-Teilnahme", "Online participation"},
	"reduced_mobility_facilities": {"Accessible aux personnes à mobilité réduite", "Toegankelijk voor personen met beperkte mobiliteit", "Zugänglich für Personen mit eingeschränkter Mobilität", "Accessible with reduced mobility"},
	"remoteUrl":                   {"Lien", "Link", "Link", "Link"},
	"saturday":                    {"Samedi", "Zaterdag", "Samstag", "Saturday"},
	"subject_to_authority":        {"Soumis à tutelle", "Onderworpen aan toezicht", "Unterliegt der Aufsicht", "Subject to supervision"},
	"subtitle":                    {"Sous-titre", "Ondertitel", "Untertitel", "Subtitle"},
	"sunday":                      {"Dimanche", "Zondag", "Sonntag", "Sunday"},
	"text":                        {"Texte", "Tekst", "Text", "Text"},
	"themes":                      {"Thèmes", "Thema’s", "Themen", "Themes"},
	"thursday":                    {"Jeudi", "Donderdag", "Donnerstag", "Thursday"},
	"tuesday":                     {"Mardi", "Dinsdag", "Dienstag", "Tuesday"},
	"twitter":                     {"Twitter", "Twitter", "Twitter", "Twitter"},
	"type":                        {"Type", "Type", "Art", "Type"},
	"urls":                        {"Liens", "Links", "Links", "Links"},
	"vat_number":                  {"Numéro de TVA", "Btw-nummer", "USt-IdNr.", "VAT number"},
	"video_url":                   {"Vidéo", "Video", "Video", "Video"},
	"wednesday":                   {"Mercredi", "Woensdag", "Mittwoch", "Wednesday"},
	"work":                        {"Travail", "Werk", "Arbeit", "Work"},
	"zones":                       {"Zones", "Zones", "Zonen", "Zones"},
}
