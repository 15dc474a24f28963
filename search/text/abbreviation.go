package text

import (
	"strings"
	"unicode/utf8"
)

// langSet is a set of languages: bit i for Langs[i].
type langSet uint8

const allLangs langSet = 1<<len(Langs) - 1

func langBit(lang string) langSet {
	for i, l := range Langs {
		if l == lang {
			return 1 << i
		}
	}
	return allLangs
}

// reading is what an abbreviation stands for in some languages.
type reading struct {
	langs langSet
	full  string
	sign  byte // what must follow it directly, 0 = anything
}

// abbreviations, by language: short forms, each with what it stands for. A dot behind the short form (or a slash, or °)
// means that without it it is another word: no. is a number, no is not.
var abbreviations = readAbbreviations(map[string]string{
	"fr": `st saint, ste sainte, sts saints, stes saintes, av avenue, ave avenue, bd boulevard, bld boulevard, bvd boulevard,
blvd boulevard, boul boulevard, chee chaussee, chaus. chaussee, ch. chemin, chem. chemin, pl. place, r. rue, imp. impasse,
all. allee, sq. square, rte route, fbg faubourg, fg faubourg, res. residence, bat. batiment, bte boite, dr docteur, dre docteure,
me. maitre, mme madame, mmes mesdames, mlle mademoiselle, m. monsieur, mm. messieurs, mgr monseigneur, pr. professeur,
prof professeur, tel telephone, nr numero, num numero, no. numero, n° numero, 1er premier, 1ere premiere, 1re premiere,
2e deuxieme, 2eme deuxieme, 2nd second, 2nde seconde, 3e troisieme, 3eme troisieme, 4e quatrieme, 4eme quatrieme, 5e cinquieme,
5eme cinquieme, 6e sixieme, 6eme sixieme, janv janvier, fevr fevrier, avr. avril, juil juillet, sept. septembre, oct. octobre,
nov. novembre, dec. decembre, cie. compagnie, ets etablissements, prov. province, dep. departement, adm. administration,
min. ministre, bibl. bibliotheque, eur euro, euros euro`,
	"nl": `st sint, str straat, stwg steenweg, stw steenweg, ln. laan, pl. plein, av. avenue, bld boulevard, blvd boulevard,
nr nummer, nrs nummers, no. nummer, n° nummer, tel telefoon, dr dokter, dr doctor, mevr mevrouw, mw mevrouw, dhr heer, mr. meester,
burg. burgemeester, prof professor, gem. gemeente, prov. provincie, bibl. bibliotheek, afd. afdeling, 1e eerste, 1ste eerste,
2e tweede, 2de tweede, 3e derde, 3de derde, 4de vierde, 5de vijfde, jan. januari, feb. februari, febr februari, mrt maart,
apr. april, aug. augustus, sept. september, sep. september, okt oktober, nov. november, dec. december, eur euro`,
	"de": `st sankt, str strasse, pl. platz, nr nummer, n° nummer, hausnr hausnummer, tel telefon, dr doktor, hr. herr, hrn herrn, fr. frau,
prof professor, bgm burgermeister, abt. abteilung, bhf bahnhof, hbf hauptbahnhof, gem. gemeinde, lkr landkreis, kr. kreis,
ev. evangelisch, evang. evangelisch, kath. katholisch, stv stellvertretend, jan. januar, feb. februar, apr. april,
aug. august, sept. september, sep. september, okt. oktober, nov. november, dez dezember, eur euro`,
	"en": `st saint, st street, rd road, ave avenue, av. avenue, ln. lane, dr doctor, dr. drive, sq. square, ct. court, pl. place,
blvd boulevard, no. number, n° number, nos. numbers, tel telephone, mr mister, rev. reverend, cllr councillor, dept department, govt government, mt mount,
apt apartment, 1st first, 2nd second, 3rd third, 4th fourth, 5th fifth, jan. january, feb. february, apr. april, aug. august,
sept. september, sep. september, oct. october, nov. november, dec. december, eur euro, euros euro`,
	"es": `sto santo, sta santa, av avenida, avd avenida, avda avenida, c/ calle, pza plaza, plza plaza, pl. plaza, ctra carretera,
crta carretera, pº paseo, p° paseo, num numero, no. numero, n° numero, nº numero, tfno telefono, tlf telefono, tel telefono,
dr doctor, dra doctora, sr senor, sra senora, dpto departamento, ayto ayuntamiento, edif. edificio, urb. urbanizacion,
ene. enero, feb. febrero, abr. abril, ago. agosto, sept. septiembre, oct. octubre, nov. noviembre, dic. diciembre, eur euro, euros euro`,
	"eu": `k. kalea, k/ kalea, etorb etorbidea, hirib hiribidea, zk zenbakia, tel telefono, tfnoa telefonoa, st santu, eur euro`,
})

