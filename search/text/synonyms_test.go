package text

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const ownSynonyms = `# of a hub
fr:
  - [déchets, poubelles, "ordures ménagères"]
  - parc à conteneurs, recyparc
  - sapin de Noël => encombrants, déchets verts
de:
  - Müll, Abfall
eu:
all:
  - fr:eau, nl:water, de:Wasser
  - covid, corona
`

func TestSynonyms(t *testing.T) {
	list, err := ParseSynonyms("own.yaml", []byte(ownSynonyms))
	if err != nil {
		t.Fatal(err)
	}
	s := NewSynonyms(list)
	for query, want := range map[string]string{
		"poubelle": "dechets, ordures menageres", "Déchets": "poubelles, ordures menageres", "ordure ménagère": "dechets, poubelles",
		"parcs à conteneurs": "recyparc", "recyparcs": "parc a conteneurs", "sapins de Noël": "encombrants, dechets verts",
		"encombrants": "", "noel": "", "parc": "", "Müll": "abfall", "Muell": "abfall", "Abfälle": "mull",
		"eaux": "water, wasser", "l'eau": "water, wasser", "Wasser": "eau, water", "corona": "covid", "": "", "a b c d e f g": "",
	} {
		var forms, got []string
		for _, tok := range Tokens(nil, query) {
			forms = append(forms, tok.Form)
		}
		for _, alt := range s.Of(forms) {
			got = append(got, strings.Join(alt, " "))
		}
		if diff := cmp.Diff(want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("Of(%q) (-want +got):\n%s", query, diff)
		}
	}
	if own, abroad := s.Apart([]string{"eau"}); len(own) != 0 || len(abroad) != 2 {
		t.Errorf("Apart(eau) = %q, %q, want two words of other languages", own, abroad)
	}
	if own, abroad := s.Apart([]string{"corona"}); len(own) != 1 || len(abroad) != 0 {
		t.Errorf("Apart(corona) = %q, %q, want a word of no language", own, abroad)
	}
	if got := s.MaxWords(); got != 3 {
		t.Errorf("MaxWords() = %d, want 3", got)
	}
	var none *Synonyms
	if none.Of([]string{"eau"}) != nil || none.MaxWords() != 0 {
		t.Error("no synonyms have some")
	}
}

func TestParseSynonymsFaults(t *testing.T) {
	for body, want := range map[string]string{
		"fr:\n  - [a1, b1]\n  - [seul]":              "own.yaml:3: a set needs two words or more",
		"fr:\n  - a, => b":                           `own.yaml:2: there is no word in " "`,
		"fr:\n  - [a, b => c]":                       "own.yaml:2: => must stand in a set written as one line, not in a list",
		"fr:\n\n  - a b c d e f g, x":                `own.yaml:3: "a b c d e f g" has more than 6 words`,
		"pt:\n  - a, b":                              `own.yaml:1: "pt" is not one of fr, nl, de, en, es, eu, all`,
		"all:\n  - fr:eau, pt:agua":                  `own.yaml:2: "pt:agua": "pt" is not one of fr, nl, de, en, es, eu`,
		"fr: déchets":                                `own.yaml:1: below "fr" there must be a list of sets, each behind a dash`,
		"- a, b":                                     "own.yaml:1: write the language first, such as fr:, and below it the sets",
		"fr:\n  - [a, [b, c]]":                       "own.yaml:2: a set holds words, nothing else",
		"fr:\n  - {a: b}":                            "own.yaml:2: a set is a list such as [déchets, poubelles], or a line with commas",
		"fr:\n  - a, b\n---\nnl:\n  - a, b":          "own.yaml:4: a list of synonyms is one YAML document; remove the second '---'",
		"fr:\n  - " + strings.Repeat("a,", 70) + "a": "own.yaml:2: a set has at most 64 words",
		strings.Repeat("#", MaxSynonymFile+1):        "own.yaml:1: a list of synonyms has at most 1024 KiB",
	} {
		_, err := ParseSynonyms("own.yaml", []byte(body))
		var fault *SynonymError
		if !errors.As(err, &fault) || fault.Error() != want {
			t.Errorf("ParseSynonyms(%.40q) = %v, want %s", body, err, want)
		}
	}
	if _, err := ParseSynonyms("own.yaml", []byte("fr: [a")); err == nil {
		t.Error("ParseSynonyms takes what is no YAML")
	}
	for _, body := range []string{"", "# nothing\n", "fr:\n"} {
		if list, err := ParseSynonyms("own.yaml", []byte(body)); err != nil || len(list) != 0 {
			t.Errorf("ParseSynonyms(%q) = %v, %v, want none", body, list, err)
		}
	}
}

