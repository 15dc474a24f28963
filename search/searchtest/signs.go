package searchtest

import (
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// testSigns: words in quotes stand together, in order, as they are written; a
// minus leaves a word or a phrase out; signs alone say nothing.
func testSigns(t *testing.T, h *harness) {
	place := item("rue", "Marché aux puces", "Tous les dimanches.")
	place.Place = &federation.Place{Name: "Rue du Moulin"}
	summary := item("resume", "Procès-verbal", "")
	summary.Summary = "Le collège échevinal approuve."
	h.put(item("e60", "Collecte des encombrants : secteur 5060", ""), item("e61", "Collecte des encombrants : secteur 5061", ""),
		item("corps", "Avis", "La collecte, des sapins surtout, passe avant les encombrants."), place, summary,
		item("nl", "Gemeenteraad van 12 maart", "Het schepencollege keurt de begroting goed."),
		item("de", "Satzung über die Hundesteuer", "Der Gemeinderat beschließt den Haushalt."),
		item("en", "Council tax bands", "Tax the council sets each year. Bands of council tax."))
	for query, want := range map[string][]string{
		`"collecte des encombrants"`:             {"e60", "e61"},
		`"COLLECTE des Encombrants" `:            {"e60", "e61"},
		`“collecte des encombrants”`:             {"e60", "e61"},
		`« collecte des encombrants »`:           {"e60", "e61"},
		`„Satzung über die“`:                     {"de"},
		`"encombrants des collecte"`:             nil,
		`"collecte encombrants"`:                 nil,
		`"collecte des encombrant"`:              nil, // as it is written
		`"des encombrants" 5061`:                 {"e60", "e61"},
		`encombrants -5061`:                      {"e60", "corps"},
		`encombrants -5061 -avis`:                {"e60"},
		`encombrants -"collecte des"`:            {},
		`encombrants -"des encombrants"`:         {"corps"},
		`collecte -encombrant`:                   {},
		`"rue du moulin"`:                        {"rue"},
		`"du rue moulin"`:                        nil,
		`"collège échevinal"`:                    {"resume"},
		`"schepencollege keurt de begroting"`:    {"nl"},
		`"begroting de keurt"`:                   nil,
		`"beschliesst den Haushalt"`:             {"de"},
		`"tax the council"`:                      {"en"},
		`"bands council"`:                        nil,
		`"12 maart"`:                             {"nl"},
		`"`:                                      nil,
		`""`:                                     nil,
		`-`:                                      nil,
		`- -`:                                    nil,
		`- "`:                                    nil,
		`encombrants -`:                          {"e60", "e61", "corps"},
		`encombrants - "`:                        {"e60", "e61", "corps"},
		`"encombrants`:                           {"e60", "e61", "corps"},
		`-collecte -tax -begroting -gemeinderat`: {"rue", "resume"},
		`procès-verbal`:                          {"resume"},
	} {
		h.wantQuerySet(words(query), want...)
	}
	q := search.Query{AnyOf: []federation.Selection{{Words: `"collecte des encombrants"`}, {Words: "tax -bands"}, {Words: "marché"}, {Words: "-collecte -council -begroting -haushalt -marché"}}}
	h.wantQuerySet(q, "e60", "e61", "rue", "resume")
}

// testLittleWords: a query of nothing but function words is taken literally.
func testLittleWords(t *testing.T, h *harness) {
	h.put(item("a", "Être ou ne pas être", ""), item("b", "Pas de piscine", "Où être ? Ne rien faire, ou presque."),
		item("c", "Om te zijn", "Wat is dat?"), item("d", "Zijn er te weinig", "om dat"))
	h.wantQuerySet(words("être ou ne pas être "), "a")
	h.wantQuerySet(words("ou ne pas "), "a")
	h.wantQuerySet(words("om te zijn "), "c")
	h.wantQuerySet(words("pas de "), "b")
	h.wantQuerySet(words("de pas "))
}

// testCompounds: Dutch and German compounds are found by every part, and what
// is written as one is found apart and the other way round.
func testCompounds(t *testing.T, h *harness) {
	in := func(lang, name, title string) federation.Item {
		it := item(name, title, "")
		it.Language = lang
		return it
	}
	h.put(in("de", "muell", "Abfallkalender 2027: Müllabfuhr"), in("de", "spiel", "Neuer Kinderspielplatz im Stadtpark"),
		in("de", "strasse", "Straßenreinigung in der Lindenstraße"), in("de", "buerger", "Bürgerbüro: geänderte Öffnungszeiten"),
		in("de", "wasser", "Trinkwasserversorgung unterbrochen"), in("de", "hund", "Hundesteuer anmelden"), in("de", "verein", "Vereins Heim"))
	h.put(in("nl", "huisvuil", "Huisvuilophaling verplaatst"), in("nl", "opvang", "Inschrijven voor Kinderopvang"),
		in("nl", "feest", "Wijkfeestje op het plein"), in("nl", "zwem", "Zwembad gesloten"), in("nl", "rijbewijs", "Rij bewijs verlengen"))
	h.put(in("en", "village", "Village hall"), in("en", "tax", "Council tax bands"), in("en", "web", "A website for all"), in("fr", "garage", "Le garagiste et le nettoyage"),
		in("fr", "monnaie", "Le portemonnaie perdu"))
	for query, want := range map[string][]string{
		"Spielplatz ": {"spiel"}, "Kalender ": {"muell"}, "Abfuhr ": {"muell"}, "Wasserversorgung ": {"wasser"}, "Wasser ": {"wasser"}, "Steuer ": {"hund"}, "Steuern ": {"hund"},
		"Versorgung ": {"wasser"}, "Reinigung ": {"strasse"}, "Bürger Büro ": {"buerger"}, "buerger buero ": {"buerger"}, "Kinder-Spielplatz ": {"spiel"}, "stadt park ": {"spiel"},
		"ophaling ": {"huisvuil"}, "huisvuil ophaling ": {"huisvuil"}, "opvang ": {"opvang"}, "kinder opvang ": {"opvang"}, "feest ": {"feest"}, "wijk feestje ": {"feest"},
		"zwem bad ": {"zwem"}, "rijbewijs ": {"rijbewijs"}, "Vereinsheim ": {"verein"},
		"age ": nil, "rage ": nil, "counciltax ": {"tax"}, "web site ": {"web"}, "porte monnaie ": {"monnaie"}, "wasser steuer ": {"wasser", "hund"},
	} {
		h.wantQuerySet(words(query), want...)
	}
	// The word itself comes before a compound of it.
	h.put(in("de", "platz", "Der Spielplatz"))
	h.want("q=Spielplatz+", "platz", "spiel")
	h.apply(search.Batch{Delete: []string{in("de", "platz", "").ID, in("de", "spiel", "").ID}})
	h.wantQuerySet(words("Spielplatz "))
}