// endings are what the last part of a Dutch or German compound is cut to, with what it stands for: Lindenstr.,
// Kerkstr., Telefonnr. Those of few letters need the dot.
var endings = []struct {
	short string
	reading
}{
	{"str", reading{langBit("nl"), "straat", 0}},
	{"str", reading{langBit("de"), "strasse", 0}},
	{"stwg", reading{langBit("nl"), "steenweg", 0}},
	{"nr", reading{langBit("de") | langBit("nl"), "nummer", '.'}},
	{"pl", reading{langBit("nl"), "plein", '.'}},
	{"pl", reading{langBit("de"), "platz", '.'}},
	{"ln", reading{langBit("nl"), "laan", '.'}},
}

// lengthsOf tells by first and last letter, as bits, how long the short forms are: nearly all words need no look-up.
var lengthsOf [128][128]uint8

func readAbbreviations(lists map[string]string) map[string][]reading {
	out := map[string][]reading{}
	for _, lang := range Langs {
		for entry := range strings.SplitSeq(lists[lang], ",") {
			short, full, _ := strings.Cut(strings.TrimSpace(entry), " ")
			r := reading{langs: langBit(lang), full: full}
			for _, sign := range [...]string{".", "/", "°", "º"} {
				if cut, ok := strings.CutSuffix(short, sign); ok {
					short, r.sign = cut, sign[len(sign)-1]
				}
			}
			lengthsOf[short[0]][short[len(short)-1]] |= 1 << len(short)
			out[short] = append(out[short], r)
		}
	}
	return out
}

// mayAbbreviate spares most words the look-up.
func mayAbbreviate(form string) bool {
	n := len(form)
	first, last := form[0], form[n-1]
	if first >= utf8.RuneSelf || last >= utf8.RuneSelf {
		return false
	}
	return n < 8 && lengthsOf[first][last]&(1<<n) != 0 || n > 4 && mayEnd(form[n-2], last)
}

// mayEnd reports whether a short ending ends in these letters.
func mayEnd(a, b byte) bool {
	switch b {
	case 'r':
		return a == 't' || a == 'n'
	case 'l':
		return a == 'p'
	case 'n':
		return a == 'l'
	case 'g':
		return a == 'w'
	}
	return false
}

// abbreviated are the words that t, a token of s, stands for in the languages of set, parted by spaces; "" = none.
func abbreviated(s string, t Token, set langSet) string {
	var full Token
	next := signAfter(s[t.End:])
	fits := func(r reading) bool { return r.langs&set != 0 && (r.sign == 0 || r.sign == next) }
	for _, r := range abbreviations[t.Form] {
		if fits(r) {
			full.also(r.full)
		}
	}
	for _, e := range endings {
		stem, ok := strings.CutSuffix(t.Form, e.short)
		if ok && len(stem) >= shortestPart && fits(e.reading) && utf8.RuneCountInString(stem)+len(e.full) <= MaxRunes {
			full.also(stem + e.full)
		}
	}
	return full.Also
}

// signAfter is the last byte of the character that rest begins with, where that is one of those behind an abbreviation.
func signAfter(rest string) byte {
	switch {
	case rest == "":
		return 0
	case strings.HasPrefix(rest, "°"), strings.HasPrefix(rest, "º"):
		return rest[1]
	}
	return rest[0]
}
