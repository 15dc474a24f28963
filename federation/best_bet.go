package federation

import (
	"maps"
	"slices"
	"unicode"
	"unicode/utf8"
)

// BestBet is what the operator wants to come first when people search for
// certain words: items of the hub, or one page elsewhere. It is the operator's
// alone: no source can write one.
type BestBet struct {
	// Words are words and phrases by language. A query is about the bet when it
	// has one of them, whatever the reader's language.
	Words map[string][]string `json:"words"`
	Items []string            `json:"items,omitempty"` // ids, in the order they are shown
	Link  *BestLink           `json:"link,omitempty"`
	// Members are slugs: the bet counts in searches narrowed to one of them,
	// and shows its items there whoever publishes them. Empty = in all
	// searches, and of a narrowed one only what it asks for.
	Members []string `json:"members,omitempty"`
}

// BestLink is a page elsewhere with a sentence about it.
type BestLink struct {
	URL   string `json:"url"` // http or https
	Title Text   `json:"title"`
	Text  Text   `json:"text,omitempty"` // one sentence
}

// Bounds of the best bets of a hub.
const (
	MaxBestBets     = 1000
	maxBestItems    = 10
	maxBestWords    = 50  // of one language
	maxBestPhrase   = 100 // characters
	maxBestTitle    = 150 // characters
	maxBestSentence = 400 // characters
)

// Validate reports the first thing wrong with b as an [InvalidError] whose
// Field is the key of the region file.
func (b BestBet) Validate() error {
	if len(b.Words) == 0 {
		return Invalid("words", "is missing: the words that people search for, such as {fr: [passeport]}")
	}
	for _, lang := range slices.Sorted(maps.Keys(b.Words)) {
		field := "words." + lang
		if !ValidLanguage(lang) {
			return Invalid(field, "%q is not a language, such as fr", lang)
		}
		if n := len(b.Words[lang]); n == 0 || n > maxBestWords {
			return Invalid(field, "has %d entries; 1 to %d are allowed", n, maxBestWords)
		}
		for _, w := range b.Words[lang] {
			if !hasLetter(w) || utf8.RuneCountInString(w) > maxBestPhrase {
				return Invalid(field, "%q must be words, at most %d characters", w, maxBestPhrase)
			}
		}
	}
	if len(b.Items) == 0 && b.Link == nil {
		return Invalid("items", "is missing: ids of items, or a link in their place")
	}
	if len(b.Items) > maxBestItems {
		return Invalid("items", "has %d ids; at most %d are shown", len(b.Items), maxBestItems)
	}
	for i, id := range b.Items {
		if !ValidItemID(id) {
			return Invalid("items", "%q is not the id of an item: 26 characters at the end of its address", id)
		}
		if slices.Contains(b.Items[:i], id) {
			return Invalid("items", "%q is given twice", id)
		}
	}
	if b.Link == nil {
		return nil
	}
	return b.Link.validate()
}

func (l BestLink) validate() error {
	if !isHTTP(l.URL) {
		return Invalid("link.url", "%q must start with https:// or http://", l.URL)
	}
	if l.Title.In() == "" {
		return Invalid("link.title", "is missing")
	}
	for _, part := range []struct {
		field string
		text  Text
		most  int
	}{{"link.title", l.Title, maxBestTitle}, {"link.text", l.Text, maxBestSentence}} {
		for _, lang := range slices.Sorted(maps.Keys(part.text)) {
			if !ValidLanguage(lang) {
				return Invalid(part.field, "%q is not a language, such as fr", lang)
			}
			if utf8.RuneCountInString(part.text[lang]) > part.most {
				return Invalid(part.field, "is longer than %d characters in %s", part.most, lang)
			}
		}
	}
	return nil
}

func hasLetter(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}
