// Package locale speaks the interface languages: sentences of JSON files with
// what they leave open filled in, in the plural form that a number takes, and
// numbers as each language writes them.
//
// It holds no sentences: a package that speaks has files of its own, one a
// language. It does not choose a language.
package locale

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/plonegov/carillon/federation"
)

// Locale is the sentences of one language. Safe for concurrent use. Its exported
// methods are for templates too.
type Locale struct {
	Lang      string // one of federation.Languages
	Numbers   *message.Printer
	sentences *i18n.Localizer
}

// MustLoad reads locales/LANG.json of each of federation.Languages. The files
// are part of the program, so it panics on a fault in them.
func MustLoad(files fs.FS) map[string]Locale {
	bundle := i18n.NewBundle(language.Make(federation.Languages[0]))
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	all := map[string]Locale{}
	for _, lang := range federation.Languages {
		if _, err := bundle.LoadMessageFileFS(files, "locales/"+lang+".json"); err != nil {
			panic(fmt.Errorf("load the sentences of %q: %w", lang, err))
		}
		all[lang] = Locale{lang, message.NewPrinter(language.Make(lang)), i18n.NewLocalizer(bundle, lang)}
	}
	return all
}

// T gives a sentence; pairs are names and values of what it leaves open. A
// sentence that is missing shows as its id in double brackets, which tests
// look for.
func (l Locale) T(id string, pairs ...string) string {
	return l.localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data(pairs)})
}

// N gives a sentence in the plural form for n, which it may name as {{.Count}}.
func (l Locale) N(id string, n int, pairs ...string) string {
	values := data(pairs)
	values["Count"] = l.Numbers.Sprint(n)
	return l.localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: values, PluralCount: n})
}

func (l Locale) localize(c *i18n.LocalizeConfig) string {
	s, err := l.sentences.Localize(c)
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
