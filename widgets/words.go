package widgets

import (
	goembed "embed"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/plonegov/carillon/federation"
)

//go:embed locales/*.json
var localeFiles goembed.FS

// words speaks one interface language.
type words struct {
	lang      string
	localizer *i18n.Localizer
	zone      *time.Location // of times that bring none of their own; nil = that of a hub without one
}

// loadWords reads the sentences of every interface language.
func loadWords() (map[string]words, error) {
	bundle := i18n.NewBundle(language.Make(federation.Languages[0]))
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	all := map[string]words{}
	for _, lang := range federation.Languages {
		if _, err := bundle.LoadMessageFileFS(localeFiles, "locales/active."+lang+".json"); err != nil {
			return nil, fmt.Errorf("load the sentences of %q: %w", lang, err)
		}
		all[lang] = words{lang: lang, localizer: i18n.NewLocalizer(bundle, lang)}
	}
	return all, nil
}

// dates writes dates in the language.
func (w words) dates() Dates { return Dates{Lang: w.lang, Zone: w.zone} }

// say gives a sentence; pairs are names and values of what it leaves open. A
// sentence that is missing shows as its id, which a test looks for.
func (w words) say(id string, pairs ...string) string {
	data := make(map[string]string, len(pairs)/2)
	for pair := range slices.Chunk(pairs, 2) {
		data[pair[0]] = pair[1]
	}
	s, err := w.localizer.Localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data})
	if err != nil {
		return id
	}
	return s
}
