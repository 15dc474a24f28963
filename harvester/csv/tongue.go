package csv

import (
	"slices"
	"strings"
	"unicode"
)

// typical are words of headers that one language has, normal forms.
var typical = map[string]string{
	"fr": "titre nom intitule libelle date de du lieu lien adresse code postal commune ville rue debut fin rubrique categorie resume telephone courriel publie auteur fichier langue site heure",
	"nl": "naam titel datum plaats gemeente stad straat huisnummer postcode begindatum einddatum beschrijving omschrijving samenvatting categorie rubriek trefwoorden afbeelding bijlage telefoon auteur taal uur breedtegraad lengtegraad",
	"de": "titel name bezeichnung datum ort gemeinde stadt strasse hausnummer plz postleitzahl beginn ende beschreibung zusammenfassung kategorie rubrik bild anhang telefon autor sprache uhrzeit breitengrad langengrad veroffentlicht",
	"en": "title name date place location address city street postcode postal code start end description summary category image attachment phone author language time latitude longitude published updated",
}

// tongueOf is the language that most words of the headers are in, "" when two
// have equally many or none has two. English headers say nothing: tables in any
// language have them when a program wrote them.
func tongueOf(header []string) string {
	best, most, tie := "", 1, false
	for tongue, list := range typical {
		n := 0
		for _, h := range header {
			for word := range strings.FieldsFuncSeq(h, func(r rune) bool { return !unicode.IsLetter(r) }) {
				if slices.Contains(strings.Fields(list), normal(word)) {
					n++
				}
			}
		}
		switch {
		case n > most:
			best, most, tie = tongue, n, false
		case n == most:
			tie = true
		}
	}
	if tie || best == "en" {
		return ""
	}
	return best
}
