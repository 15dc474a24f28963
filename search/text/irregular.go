package text

import "strings"

// regular returns the base word of an irregular form, looked up as it stands and without a plural s.
func regular(table map[string]string, form string) string {
	if base, ok := table[form]; ok {
		return base
	}
	if base, ok := table[strings.TrimSuffix(form, "s")]; ok {
		return base
	}
	return form
}

// regularEnding does the same for the last part of a compound: binnensteden is binnenstad.
func regularEnding(table []rewrite, form string) string {
	for _, r := range table {
		if len(form) >= r.min && strings.HasSuffix(form, r.ending) {
			return form[:len(form)-len(r.ending)] + r.with
		}
	}
	return form
}

// The tables map folded forms to the word whose stem they take. They are never written.
var (
	frenchIrregular = map[string]string{
		"travaux": "travail", "baux": "bail", "vitraux": "vitrail", "coraux": "corail", "emaux": "email",
		"soupiraux": "soupirail", "vantaux": "vantail", "ventaux": "ventail", "yeux": "oeil", "cieux": "ciel",
		"aieux": "aieul", "egaux": "egal", "oraux": "oral", "maux": "mal", "ideaux": "ideal", "boreaux": "boreal",
		"noyaux": "noyau", "tuyaux": "tuyau", "joyaux": "joyau", "boyaux": "boyau", "aloyaux": "aloyau",
		"esquimaux": "esquimau", "messieurs": "monsieur", "mesdames": "madame", "mesdemoiselles": "mademoiselle",
		"publique": "public", "grecque": "grec", "turque": "turc", "blanche": "blanc", "franche": "franc",
		"seche": "sec", "fraiche": "frais", "longue": "long", "douce": "doux", "rousse": "roux", "fausse": "faux",
		"vieil": "vieux", "vieille": "vieux", "belle": "beau", "bel": "beau", "nouvelle": "nouveau",
		"nouvel": "nouveau", "folle": "fou", "molle": "mou", "jumelle": "jumeau",
		// Not an adjective in -ique, which would make it one with commune.
		"communique": "communic",
		// Parking a car has nothing to do with the station.
		"garer": "garirer", "garez": "garirer",
	}
	dutchIrregular = map[string]string{
		"eieren": "ei", "rijen": "rij", "koeien": "koe", "vlooien": "vlo", "zeeen": "zee",
		"knieen": "knie", "politici": "politicus", "critici": "criticus", "musici": "musicus", "medici": "medicus",
		"academici": "academicus", "catalogi": "catalogus", "data": "datum",
		"goederen": "goed", "kalveren": "kalf", "lammeren": "lam", "hoenderen": "hoen", "raderen": "rad",
		"volkeren": "volk", "gelederen": "gelid", "runderen": "rund", "gemoederen": "gemoed", "beenderen": "been",
		// An alderman is as common in Belgian texts as a ship; their forms are one class.
		"schip": "schepen", "schepenen": "schepen",
	}
	// dutchEndings hold the nouns that change their vowel or add -er-, alone or at the end of a compound.
	dutchEndings = []rewrite{
		{"steden", "stad", 6}, {"leden", "lid", 5}, {"smeden", "smid", 6}, {"kinderen", "kind", 8},
		{"bladeren", "blad", 8}, {"liederen", "lied", 8}, {"kleren", "kleed", 6}, {"klederen", "kleed", 8},
		{"ea", "eum", 5}, {"centra", "centrum", 6}, {"gymnasia", "gymnasium", 8}, {"ministeria", "ministerium", 10},
		{"stadia", "stadium", 6}, {"criteria", "criterium", 8}, {"podia", "podium", 5}, {"lieden", "man", 6},
	}
	germanIrregular = map[string]string{
		"seen": "see", "eier": "ei", "eiern": "ei", "firmen": "firma", "themen": "thema", "villen": "villa",
		"konten": "konto", "risiken": "risiko", "praxen": "praxis", "globen": "globus", "lexika": "lexikon",
		"praktika": "praktikum", "kommata": "komma", "fakten": "faktum", "busse": "bus", "bauten": "bau", "bussen": "bus",
		"kaufleute": "kaufmann", "kaufleuten": "kaufmann", "fachleute": "fachmann", "fachleuten": "fachmann",
		"feuerwehrleute": "feuerwehrmann", "feuerwehrleuten": "feuerwehrmann",
	}
	englishIrregular = map[string]string{
		"children": "child", "men": "man", "women": "woman", "people": "person", "feet": "foot", "teeth": "tooth",
		"mice": "mouse", "buses": "bus", "geese": "goose", "lives": "life", "wives": "wife", "knives": "knife", "leaves": "leaf",
		"halves": "half", "shelves": "shelf", "wolves": "wolf", "thieves": "thief", "loaves": "loaf",
		"councilmen": "councilman", "councilwomen": "councilwoman", "firemen": "fireman", "policemen": "policeman",
		"criteria": "criterion", "phenomena": "phenomenon", "indices": "index",
		"appendices": "appendix", "crises": "crisis", "analyses": "analysis", "bases": "basis", "theses": "thesis",
	}
)
