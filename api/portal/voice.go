package portal

import (
	goembed "embed"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/health"
	"github.com/plonegov/carillon/federation/locale"
)

//go:embed locales/*.json
var localeFiles goembed.FS

// voice speaks one interface language to a reader.
type voice struct {
	locale.Locale
	zone *time.Location // of times that bring no zone of their own
}

type voices map[string]voice

// mustVoices reads the sentences that are built in.
func mustVoices() voices {
	all := voices{}
	for lang, l := range locale.MustLoad(localeFiles) {
		all[lang] = voice{l, federation.Hub{}.Location()}
	}
	return all
}

func (vs voices) of(lang string) voice { return vs[lang] }

// health are the words for how sources are doing.
func (v voice) health() health.Words { return health.In(v.Lang, v.dates()) }

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
