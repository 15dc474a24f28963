package text

import (
	"slices"
	"testing"
)

// wordBars are pairs a citizen takes for the same word: either must find the other. The kinds come from
// reference/search.md section 5; a pair without a language must match by spelling alone.
var wordBars = []struct{ lang, a, b string }{
	{"", "été", "été"}, {"", "ete", "été"}, {"", "ÉTÉ", "été"}, {"", "e\u0301te\u0301", "été"},
	{"", "fete", "fête"}, {"", "deces", "décès"}, {"", "ecole", "l'école"}, {"", "ecole", "L’école"},
	{"", "ecole", "L\u02bcÉCOLE"}, {"", "oeuvre", "œuvre"}, {"", "OEUVRE", "Œuvre"}, {"", "dechets", "déchets"},
	{"", "coeur", "cœur"}, {"", "soeurs", "sœurs"}, {"", "noel", "Noël"}, {"", "mais", "maïs"}, {"", "facade", "façade"},
	{"", "hotel", "d’hôtel"}, {"", "inscrire", "s'inscrire"}, {"", "ou", "jusqu'où"}, {"", "il", "lorsqu’il"},
	{"", "un", "qu'un"}, {"", "aujourdhui", "aujourd’hui"}, {"", "prudhommes", "prud'hommes"},
	{"", "presquile", "presqu'île"}, {"", "entraide", "entr'aide"}, {"", "curriculum", "curriculum"},
	{"", "ex-aequo", "ex-æquo"}, {"", "cpas", "C.P.A.S."}, {"", "ocmw", "o.c.m.w"}, {"", "OCMW", "O.C.M.W."},
	{"", "asbl", "l'A.S.B.L."}, {"", "weekend", "week-end"}, {"", "e-mail", "email"}, {"", "wifi", "Wi-Fi"},
	{"", "coworking", "co-working"}, {"", "vaisseau", "vais\u00adseau"}, {"", "efficace", "eﬃcace"},
	{"", "Muell", "Müll"}, {"", "Mull", "Müll"}, {"", "muell", "MU\u0308LL"}, {"", "Strasse", "Straße"},
	{"", "STRASSE", "STRAẞE"}, {"", "Gebaeude", "Gebäude"}, {"", "oeffnungszeiten", "Öffnungszeiten"},
	{"", "Oeffnung", "Öffnung"}, {"", "Buerger", "Bürger"}, {"", "fuer", "für"}, {"", "geoeffnet", "geöffnet"},
	{"", "gruesse", "Grüße"}, {"", "ijs", "ĳs"}, {"", "coordinatie", "coördinatie"}, {"", "reunie", "reünie"},
	{"", "een", "één"}, {"", "foto", "foto's"}, {"", "Lodz", "Łódź"}, {"", "oresund", "Øresund"},
	{"", "istanbul", "İstanbul"}, {"", "sisli", "Şişli"}, {"", "habitant", "habitant·e·s"},

	{"fr", "travaux", "travail"}, {"fr", "cheval", "chevaux"}, {"fr", "journal", "journaux"}, {"fr", "bail", "baux"},
	{"fr", "vitrail", "vitraux"}, {"fr", "municipal", "municipaux"}, {"fr", "municipal", "municipales"},
	{"fr", "bureau", "bureaux"}, {"fr", "eau", "eaux"}, {"fr", "jeu", "jeux"}, {"fr", "feu", "feux"},
	{"fr", "voeu", "vœux"}, {"fr", "lieu", "lieux"}, {"fr", "tuyau", "tuyaux"}, {"fr", "hôpital", "hôpitaux"},
	{"fr", "égal", "égaux"}, {"fr", "local", "locaux"}, {"fr", "œil", "yeux"}, {"fr", "genou", "genoux"},
	{"fr", "dangereux", "dangereuse"}, {"fr", "déchet", "déchets"}, {"fr", "été", "étés"}, {"fr", "école", "écoles"},
	{"fr", "handicapé", "handicapées"}, {"fr", "agréé", "agréées"}, {"fr", "aîné", "aînées"}, {"fr", "bleu", "bleues"},
	{"fr", "citoyen", "citoyennes"}, {"fr", "habitant", "habitantes"}, {"fr", "ouvrier", "ouvrières"},
	{"fr", "étranger", "étrangères"}, {"fr", "public", "publiques"}, {"fr", "directeur", "directrice"},
	{"fr", "sportif", "sportives"}, {"fr", "nouveau", "nouvelles"}, {"fr", "fête", "fêtes"}, {"fr", "décès", "deces"},
	{"fr", "naissance", "naissances"}, {"fr", "poubelle", "poubelles"}, {"fr", "commune", "communes"},
	{"fr", "actuel", "actuelles"}, {"fr", "prix", "prix"}, {"fr", "premier", "première"}, {"fr", "monsieur", "messieurs"},

	{"nl", "huis", "huizen"}, {"nl", "brief", "brieven"}, {"nl", "straat", "straten"}, {"nl", "school", "scholen"},
	{"nl", "stad", "steden"}, {"nl", "binnenstad", "binnensteden"}, {"nl", "lid", "leden"}, {"nl", "raadslid", "raadsleden"},
	{"nl", "kind", "kinderen"}, {"nl", "containerpark", "containerparken"}, {"nl", "gemeente", "gemeentes"},
	{"nl", "gemeente", "gemeenten"}, {"nl", "bus", "bussen"}, {"nl", "brug", "bruggen"}, {"nl", "boom", "bomen"},
	{"nl", "prijs", "prijzen"}, {"nl", "bedrijf", "bedrijven"}, {"nl", "reis", "reizen"}, {"nl", "dag", "dagen"},
	{"nl", "adres", "adressen"}, {"nl", "advies", "adviezen"}, {"nl", "provincie", "provincies"},
	{"nl", "categorie", "categorieën"}, {"nl", "idee", "ideeën"}, {"nl", "auto", "auto's"}, {"nl", "auto", "autos"},
	{"nl", "uur", "uren"}, {"nl", "oog", "ogen"}, {"nl", "vergunning", "vergunningen"}, {"nl", "bibliotheek", "bibliotheken"},
	{"nl", "mogelijkheid", "mogelijkheden"}, {"nl", "museum", "musea"}, {"nl", "blad", "bladeren"}, {"nl", "ei", "eieren"},
	{"nl", "schepen", "schepenen"}, {"nl", "schip", "schepen"}, {"nl", "kermis", "kermissen"}, {"nl", "weg", "wegen"},
	{"nl", "graf", "graven"}, {"nl", "woning", "woningen"}, {"nl", "aanvraag", "aanvragen"}, {"nl", "feest", "feesten"},
	{"nl", "glas", "glazen"}, {"nl", "leraar", "leraren"}, {"nl", "wijk", "wijken"}, {"nl", "boete", "boetes"},
	{"nl", "les", "lessen"}, {"nl", "jubileum", "jubilea"}, {"nl", "zwembad", "zwembaden"}, {"nl", "dief", "dieven"},
	{"nl", "neus", "neuzen"}, {"nl", "raad", "raden"}, {"nl", "kat", "katten"}, {"nl", "man", "mannen"},

	{"de", "Haus", "Häuser"}, {"de", "Haeuser", "Haus"}, {"de", "Rathaus", "Rathäuser"}, {"de", "Straße", "Strassen"},
	{"de", "Stadt", "Städte"}, {"de", "Staedte", "Stadt"}, {"de", "Kind", "Kinder"}, {"de", "Buch", "Bücher"},
	{"de", "Baum", "Bäume"}, {"de", "Gemeinde", "Gemeinden"}, {"de", "Amt", "Ämter"}, {"de", "Aemter", "Amt"},
	{"de", "Zeugnis", "Zeugnisse"}, {"de", "Bürgerin", "Bürgerinnen"}, {"de", "Verein", "Vereine"},
	{"de", "Museum", "Museen"}, {"de", "Zentrum", "Zentren"}, {"de", "Kita", "Kitas"}, {"de", "Auto", "Autos"},
	{"de", "Wahl", "Wahlen"}, {"de", "Öffnungszeit", "Oeffnungszeiten"}, {"de", "Platz", "Plätze"}, {"de", "Idee", "Ideen"},
	{"de", "Weihnachtsmarkt", "Weihnachtsmärkte"}, {"de", "Garten", "Gärten"}, {"de", "Fluss", "Flüsse"},
	{"de", "Ausweis", "Ausweises"}, {"de", "Firma", "Firmen"}, {"de", "Ministerium", "Ministerien"}, {"de", "Bus", "Busse"},
	{"de", "Gebühr", "Gebuehren"}, {"de", "Schule", "Schulen"}, {"de", "Spielplatz", "Spielplätze"}, {"de", "Mann", "Männer"},
	{"de", "Anmeldung", "Anmeldungen"}, {"de", "Fahrrad", "Fahrräder"}, {"de", "Führerschein", "Fuehrerscheine"},

	{"en", "park", "parks"}, {"en", "library", "libraries"}, {"en", "child", "children"}, {"en", "woman", "women"},
	{"en", "bus", "buses"}, {"en", "recycling", "recycled"}, {"en", "citizen", "citizens"}, {"en", "tax", "taxes"},
	{"en", "mayor", "mayor’s"}, {"en", "café", "cafes"}, {"en", "foot", "feet"}, {"en", "knife", "knives"},
}

