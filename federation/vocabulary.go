package federation

// typeWords name the types of items, one of them and many. Portal, widgets and
// feeds show these and have no words of their own.
var typeWords = map[ItemType]struct{ one, many Text }{
	News: {Text{"fr": "Actualité", "nl": "Nieuws", "de": "Meldung", "en": "News"},
		Text{"fr": "Actualités", "nl": "Nieuws", "de": "Nachrichten", "en": "News"}},
	EventItem: {Text{"fr": "Événement", "nl": "Evenement", "de": "Veranstaltung", "en": "Event"},
		Text{"fr": "Agenda", "nl": "Agenda", "de": "Veranstaltungen", "en": "Events"}},
	AlertItem: {Text{"fr": "Alerte", "nl": "Waarschuwing", "de": "Warnung", "en": "Alert"},
		Text{"fr": "Alertes", "nl": "Waarschuwingen", "de": "Warnungen", "en": "Alerts"}},
	Service: {Text{"fr": "Démarche", "nl": "Formaliteit", "de": "Behördengang", "en": "Service"},
		Text{"fr": "Démarches", "nl": "Formaliteiten", "de": "Behördengänge", "en": "Services"}},
	Decision: {Text{"fr": "Décision", "nl": "Besluit", "de": "Beschluss", "en": "Decision"},
		Text{"fr": "Décisions", "nl": "Besluiten", "de": "Beschlüsse", "en": "Decisions"}},
	Meeting: {Text{"fr": "Séance", "nl": "Zitting", "de": "Sitzung", "en": "Council meeting"},
		Text{"fr": "Séances", "nl": "Zittingen", "de": "Sitzungen", "en": "Council meetings"}},
	Notice: {Text{"fr": "Avis à la population", "nl": "Bekendmaking", "de": "Bekanntmachung", "en": "Official notice"},
		Text{"fr": "Avis à la population", "nl": "Bekendmakingen", "de": "Bekanntmachungen", "en": "Official notices"}},
	PlaceItem: {Text{"fr": "Adresse utile", "nl": "Nuttig adres", "de": "Nützliche Adresse", "en": "Useful address"},
		Text{"fr": "Adresses utiles", "nl": "Nuttige adressen", "de": "Nützliche Adressen", "en": "Useful addresses"}},
	Consultation: {Text{"fr": "Consultation publique", "nl": "Inspraak", "de": "Bürgerbeteiligung", "en": "Consultation"},
		Text{"fr": "Consultations publiques", "nl": "Inspraak", "de": "Bürgerbeteiligung", "en": "Consultations"}},
	DocumentItem: {Text{"fr": "Document", "nl": "Document", "de": "Dokument", "en": "Document"},
		Text{"fr": "Documents", "nl": "Documenten", "de": "Dokumente", "en": "Documents"}},
}

// Name names one item of the type in a language; "" for a type that is none.
func (t ItemType) Name(lang string) string { return typeWords[t].one.In(lang) }

// Names names a list of items of the type in a language.
func (t ItemType) Names(lang string) string { return typeWords[t].many.In(lang) }
