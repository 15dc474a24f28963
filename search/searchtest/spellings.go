package searchtest

import (
	"fmt"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// testSpellings: names of places, numbers and signs are written in many ways,
// and each finds the others.
func testSpellings(_ *testing.T, h *harness) {
	texts := map[string][]string{
		"fr": {"Travaux rue Basse à Saint-Vaast", "Procession à Sainte-Ode", "Le C.P.A.S. recrute", "Bus 63a : arrêt déplacé", "Autoroute A4 : fermeture",
			"1er mai : cortège", "🎄 Marché de Noël", "Permanence au 071 / 00.45.67", "Avenue des Combattants", "Collecte des encombrants", "Salle au 12 Bd Joffre",
			"Subside de 1.200 EUR", "Réunion à 19h30", "Assemblée le 12/05/2024", "☎️ Numéros utiles", "Bœuf de pays", "5060 Sambreville"},
		"de": {"Pfarrfest St. Michael", "Reinigung in der Lindenstraße", "Baustelle Hauptstr. 7", "Müllabfuhr am Montag", "Linie 7 b verlegt", "Telefon +49 221 1234567"},
		"nl": {"Werken in Sint-Lambrechts", "Feest in de Kerkstraat", "Bushalte Stationsstr. 5", "Bel 016 12 34 56", "O.C.M.W. gesloten"},
		"en": {"St Mary's Road closed", "Parking in High Street", "Call +44 20 7946 0958", "Bus 12A diverted"},
	}
	names := map[string]string{} // by title
	var all []federation.Item
	for lang, titles := range texts {
		for i, title := range titles {
			it := item(fmt.Sprint(lang, i), title, "")
			it.Language = lang
			all = append(all, it)
			names[title] = fmt.Sprint(lang, i)
		}
	}
	h.put(all...)
	for title, queries := range map[string][]string{
		"Travaux rue Basse à Saint-Vaast": {"st vaast", "St-Vaast", "st. vaast", "saint vaast", "r. basse"},
		"Procession à Sainte-Ode":         {"ste ode", "Ste-Ode", "sainte ode"},
		"Werken in Sint-Lambrechts":       {"St-Lambrechts", "st. lambrechts"},
		"Pfarrfest St. Michael":           {"Sankt Michael", "st michael"},
		"St Mary's Road closed":           {"saint mary's road", "st. marys rd"},
		"Le C.P.A.S. recrute":             {"cpas", "CPAS", "c.p.a.s.", "C.P.A.S"},
		"O.C.M.W. gesloten":               {"ocmw", "o.c.m.w."},
		"Bus 63a : arrêt déplacé":         {"63 a", "63a", "bus 63 A"},
		"Linie 7 b verlegt":               {"linie 7b", "7b"},
		"Bus 12A diverted":                {"12 a", "12a", "bus 12 A"},
		"Autoroute A4 : fermeture":        {"A 4", "a4", "A-4"},
		"1er mai : cortège":               {"1 er mai", "1er mai", "premier mai"},
		"🎄 Marché de Noël":                {"🎄"},
		"☎️ Numéros utiles":               {"☎", "☎️"},
		"Permanence au 071 / 00.45.67":    {"071004567", "+32 71 00 45 67", "0032 71 00 45 67", "+3271004567", "071/00.45.67", "004567", "071 00 45 67"},
		"Telefon +49 221 1234567":         {"02211234567", "0221/1234567", "0221 123 45 67", "1234567"},
		"Bel 016 12 34 56":                {"016123456", "+32 16 12 34 56", "123456"},
		"Call +44 20 7946 0958":           {"020 7946 0958", "02079460958"},
		"Avenue des Combattants":          {"av. des combattants", "av combattants", "ave combattants"},
		"Salle au 12 Bd Joffre":           {"boulevard joffre", "bld joffre"},
		"Reinigung in der Lindenstraße":   {"Lindenstr.", "lindenstr", "Lindenstr. ", "lindenstrasse"},
		"Baustelle Hauptstr. 7":           {"Hauptstraße", "hauptstrasse 7", "Hauptstr."},
		"Müllabfuhr am Montag":            {"Müllabf.", "muellabf."},
		"Feest in de Kerkstraat":          {"Kerkstr.", "kerkstr"},
		"Bushalte Stationsstr. 5":         {"stationsstraat", "Stationsstr."},
		"Collecte des encombrants":        {"encombr."},
		"Subside de 1.200 EUR":            {"1200 euros", "1 200 €", "1.200"},
		"Réunion à 19h30":                 {"19 h 30", "19:30"},
		"Assemblée le 12/05/2024":         {"12.05.2024", "12 05 2024"},
		"Bœuf de pays":                    {"boeuf", "BŒUF"},
		"5060 Sambreville":                {"5060", "sambreville"},
	} {
		for _, q := range queries {
			h.wantFirst(q, names[title])
		}
	}
	for _, q := range []string{"071004568", "67a", "5061"} {
		h.wantQuerySet(words(q))
	}
}

// testCutWords: a word that is cut goes on only where nothing closes it.
func testCutWords(_ *testing.T, h *harness) {
	h.put(item("a", "Collecte des encombrants", ""))
	h.want("q=encombr.", "a")
	for _, q := range []string{"encombr. ", "encombr ", "encombr?"} {
		h.wantQuery(words(q))
	}
}

// wantFirst checks that the first hit of a query is the item with the name.
func (h *harness) wantFirst(query, name string) {
	h.t.Helper()
	got := h.listed(h.find(words(query)))
	if len(got) == 0 || got[0] != name {
		h.t.Errorf("Search(%q) = %v, want %s first", query, got, name)
	}
}
