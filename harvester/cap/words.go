package cap

// vocabulary is what we write around a message's own words, in its language.
type vocabulary struct {
	alert, instruction, event, areas, altitude, severity, sender string
	effective, onset, expires                                    string
	audience, contact, more, file, note, source                  string
	severities                                                   map[string]string
}

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
}

var french = vocabulary{
	alert: "Alerte", instruction: "Consignes", event: "Événement", areas: "Zones", altitude: "Altitude (pieds)", severity: "Gravité",
	sender: "Émis par", effective: "En vigueur dès", onset: "Début", expires: "Fin", audience: "Pour", contact: "Contact",
	more: "Plus d'informations", file: "Fichier", note: "Remarque", source: "Source",
	severities: map[string]string{"extreme": "extrême", "severe": "forte", "moderate": "modérée", "minor": "faible"},
}

var dutch = vocabulary{
	alert: "Waarschuwing", instruction: "Wat te doen", event: "Gebeurtenis", areas: "Gebieden", altitude: "Hoogte (voet)", severity: "Ernst",
	sender: "Uitgegeven door", effective: "Van kracht vanaf", onset: "Begin", expires: "Einde", audience: "Voor", contact: "Contact",
	more: "Meer informatie", file: "Bestand", note: "Opmerking", source: "Bron",
	severities: map[string]string{"extreme": "extreem", "severe": "ernstig", "moderate": "matig", "minor": "gering"},
}

var german = vocabulary{
	alert: "Warnung", instruction: "Was zu tun ist", event: "Ereignis", areas: "Gebiete", altitude: "Höhe (Fuß)", severity: "Schweregrad",
	sender: "Herausgegeben von", effective: "In Kraft ab", onset: "Beginn", expires: "Ende", audience: "Für", contact: "Kontakt",
	more: "Weitere Informationen", file: "Datei", note: "Anmerkung", source: "Quelle",
	severities: map[string]string{"extreme": "extrem", "severe": "schwer", "moderate": "mäßig", "minor": "gering"},
}

var spanish = vocabulary{
	alert: "Alerta", instruction: "Qué hacer", event: "Suceso", areas: "Zonas", altitude: "Altitud (pies)", severity: "Gravedad",
	sender: "Emitido por", effective: "En vigor desde", onset: "Comienzo", expires: "Fin", audience: "Para", contact: "Contacto",
	more: "Más información", file: "Archivo", note: "Nota", source: "Fuente",
	severities: map[string]string{"extreme": "extrema", "severe": "grave", "moderate": "moderada", "minor": "leve"},
}

var italian = vocabulary{
	alert: "Allerta", instruction: "Cosa fare", event: "Evento", areas: "Zone", altitude: "Altitudine (piedi)", severity: "Gravità",
	sender: "Emesso da", effective: "In vigore dal", onset: "Inizio", expires: "Fine", audience: "Per", contact: "Contatto",
	more: "Maggiori informazioni", file: "File", note: "Nota", source: "Fonte",
	severities: map[string]string{"extreme": "estrema", "severe": "grave", "moderate": "moderata", "minor": "lieve"},
}

var basque = vocabulary{
	alert: "Alerta", instruction: "Zer egin", event: "Gertaera", areas: "Eremuak", altitude: "Altuera (oinak)", severity: "Larritasuna",
	sender: "Igorlea", effective: "Indarrean noiztik", onset: "Hasiera", expires: "Amaiera", audience: "Norentzat", contact: "Harremanetarako",
	more: "Informazio gehiago", file: "Fitxategia", note: "Oharra", source: "Iturria",
	severities: map[string]string{"extreme": "muturrekoa", "severe": "larria", "moderate": "ertaina", "minor": "txikia"},
}
