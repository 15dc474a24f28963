package meili

import (
	"strconv"
	"sync"

	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/text"
)

// vocabulary is the words of Dutch and German titles and texts that this
// process has seen, by which compounds are taken apart. It is bounded, and
// fullest after the index was made anew, which is when it matters. Safe for
// concurrent use.
type vocabulary struct {
	mu    sync.RWMutex
	known map[string]map[string]bool // by language
}

const (
	maxVocabulary = 200_000 // words of one language
	leastCompound = 6       // letters
)

// compounding are the languages that write compounds as one word.
var compounding = []string{"nl", "de"}

// learn takes in the words of a text.
func (v *vocabulary) learn(lang string, texts ...string) {
	if lang != compounding[0] && lang != compounding[1] {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.known == nil {
		v.known = map[string]map[string]bool{}
	}
	if v.known[lang] == nil {
		v.known[lang] = map[string]bool{}
	}
	known := v.known[lang]
	for _, t := range texts {
		for _, tok := range text.Tokens(nil, t[:min(len(t), maxText)]) {
			if len(known) >= maxVocabulary {
				return
			}
			if len(tok.Form) >= 3 && len(tok.Form) < text.MaxRunes && !text.IsStop(lang, tok.Form) && !known[tok.Form] {
				known[string([]byte(tok.Form))] = true
			}
		}
	}
}

// parts are the words of a compound; none when it is no compound of known ones.
func (v *vocabulary) parts(lang, form string) []string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	known := v.known[lang]
	if known == nil || len(form) < leastCompound {
		return nil
	}
	return text.Compounds(form, func(w string) bool { return known[w] })
}

func decimal(p search.Precedence) string { return strconv.FormatUint(uint64(p), 10) }
