package portal

import (
	goembed "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/plonegov/carillon/federation"
)

//go:embed locales/*.json
var localeFiles goembed.FS

// voice speaks one interface language. Its exported methods are for templates.
type voice struct {
	Lang      string
	localizer *i18n.Localizer
	numbers   *message.Printer
	zone      *time.Location // of times that bring no zone of their own
}

type voices map[string]voice

// mustVoices reads the sentences that are built in.
func mustVoices() voices {
	zone, err := time.LoadLocation("Europe/Brussels") // the zone data come with package widgets
	if err != nil {
		zone = time.UTC
	}
	bundle := i18n.NewBundle(language.Make(federation.Languages[0]))
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	all := voices{}
	for _, lang := range federation.Languages {
		if _, err := bundle.LoadMessageFileFS(localeFiles, "locales/"+lang+".json"); err != nil {
			panic(fmt.Errorf("load the sentences of %q: %w", lang, err))
		}
		all[lang] = voice{lang, i18n.NewLocalizer(bundle, lang), message.NewPrinter(language.Make(lang)), zone}
	}
	return all
}

func (vs voices) of(lang string) voice { return vs[lang] }

// T gives a sentence; pairs are names and values of what it leaves open. A
// sentence that is missing shows as its id in double brackets, which tests
// look for.
func (v voice) T(id string, pairs ...string) string {
	return v.localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data(pairs)})
}

// N gives a sentence in the plural form for n, which it may name as {{.Count}}.
func (v voice) N(id string, n int, pairs ...string) string {
	values := data(pairs)
	values["Count"] = v.numbers.Sprint(n)
	return v.localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: values, PluralCount: n})
}

func (v voice) localize(c *i18n.LocalizeConfig) string {
	s, err := v.localizer.Localize(c)
	if err != nil {
		return "[[" + c.MessageID + "]]"
	}
	return s
}

func data(pairs []string) map[string]string {
	values := make(map[string]string, len(pairs)/2+1)
	for pair := range slices.Chunk(pairs, 2) {
		values[pair[0]] = pair[1]
	}
	return values
}

// label is words with the language they are in, "" where it is the page's.
type label struct{ Text, Lang string }

// name picks the language of a text that suits the reader.
func (v voice) name(t federation.Text) label {
	text, lang := t.Pick(v.Lang)
	return label{text, v.other(lang)}
}

// other is a language tag fit for a lang attribute, "" where it says nothing
// new.
func (v voice) other(lang string) string {
	if lang == v.Lang || !federation.ValidLanguage(lang) {
		return ""
	}
	return lang
}

// typeName names an item type, in the singular.
func (v voice) typeName(t federation.ItemType) string { return t.Name(v.Lang) }

// typeNames names a list of items of a type.
func (v voice) typeNames(t federation.ItemType) string { return t.Names(v.Lang) }

// languageName names a language, by its code where we have no word.
func (v voice) languageName(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	if slices.Contains([]string{"fr", "nl", "de", "en", "es", "it", "lb"}, base) {
		return v.T("lang_" + base)
	}
	return strings.ToUpper(tag)
}

// or joins alternatives.
func (v voice) or(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " " + v.T("or") + " " + list[len(list)-1]
}
