package text

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// Langs are the languages with stems and stop words, as ISO 639-1 codes. Callers must not write to it.
var Langs = [...]string{"fr", "nl", "de", "en", "es", "eu"}

// Stem reduces a form (Token.Form or Token.Alt) to what it shares with its inflections in lang: travaux and
// travail, huizen and huis. The result is a key to compare, not a word to show, and never empty unless form is.
// In a language outside Langs, and for forms with a digit, it is form.
//
// Stems are cut from folded letters, which a form has lost its accents to; French and German follow the light
// stemmers of Savoy, which measured better than Snowball on public-service texts, Dutch, English and Spanish are
// Snowball, Basque is our own, and irregular.go holds the words no rule reaches.
func Stem(lang, form string) string {
	if len(form) < 3 || hasDigit(form) {
		return form
	}
	switch lang {
	case "fr":
		return stemFrench(regular(frenchIrregular, form))
	case "nl":
		return stemDutch(regularEnding(dutchEndings, regular(dutchIrregular, form)))
	case "de":
		return stemGerman(regular(germanIrregular, germanBase(form)))
	case "en":
		return snowball(regular(englishIrregular, form), english.Stem)
	case "es":
		return stemSpanish(regular(spanishIrregular, form))
	case "eu":
		return stemBasque(form)
	}
	return form
}

// Stems returns the distinct keys lang + ":" + Stem(lang, form) for all Langs, in their order: what to look up for a
// query whose language is not known. It returns none for an empty form.
func Stems(form string) []string {
	if form == "" {
		return nil
	}
	keys := make([]string, 0, len(Langs))
	for _, lang := range Langs {
		keys = append(keys, lang+":"+Stem(lang, form))
	}
	return keys
}

func snowball(form string, stem func(*snowballstem.Env) bool) string {
	env := snowballstem.NewEnv(form)
	stem(env)
	if env.Current() == "" {
		return form
	}
	return env.Current()
}
