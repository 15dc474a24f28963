package enrich

import (
	"cmp"
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
	leastText    = 24 // letters
	enoughText   = 1000
	shortSummary = 100 // bytes, of a summary that tells too little of the language
	leastSure    = 0.5 // the library's own bar, IsReliable, refuses most titles of a few words
)

// detectable are the languages that items are told to be in. The library knows
// more, and finds them in short titles where they are not; Basque it does not
// know.
var detectable = map[whatlanggo.Lang]string{
	whatlanggo.Fra: "fr", whatlanggo.Nld: "nl", whatlanggo.Deu: "de", whatlanggo.Eng: "en",
	whatlanggo.Spa: "es", whatlanggo.Ita: "it", whatlanggo.Por: "pt",
}

// offered are the same as the library wants them.
var offered = func() map[whatlanggo.Lang]bool {
	out := make(map[whatlanggo.Lang]bool, len(detectable))
	for lang := range detectable {
		out[lang] = true
	}
	return out
}()

// labelled are the parts of a text that decoders write in words of their own:
// lists of facts, and headings over what a field holds.
var labelled = regexp.MustCompile(`(?s)<dl>.*?</dl>|<h[1-6]>.*?</h[1-6]>`)

// ownWords is what the publisher wrote of an item: its title, and its summary
// or, made being that this is taken from it, or where it is short, the beginning
// of its text. The labels that a decoder put there say nothing about the language
// of the item.
func ownWords(title string, it *federation.Item, made bool) string {
	text := it.Summary
	content := it.Content.String()
	switch {
	case made && (strings.Contains(content, "<dl>") || strings.Contains(content, "<h")):
		text = beginning(content)
	case !made && len(text) < shortSummary && content != "":
		if more := beginning(content); strings.HasPrefix(more, text) {
			text = more
		} else {
			text += " " + more
		}
	}
	return strings.TrimSpace(title + ". " + text)
}

// beginning is the text that HTML begins with, without labels.
func beginning(content string) string {
	content = strings.ToValidUTF8(content[:min(len(content), 20*enoughText)], "")
	return Clip(markup.Text(labelled.ReplaceAllString(content, " ")), madeSummary)
}

// language is the language of an item that nothing declares, told from its
// words; "" when they are too few, or not plainly in one language.
func language(text string) string {
	if letters(text) < leastText {
		return ""
	}
	lang, sure := likely(text)
	if sure < leastSure {
		return ""
	}
	return lang
}

func letters(text string) (n int) {
	for _, r := range text {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// likely is the language that the text is most like by its runs of three
// letters, and how much more than like others.
func likely(text string) (lang string, sure float64) {
	if r := []rune(text); len(r) > enoughText {
		text = string(r[:enoughText])
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: offered})
	return detectable[info.Lang], info.Confidence
}

// inLanguage sets the language of an item, which is the declared one so far: the
// one that the operator fixed, the one of its own words, or home. What is declared
// to be another language's version of an item is believed.
func inLanguage(it *federation.Item, src federation.Source, own, home string) {
	switch {
	case src.LanguageFixed:
		it.Language = src.Language
	case it.Language == "":
		it.Language = cmp.Or(language(own), home)
	case it.Same == "" || it.Same == it.OriginID:
		it.Language = ownLanguage(own, it.Language)
	}
}

// ownLanguage is the language of an item that is declared to be in another: the
// one of its text, if that is long enough to be sure, else the declared one.
// Systems declare the language they were set up in, whatever is written.
func ownLanguage(text, declared string) string {
	primary, _, _ := strings.Cut(strings.ToLower(declared), "-")
	found := differs(text, primary)
	if found == "" {
		return declared
	}
	if lang, _ := likely(text); lang != found {
		return declared
	}
	return found
}

// What makes a text plainly another language than the declared one: enough
// words, of which enough are little words that only the other language has, and
// hardly any that only the declared one has: a name, a quotation or a text in
// two languages decides nothing.
const (
	leastWords  = 15
	enoughWords = 120 // that are looked at
	leastLittle = 4
	littleShare = 5 // one in five
	littleTimes = 4 // as many as of the declared language
)

// differs is the language other than the declared one that the little words of
// a text are plainly of; "" when there is none. A declared language whose words
// are not known here is believed.
func differs(text, declared string) string {
	own := tongueOf[declared]
	if own == 0 {
		return ""
	}
	var said [enoughWords]tongue
	var count [len(tongues)]int
	words, held := 0, 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if words == enoughWords {
			break
		}
		is := littleWords[strings.ToLower(word)]
		said[words] = is
		words++
		if is&own != 0 {
			held++
		}
		for i := 0; is != 0; i, is = i+1, is>>1 {
			count[i] += int(is & 1)
		}
	}
	best := 0
	for i, n := range count {
		if n > count[best] {
			best = i
		}
	}
	if words < leastWords || count[best] <= held {
		return ""
	}
	other, only, against := tongue(1)<<best, 0, 0
	for _, is := range said[:words] {
		if is&other != 0 && is&own == 0 {
			only++
		}
		if is&own != 0 && is&other == 0 {
			against++
		}
	}
	if only < leastLittle || only*littleShare < words || against*littleTimes > only {
		return ""
	}
	return tongues[best]
}

