package cap

import (
	"fmt"
	"strings"
	"time"
)

// vocabulary is what we write around a message's own words, in its language.
type vocabulary struct {
	alert, instruction, event, areas, altitude, severity, sender string
	effective, onset, expires                                    string
	audience, contact, more, file, note, source                  string
	state, ended                                                 string
	severities                                                   map[string]string
	months                                                       [12]string
	day, clock                                                   string // how a day (%[1]d, %[2]s, %[3]d) and a time of it (%[1]d, %[2]02d) are written
	at                                                           string // between them
}

// date writes a time as people do, in the zone that the message gives it in.
func (v vocabulary) date(t time.Time) string {
	day := fmt.Sprintf(v.day, t.Day(), v.months[t.Month()-1], t.Year())
	if t.Day() == 1 && strings.HasPrefix(v.at, " à ") {
		day = strings.Replace(day, "1", "1er", 1)
	}
	return day + v.at + fullHour.Replace(fmt.Sprintf(v.clock, t.Hour(), t.Minute()))
}

// fullHour takes the minutes of a full hour away.
var fullHour = strings.NewReplacer("\u00a0h\u00a000", "\u00a0h", ".00\u00a0", "\u00a0")

// wordsOf returns the vocabulary of a language tag, English for those we do not
// have.
func wordsOf(tag string) vocabulary {
	switch tongue(tag) {
	case "fr":
		return french
	case "nl":
		return dutch
	case "de":
		return german
	case "es":
		return spanish
	case "it":
		return italian
	case "eu":
		return basque
	}
	return english
}

var english = vocabulary{
	alert: "Alert", instruction: "What to do", event: "Event", areas: "Areas", altitude: "Altitude (feet)", severity: "Severity",
	sender: "Issued by", effective: "In force from", onset: "Begins", expires: "Ends", audience: "For", contact: "Contact",
	more: "More information", file: "File", note: "Note", source: "Source",
	severities: map[string]string{"extreme": "extreme", "severe": "severe", "moderate": "moderate", "minor": "minor"},
	state:      "State", ended: "over",
	months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	day:    "%[1]d %[2]s %[3]d", clock: "%02[1]d:%02[2]d", at: " at ",
}

var french = vocabulary{
	alert: "Alerte", instruction: "Consignes", event: "Événement", areas: "Zones", altitude: "Altitude (pieds)", severity: "Gravité",
	sender: "Émis par", effective: "En vigueur dès", onset: "Début", expires: "Fin", audience: "Pour", contact: "Contact",
	more: "Plus d’informations", file: "Fichier", note: "Remarque", source: "Source",
	severities: map[string]string{"extreme": "extrême", "severe": "élevée", "moderate": "modérée", "minor": "faible"},
	state:      "État", ended: "terminée",
	months: [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	day:    "%[1]d %[2]s %[3]d", clock: "%[1]d\u00a0h\u00a0%02[2]d", at: " à ",
}

var dutch = vocabulary{
	alert: "Waarschuwing", instruction: "Wat moet u doen?", event: "Wat gebeurt er?", areas: "Gebieden", altitude: "Hoogte (voet)", severity: "Ernst",
	sender: "Uitgegeven door", effective: "Van kracht vanaf", onset: "Begin", expires: "Einde", audience: "Voor", contact: "Contact",
	more: "Meer informatie", file: "Bestand", note: "Opmerking", source: "Bron",
	severities: map[string]string{"extreme": "extreem", "severe": "ernstig", "moderate": "matig", "minor": "gering"},
	state:      "Status", ended: "afgelopen",
	months: [12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
	day:    "%[1]d %[2]s %[3]d", clock: "%[1]d.%02[2]d\u00a0uur", at: " om ",
}

var german = vocabulary{
	alert: "Warnung", instruction: "Was zu tun ist", event: "Ereignis", areas: "Gebiete", altitude: "Höhe (Fuß)", severity: "Schweregrad",
	sender: "Herausgegeben von", effective: "In Kraft ab", onset: "Beginn", expires: "Ende", audience: "Für", contact: "Kontakt",
	more: "Weitere Informationen", file: "Datei", note: "Anmerkung", source: "Quelle",
	severities: map[string]string{"extreme": "extrem", "severe": "schwer", "moderate": "mäßig", "minor": "gering"},
	state:      "Status", ended: "beendet",
	months: [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	day:    "%[1]d. %[2]s %[3]d", clock: "%[1]d.%02[2]d\u00a0Uhr", at: " um ",
}

var spanish = vocabulary{
	alert: "Alerta", instruction: "Qué hacer", event: "Suceso", areas: "Zonas", altitude: "Altitud (pies)", severity: "Gravedad",
	sender: "Emitido por", effective: "En vigor desde", onset: "Comienzo", expires: "Fin", audience: "Para", contact: "Contacto",
	more: "Más información", file: "Archivo", note: "Nota", source: "Fuente",
	severities: map[string]string{"extreme": "extrema", "severe": "grave", "moderate": "moderada", "minor": "leve"},
	state:      "Estado", ended: "terminada",
	months: [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	day:    "%[1]d de %[2]s de %[3]d", clock: "%02[1]d:%02[2]d", at: ", ",
}

var italian = vocabulary{
	alert: "Allerta", instruction: "Cosa fare", event: "Evento", areas: "Zone", altitude: "Altitudine (piedi)", severity: "Gravità",
	sender: "Emesso da", effective: "In vigore dal", onset: "Inizio", expires: "Fine", audience: "Per", contact: "Contatto",
	more: "Maggiori informazioni", file: "File", note: "Nota", source: "Fonte",
	severities: map[string]string{"extreme": "estrema", "severe": "grave", "moderate": "moderata", "minor": "lieve"},
	state:      "Stato", ended: "terminata",
	months: [12]string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"},
	day:    "%[1]d %[2]s %[3]d", clock: "%02[1]d:%02[2]d", at: ", ore ",
}

var basque = vocabulary{
	alert: "Alerta", instruction: "Zer egin", event: "Gertaera", areas: "Eremuak", altitude: "Altuera (oinak)", severity: "Larritasuna",
	sender: "Igorlea", effective: "Indarrean noiztik", onset: "Hasiera", expires: "Amaiera", audience: "Norentzat", contact: "Harremanetarako",
	more: "Informazio gehiago", file: "Fitxategia", note: "Oharra", source: "Iturria",
	severities: map[string]string{"extreme": "muturrekoa", "severe": "larria", "moderate": "ertaina", "minor": "txikia"},
	state:      "Egoera", ended: "amaituta",
	months: [12]string{"urtarrila", "otsaila", "martxoa", "apirila", "maiatza", "ekaina", "uztaila", "abuztua", "iraila", "urria", "azaroa", "abendua"},
	day:    "%[3]d(e)ko %[2]s %[1]d", clock: "%02[1]d:%02[2]d", at: ", ",
}
