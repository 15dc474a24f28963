package harvester

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"

	"github.com/plonegov/carillon/federation"
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

// language is the language of an item that nothing declares, told from its
// text; "" when the text is too short, or not plainly in one language.
func language(it *federation.Item) string {
	text := strings.TrimSpace(it.Title + ". " + it.Summary)
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
