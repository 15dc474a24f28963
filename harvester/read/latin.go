package read

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Bytes that are not UTF-8 and declare nothing that can be used are guessed by
// what they would say. A town of Western Europe writes windows-1252, so another
// encoding must explain the bytes clearly better. Only the encodings of Central
// Europe are tried: what is farther away is declared or not read rightly.

// guessBytes is how much text is looked at, tags not counted.
const guessBytes = 32 << 10

// untagged returns the text between tags, as far as it is looked at. No
// encoding that is guessed has "<" or ">" as part of a longer character.
func untagged(body []byte) []byte {
	var out []byte
	tag := false
	for _, c := range body {
		switch {
		case c == '<':
			tag = true
			out = append(out, ' ')
		case c == '>':
			tag = false
		case !tag:
			out = append(out, c)
		}
		if len(out) >= guessBytes {
			break
		}
	}
	return out
}

// alphabets are the letters beyond ASCII that a language writes.
var (
	western = []string{"éèàêçùâîôûëïüÿœæ", "äöüßé", "ëéïèöüêáóí", "áéíóúñüºª¿¡ç", "àèéìòùî", "ãõçáéíóúâêôàü", "æøåéöä", "áéíóúýðþæö", "àèéíòóúçïü·"}
	central = []string{"ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţșț", "čćđšž"}
)

// guess tells Central from Western Europe by the language that explains the
// letters best.
func guess(body []byte) encoding.Encoding {
	const clear, better = 0.9, 0.1
	text := untagged(body)
	west := explained(text, charmap.Windows1252, western)
	best, most := encoding.Encoding(charmap.Windows1252), max(clear, west+better)
	for _, e := range []encoding.Encoding{charmap.ISO8859_2, charmap.Windows1250} {
		if s := explained(text, e, central); s >= most {
			best, most = e, s+0.001
		}
	}
	return best
}

// punctuation is what every language may write.
const punctuation = "’‘“”„‚–—…«»°§€•·©®™²³½¼¾×\u00a0\u00ad"

// explained is the share of the characters beyond ASCII that the best of the
// alphabets has. Signs between two letters are no punctuation.
func explained(text []byte, e encoding.Encoding, alphabets []string) float64 {
	out, err := e.NewDecoder().Bytes(text)
	if err != nil {
		return 0
	}
	all := 0
	counts := map[rune]int{}
	runes := []rune(string(out))
	for i, r := range runes {
		if r < 0x80 {
			continue
		}
		if strings.ContainsRune(punctuation, r) && !(strings.ContainsRune("²³½¼¾°©®", r) && i > 0 && i+1 < len(runes) && unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i+1])) {
			continue
		}
		all++
		counts[unicode.ToLower(r)]++
	}
	if all == 0 {
		return 0
	}
	most := 0
	for _, letters := range alphabets {
		n := 0
		for _, r := range letters {
			n += counts[r]
		}
		most = max(most, n)
	}
	return float64(most) / float64(all)
}
