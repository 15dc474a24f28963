package portal

import (
	"regexp"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// forbidden are words that a glossary of ours has another word for, by
// language: one word for one thing, and none that only programmers know.
// WebSub's own servers are hubs to nobody else.
var forbidden = map[string]string{
	"fr": `\bhub\b|exploitant|\blectures?\b|institution|\bfils?\b|[Cc]hercher parmi|pour de bon|bouclier|fraîcheur|lecteur de flux|Avis officiels?\b|paramètre|cette adresse échoue|complétude|À savoir maintenant|\bService ne\b`,
	"nl": `\bhub\b|\blezing(en)?\b|[Pp]rocedures?\b|[Oo]fficiële? bericht|openbare instellingen|doorgeefluik|[Gg]eannuleerd|themakana|feedlezer|faalt|\b[Vv]raag dat\b|antwoordt [{4]|\bvanaf nu\b|voorlopig|\bdienst kan\b|\bDatums\b`,
	"de": `\b[Hh]ubs?\b|\bLesens?\b|Beteiligungen?\b|gescheitert|[Tt]hemenkan|Feedreader|Anhänge|Verfolgung|Lesevermerk|antwortet [{4]|\bTermine\b|Vollständigkeit|Quelle geht`,
	"en": `\b[Hh]ubs?\b|\bitems?\b|[Tt]he last reads|[Nn]ext read\b|for good\b|anew\b|public bod|[Tt]opic channel|of late\b|bot shield|commune\b|feed reader|parameter|Whom\b|[Cc]ompleteness`,
}

// sentences are all sentences of a language, with every plural form.
func sentences(t *testing.T, lang string) map[string][]string {
	t.Helper()
	m := localeOf(t, lang)
	all := map[string][]string{}
	for key, value := range m {
		switch value := value.(type) {
		case string:
			all[key] = []string{value}
		case map[string]any:
			for _, form := range value {
				s, _ := form.(string)
				all[key] = append(all[key], s)
			}
		}
	}
	return all
}

func TestGlossary(t *testing.T) {
	for _, lang := range federation.Languages {
		no := regexp.MustCompile(forbidden[lang])
		for key, forms := range sentences(t, lang) {
			for _, s := range forms {
				if word := no.FindString(regexp.MustCompile(`{{[^}]*}}`).ReplaceAllString(s, "{}")); word != "" {
					t.Errorf("%s: %s says %q, which the glossary has another word for: %s", lang, key, word, s)
				}
			}
		}
	}
}

// TestTypography holds spaces, apostrophes and quotation marks to each
// language's own.
func TestTypography(t *testing.T) {
	bad := map[string]string{
		"fr": `[^\x{a0}\d][:;!?»](\s|$)|«[^\x{a0}]|'`,
		"nl": `'|«|„|\s[:;!?]|\d km|}} km`,
		"de": `'|«|”|\s[:;!?]|}} (km|Uhr)`,
		"en": `'|«|„|\s[:;!?]|}} km`,
	}
	for _, lang := range federation.Languages {
		no := regexp.MustCompile(bad[lang])
		for key, forms := range sentences(t, lang) {
			for _, s := range forms {
				said := strings.ReplaceAll(s, "alerts: true", "") // as it is written in the region file
				if found := no.FindString(said); found != "" {
					t.Errorf("%s: %s is set wrongly at %q: %s", lang, key, found, s)
				}
			}
		}
	}
}

// possessive finds a name that a sentence is built around: a preposition
// before it would have to agree with what nobody knows.
var possessive = map[string]string{
	"fr": `\b(de|du|des|à|par) {{\.(Member|Region|Place|Source|Name|Channel)}}`,
	"nl": `{{\.(Member|Region)}} (en|in) (haar|zijn)`,
	"de": `{{\.(Member|Region)}} und (ihre|seine)`,
	"en": `{{\.(Member|Region)}}(’s| and its)`,
}

func TestNoSentenceIsBuiltAroundAName(t *testing.T) {
	for _, lang := range federation.Languages {
		no := regexp.MustCompile(possessive[lang])
		for key, forms := range sentences(t, lang) {
			for _, s := range forms {
				if no.MatchString(s) {
					t.Errorf("%s: %s stands around a name: %s", lang, key, s)
				}
			}
		}
	}
}
