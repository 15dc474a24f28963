package enrich

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// leastText is how many characters a text must have for its language to be
// told from it, and enoughText how many are looked at.
const (
	leastText  = 24 // letters
	enoughText = 1000
	leastSure  = 0.5 // the library's own bar, IsReliable, refuses most titles of a few words
)

// detectable are the languages that items are told to be in. The library knows
// more, and finds them in short titles where they are not; Basque it does not
// know.
var detectable = map[whatlanggo.Lang]string{
	whatlanggo.Fra: "fr", whatlanggo.Nld: "nl", whatlanggo.Deu: "de", whatlanggo.Eng: "en",
	whatlanggo.Spa: "es", whatlanggo.Ita: "it", whatlanggo.Por: "pt",
}

// labelled are the parts of a text that decoders write in words of their own:
// lists of facts, and headings over what a field holds.
var labelled = regexp.MustCompile(`(?s)<dl>.*?</dl>|<h[1-6]>.*?</h[1-6]>`)

// ownWords is what the publisher wrote of an item: its title, and its summary
// or, made being that this is taken from it, the beginning of its text. The
// labels that a decoder put there say nothing about the language of the item.
func ownWords(title string, it *federation.Item, made bool) string {
	text := it.Summary
	if made && labelled.MatchString(it.Content.String()) {
		text = it.Content.String()
		text = strings.ToValidUTF8(text[:min(len(text), 20*enoughText)], "")
		text = Clip(markup.Text(labelled.ReplaceAllString(text, " ")), madeSummary)
	}
	return strings.TrimSpace(title + ". " + text)
}

// language is the language of an item that nothing declares, told from its
// words; "" when they are too few, or not plainly in one language.
func language(text string) string {
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < leastText {
		return ""
	}
	if r := []rune(text); len(r) > enoughText {
		text = string(r[:enoughText])
	}
	white := make(map[whatlanggo.Lang]bool, len(detectable))
	for lang := range detectable {
		white[lang] = true
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: white})
	if info.Confidence < leastSure {
		return ""
	}
	return detectable[info.Lang]
}
