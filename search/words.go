package search

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

// leftOut is a word or phrase behind a minus that begins a word: what a query
// does not want.
var leftOut = regexp.MustCompile(`(^|\s)[-–−]("[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|\S+)`)

// checkWords refuses a query that looks for nothing: signs alone, or only what
// is to be left out. It would find nothing, or everything else there is.
func checkWords(sel federation.Selection) error {
	asked := leftOut.ReplaceAllString(sel.Words, " ")
	pictured := func(r rune) bool { return unicode.Is(unicode.So, r) } // 🎄 is a word too
	if sel.Words == "" || len(text.Tokens(nil, asked)) > 0 || strings.ContainsFunc(asked, pictured) {
		return nil
	}
	return federation.InvalidAs("words", "q", sel.Words, "must have a word to look for: signs and words to leave out are not enough")
}