// tongue is a set of languages, one bit each in the order of tongues.
type tongue uint16

// tongues are the languages whose little words are known: those that are told
// from a text, then those that are only kept from being taken for one of them.
var tongues = [...]string{"fr", "nl", "de", "en", "es", "it", "pt", "lb", "ca", "eu"}

// little are the words that make up a third of any text in a language.
var little = [len(tongues)]string{
	"le la les l un une des du de d à au aux et ou en dans sur sous pour par avec sans ce cette ces qui que qu il elle nous vous ils votre vos notre son sa ses leur leurs est sont sera seront été ont ne pas plus se s",
	"de het een en van in op te aan met voor door om bij uit naar over tot tegen zonder dat die dit deze ik je u uw zijn is wordt worden werd heeft hebben kan kunnen niet geen ook als dan maar er wij ze ons onze hun zal zullen tijdens vanaf",
	"der die das den dem des ein eine einer eines einem einen und oder in im am an auf aus bei beim mit nach von vom zu zum zur für über unter vor durch ist sind wird werden wurde hat haben kann können nicht auch als sich sie es wir ihr ihre bis dass",
	"the a an and or of in on at to for from by with without is are was were be been will this that these those it its we our you your they their has have not no as can all more which who",
	"el la los las un una de del al a y e o en con sin por para sobre que se es son está están fue su sus lo le les no más como este esta estos estas ha han será serán desde hasta entre",
	"il lo la i gli le un uno una di del della dei delle degli al alla ai alle da dal dalla in nel nella nei nelle con su per tra e o che è sono si non più come questo questa ha hanno sarà saranno suo sua l d dell all",
	"o a os as um uma de do da dos das em no na nos nas ao à aos às e ou com sem por para que se é são foi sua seu suas seus não mais como este esta foram está estão será pelo pela até entre",
	"den d de dat déi e eng en an um op mat vun vum fir zu bei aus ass sinn gëtt ginn huet hunn net och wéi wann dass mir si hir säin hei oder bis duerch iwwer no",
	"el la els les l un una de del dels d al als a i o en amb sense per que es és són ha han serà seran no més com aquest aquesta aquests fins des entre sobre seva seu pel pels",
	"eta edo da dira du dute ez bat bere hau hori dituzte ditu duen den izan izango egin egingo ere arte dago daude baina zuen ziren",
}

var tongueOf, littleWords = learnWords()

func learnWords() (map[string]tongue, map[string]tongue) {
	of, words := map[string]tongue{}, map[string]tongue{}
	for i, lang := range tongues {
		of[lang] = 1 << i
		for word := range strings.FieldsSeq(little[i]) {
			words[word] |= 1 << i
		}
	}
	return of, words
}
