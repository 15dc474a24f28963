package federation

// SeverityNames say how grave an alert is, by [Severities]; what is unknown has
// no name. They are the same words on pages, in widgets and in feeds.
var SeverityNames = map[string]Text{
	"extreme":  {"fr": "Gravité extrême", "nl": "Ernst: extreem", "de": "Schweregrad: extrem", "en": "Severity: extreme"},
	"severe":   {"fr": "Gravité élevée", "nl": "Ernst: ernstig", "de": "Schweregrad: schwer", "en": "Severity: severe"},
	"moderate": {"fr": "Gravité modérée", "nl": "Ernst: matig", "de": "Schweregrad: mäßig", "en": "Severity: moderate"},
	"minor":    {"fr": "Gravité faible", "nl": "Ernst: gering", "de": "Schweregrad: gering", "en": "Severity: minor"},
}

// The words for what an alert says beside its text.
var (
	AlertOver  = Text{"fr": "Cette alerte est terminée", "nl": "Deze waarschuwing is voorbij", "de": "Diese Warnung ist beendet", "en": "This alert is over"}
	AlertAreas = Text{"fr": "Zones concernées", "nl": "Betrokken gebieden", "de": "Betroffene Gebiete", "en": "Areas concerned"}
	AlertUntil = Text{"fr": "Valable jusqu’au", "nl": "Geldig tot", "de": "Gültig bis", "en": "Valid until"}
)