func FuzzParseSynonyms(f *testing.F) {
	f.Add(ownSynonyms)
	f.Fuzz(func(t *testing.T, body string) {
		list, err := ParseSynonyms("f", []byte(body))
		var fault *SynonymError
		if err != nil && !errors.As(err, &fault) {
			t.Errorf("ParseSynonyms(%q): %v has no place", body, err)
		}
		NewSynonyms(list).Of([]string{"eau", "de"})
	})
}

// TestShippedSynonyms reads the lists that ship: there are enough, each names what it should, and nothing that would
// widen every query.
func TestShippedSynonyms(t *testing.T) {
	count := map[string]int{}
	for _, set := range DefaultSynonyms() {
		lang := set.From[0].Lang
		seen := map[string]bool{}
		for _, e := range append(set.From, set.To...) {
			words := e.words()
			key := e.Lang + strings.Join(words, " ")
			if seen[key] {
				t.Errorf("%q stands twice in one set", e.Text)
			}
			seen[key] = true
			if len(words) == 1 && IsStop(e.Lang, words[0]) {
				t.Errorf("%s %q is a function word", e.Lang, e.Text)
			}
			if e.Lang != lang {
				lang = "all"
			}
		}
		count[lang]++
	}
	for lang, least := range map[string]int{"fr": 150, "nl": 150, "de": 150, "en": 150, "es": 150, "eu": 150, "all": 30} {
		if count[lang] < least {
			t.Errorf("%d sets in %s, want %d or more", count[lang], lang, least)
		}
	}
	s := NewSynonyms(DefaultSynonyms())
	for query, want := range map[string]string{
		"poubelle": "dechets", "immondices": "ordures", "déchetteries": "recyparc", "carte d'identité": "eid", "restmüll": "dechets", "déchets": "restmull",
		"grof vuil": "grofvuil", "openingstijden": "openingsuren", "bouwvergunningen": "omgevingsvergunning", "crèche": "kinderopvang", "wethouder": "schepen",
		"Sperrgut": "sperrmull", "Umzug": "ummeldung", "Kitas": "kindergarten", "Rathaus": "mairie", "rubbish": "waste", "bin day": "collection",
		"building permits": "planning permission", "GP": "doctor", "basuras": "residuos", "boda": "matrimonio", "udaletxea": "udal", "saint": "sankt",
		"rdv": "rendez vous", "bourgmestre": "burgemeester",
	} {
		var forms, got []string
		for _, tok := range Tokens(nil, query) {
			forms = append(forms, tok.Form)
		}
		for _, alt := range s.Of(forms) {
			got = append(got, strings.Join(alt, " "))
		}
		if !slices.Contains(got, want) {
			t.Errorf("Of(%q) = %q, want %q among them", query, got, want)
		}
	}
}

func TestMisspeltSynonyms(t *testing.T) {
	list, err := ParseSynonyms("own.yaml", []byte("fr:\n  - football, foot\n  - crèche, garderie d'enfants\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := NewSynonyms(list)
	for form, want := range map[string]string{"footfball": "football", "footbal": "football", "fotobol": "", "foto": "", "garderi": "", "": "", "crehce": "creche"} {
		if got := s.Misspelt(form); got != want {
			t.Errorf("Misspelt(%q) = %q, want %q", form, got, want)
		}
	}
}
