package federation

import (
	"regexp"
)

// Languages are the interface languages every page and widget speaks, the
// first being the default. Items may be in any language.
var Languages = []string{"fr", "nl", "de", "en"}

// Text is one text in several languages: BCP 47 primary subtag to words.
// The zero value is the empty text.
type Text map[string]string

// In returns the text in the first of langs that it has, then in the order of
// [Languages], then in the alphabetically first language it has; "" when empty.
func (t Text) In(langs ...string) string {
	s, _ := t.Pick(langs...)
	return s
}

// Pick is [Text.In] that also tells the language found, for a lang attribute.
func (t Text) Pick(langs ...string) (text, lang string) {
	for _, l := range langs {
		if s := t[l]; s != "" {
			return s, l
		}
	}
	for _, l := range Languages {
		if s := t[l]; s != "" {
			return s, l
		}
	}
	for l, s := range t {
		if s != "" && (text == "" || l < lang) {
			text, lang = s, l
		}
	}
	return text, lang
}

var (
	slugPattern     = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	languagePattern = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
)

// ValidSlug reports whether s may name a member, source, channel or placement:
// 1 to 64 of [a-z0-9-], no hyphen at an end or doubled.
func ValidSlug(s string) bool { return len(s) <= 64 && slugPattern.MatchString(s) }

// ValidLanguage reports whether s has the form of a BCP 47 tag with a
// lower-case primary subtag ("fr", "nl-BE"); it does not look it up.
func ValidLanguage(s string) bool { return len(s) <= 35 && languagePattern.MatchString(s) }
