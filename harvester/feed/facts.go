package feed

import (
	"cmp"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// A fact is something for readers that no field of an item holds.
type fact struct{ name, value string }

// labels name the facts that federation.Label does not.
var labels = map[string]map[string]string{
	"duration":   {"en": "Duration", "fr": "Durée", "nl": "Duur", "de": "Dauer", "es": "Duración", "it": "Durata", "eu": "Iraupena"},
	"season":     {"en": "Season", "fr": "Saison", "nl": "Seizoen", "de": "Staffel", "es": "Temporada", "it": "Stagione", "eu": "Denboraldia"},
	"episode":    {"en": "Episode", "fr": "Épisode", "nl": "Aflevering", "de": "Folge", "es": "Episodio", "it": "Episodio", "eu": "Atala"},
	"area":       {"en": "Area", "fr": "Zone", "nl": "Gebied", "de": "Gebiet", "es": "Zona", "it": "Zona", "eu": "Eremua"},
	"altitude":   {"en": "Elevation", "fr": "Altitude", "nl": "Hoogte", "de": "Höhe", "es": "Altitud", "it": "Altitudine", "eu": "Altitudea"},
	"radius":     {"en": "Radius", "fr": "Rayon", "nl": "Straal", "de": "Umkreis", "es": "Radio", "it": "Raggio", "eu": "Erradioa"},
	"credit":     {"en": "Picture", "fr": "Image", "nl": "Beeld", "de": "Bild", "es": "Imagen", "it": "Immagine", "eu": "Irudia"},
	"transcript": {"en": "Transcript", "fr": "Transcription", "nl": "Transcriptie", "de": "Transkript", "es": "Transcripción", "it": "Trascrizione", "eu": "Transkripzioa"},
}

// fact notes something for readers; an empty value is nothing.
func (e *entry) fact(name, value string) {
	if value = strings.TrimSpace(value); value != "" && len(e.facts) < maxFacts {
		e.facts = append(e.facts, fact{name, value})
	}
}

// maxFacts bounds the facts of an entry; it has one of each as a rule.
const maxFacts = 20

// factList writes the facts as a list in the language of the item.
func factList(facts []fact, lang string) string {
	if len(facts) == 0 {
		return ""
	}
	primary, _, _ := strings.Cut(lang, "-")
	var b strings.Builder
	b.WriteString("<dl>")
	for _, f := range facts {
		b.WriteString("<dt>" + read.Escape(cmp.Or(labels[f.name][primary], labels[f.name]["en"], federation.Label(f.name, lang))) + "</dt>")
		b.WriteString("<dd>" + read.Escape(markup.Text(f.value)) + "</dd>")
	}
	b.WriteString("</dl>")
	return b.String()
}
