package widgets

import "strings"

// frenchSpaces puts a no-break space where French has a space that no line may
// end at: before « » : ; ! ? and behind «. What has no space there is left as
// it is: it may be an hour, an address or another language's.
var frenchSpaces = strings.NewReplacer(" :", "\u00a0:", " ;", "\u00a0;", " !", "\u00a0!", " ?", "\u00a0?", " »", "\u00a0»", "« ", "«\u00a0")

// Spaced is a text as its language spaces it. Items come from everywhere, with
// plain spaces and with none.
func Spaced(lang, text string) string {
	if primary, _, _ := strings.Cut(lang, "-"); primary != "fr" {
		return text
	}
	return frenchSpaces.Replace(text)
}