func TestWordBars(t *testing.T) {
	for _, c := range wordBars {
		if a, b := keys(c.a, c.lang), keys(c.b, c.lang); !meet(a, b) {
			t.Errorf("%s %q = %v and %q = %v do not meet", c.lang, c.a, a, c.b, b)
		}
	}
}

// TestWordsApart guards against rules that reach too far.
func TestWordsApart(t *testing.T) {
	for _, c := range []struct{ lang, a, b string }{
		{"", "mull", "muell"}, {"", "bleue", "blue"}, {"", "ecole", "ecoles"}, {"", "5060", "5061"}, {"", "n", "numéro"},
		{"fr", "taux", "talus"}, {"fr", "bureau", "bural"}, {"fr", "eau", "al"}, {"fr", "travail", "traversée"},
		{"fr", "mari", "mairie"}, {"fr", "commune", "communiqué"}, {"fr", "parking", "parc"}, {"fr", "déchet", "décès"},
		{"nl", "huis", "huid"}, {"nl", "stad", "staat"}, {"nl", "raad", "rand"}, {"nl", "markt", "merk"},
		{"nl", "weg", "week"}, {"nl", "adres", "adder"},
		{"de", "neue", "nun"}, {"de", "Mauer", "Mure"}, {"de", "Haus", "Hass"}, {"de", "Baum", "Bau"},
		{"de", "Quelle", "Qulle"}, {"en", "news", "knew"}, {"en", "park", "parish"},
	} {
		if a, b := keys(c.a, c.lang), keys(c.b, c.lang); meet(a, b) {
			t.Errorf("%s %q = %v and %q = %v meet", c.lang, c.a, a, c.b, b)
		}
	}
}

// keys returns under what a word is filed: its spellings, and with a language the stems of each.
func keys(word, lang string) [][]string {
	var out [][]string
	for _, tok := range Tokens(nil, word) {
		k := []string{tok.Form}
		if tok.Alt != "" {
			k = append(k, tok.Alt)
		}
		if lang != "" {
			for _, f := range slices.Clone(k) {
				k = append(k, lang+":"+Stem(lang, f))
			}
		}
		out = append(out, k)
	}
	return out
}

// meet reports whether every word of each side has a key in common with some word of the other.
func meet(a, b [][]string) bool {
	covers := func(a, b [][]string) bool {
		for _, ks := range a {
			if IsStop("", ks[0]) {
				continue
			}
			if !slices.ContainsFunc(b, func(o []string) bool {
				return slices.ContainsFunc(o, func(k string) bool { return slices.Contains(ks, k) })
			}) {
				return false
			}
		}
		return true
	}
	return covers(a, b) && covers(b, a)
}
