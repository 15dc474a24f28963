package feed

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Texts that declare nothing are guessed by what their bytes would say. A town
// of Western Europe writes windows-1252, so another encoding must explain the
// bytes clearly better. The statistics of general detectors (gogs/chardet was
// measured) need more text than the titles of a feed have.

// guessBytes is how much text is looked at, tags not counted.
const guessBytes = 32 << 10

// guess tells the encoding of bytes that are not UTF-8 and declare nothing
// that can be used.
func guess(body []byte) encoding.Encoding {
	text := untagged(body)
	if crowded(text) {
		if e := guessDense(text); e != nil {
			return e
		}
	}
	return guessLatin(text)
}

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

// crowded reports whether bytes beyond ASCII mostly stand together, as they do
// where no letter is ASCII. Accents in Latin script stand alone.
func crowded(text []byte) bool {
	high, together := 0, 0
	for i, c := range text {
		if c < 0x80 {
			continue
		}
		high++
		if i > 0 && text[i-1] >= 0x80 || i+1 < len(text) && text[i+1] >= 0x80 {
			together++
		}
	}
	return high >= 4 && 2*together > high
}

// A double is an encoding of two bytes for a character, the first beyond ASCII.
type double struct {
	encoding.Encoding
	weight func(lead, trail byte) float64 // how usual the character is, < 0 = there is none
}

var doubles = []double{
	{japanese.EUCJP, func(lead, trail byte) float64 {
		switch {
		case trail < 0xa1 || lead < 0xa1 && lead != 0x8e:
			return -1
		case lead == 0xa4, lead == 0xa5: // kana
			return 1.5
		case lead >= 0xb0 && lead <= 0xcf:
			return 0.8
		}
		return rareUnless(lead == 0xa1)
	}},
	{japanese.ShiftJIS, func(lead, trail byte) float64 {
		switch {
		case lead > 0xfc || trail < 0x40 || trail == 0x7f || trail > 0xfc:
			return -1
		case lead >= 0xa0 && lead < 0xe0: // half-width kana are one byte
			return 0.1
		case lead == 0x82 && trail >= 0x9f, lead == 0x83 && trail <= 0x96:
			return 1.5
		case lead >= 0x88 && lead <= 0x97:
			return 0.8
		}
		return rareUnless(lead == 0x81)
	}},
	{simplifiedchinese.GB18030, func(lead, trail byte) float64 {
		switch {
		case lead < 0x81 || lead == 0xff || trail < 0x40 || trail == 0x7f || trail == 0xff:
			return -1
		case lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1:
			return 1
		}
		return rareUnless(lead == 0xa1 || lead == 0xa3)
	}},
	{traditionalchinese.Big5, func(lead, trail byte) float64 {
		switch {
		case lead < 0xa1 || lead > 0xf9 || trail < 0x40 || trail > 0x7e && trail < 0xa1 || trail == 0xff:
			return -1
		case lead >= 0xa4 && lead <= 0xc6:
			return 1
		}
		return rareUnless(lead == 0xa1 || lead == 0xa3)
	}},
	{korean.EUCKR, func(lead, trail byte) float64 {
		switch {
		case lead < 0xa1 || trail < 0xa1:
			return -1
		case lead >= 0xb0 && lead <= 0xc8: // Chinese has as many beyond, but for a few words
			return 1.05
		}
		return rareUnless(lead == 0xa1)
	}},
}

func rareUnless(punctuation bool) float64 {
	if punctuation {
		return 0.5
	}
	return 0.1
}

// fewPairs is the number of characters below which a reading as East Asian
// text proves little.
const fewPairs = 8

// guessDense tells Cyrillic and East Asian encodings apart, nil when none of
// them fits.
func guessDense(text []byte) (best encoding.Encoding) {
	most := 0.6
	for _, e := range []encoding.Encoding{charmap.Windows1251, charmap.KOI8R} {
		if s := cyrillic(text, e); s > most {
			best, most = e, s
		}
	}
	for _, d := range doubles {
		if s := d.score(text); s > most {
			best, most = d.Encoding, s
		}
	}
	return best
}

// score is the mean weight of the characters beyond ASCII.
func (d double) score(text []byte) float64 {
	sum, n, broken := 0.0, 0, 0
	for i := 0; i < len(text); i++ {
		if text[i] < 0x80 {
			continue
		}
		if i+1 == len(text) {
			break
		}
		n++
		if d.Encoding == japanese.ShiftJIS && text[i] >= 0xa0 && text[i] < 0xe0 {
			sum += 0.1
			continue
		}
		w := d.weight(text[i], text[i+1])
		if w < 0 {
			broken++
			continue
		}
		sum += w
		i++
	}
	switch {
	case n == 0 || broken > n/50:
		return 0
	case n < fewPairs || d.Encoding == korean.EUCKR && n < 2*fewPairs:
		return 0.9 * sum / float64(n)
	}
	return sum / float64(n)
}

// frequent are the twelve letters that make two thirds of Russian, Bulgarian
// and Ukrainian texts.
const frequent = "оеаинтсрвлкпзу"

// cyrillic is how much text looks like words of Cyrillic letters in e: letters,
// the usual ones, capitals at the beginning or throughout.
func cyrillic(text []byte, e encoding.Encoding) float64 {
	out, err := e.NewDecoder().Bytes(text)
	if err != nil {
		return 0
	}
	high, letters, usual, follow, odd := 0, 0, 0, 0, 0
	last, caps := ' ', false
	for _, r := range string(out) {
		if r >= 0x80 {
			high++
		}
		if unicode.Is(unicode.Cyrillic, r) {
			letters++
			if strings.ContainsRune(frequent, unicode.ToLower(r)) {
				usual++
			}
			if unicode.Is(unicode.Cyrillic, last) {
				follow++
				if unicode.IsUpper(r) && unicode.IsLower(last) || caps && unicode.IsLower(r) {
					odd++
				}
				caps = unicode.IsUpper(r) && unicode.IsUpper(last)
			} else {
				caps = false
			}
		}
		last = r
	}
	if high == 0 || follow == 0 || letters == 0 {
		return 0
	}
	common := min(1, float64(usual)/float64(letters)/0.55)
	return float64(letters) / float64(high) * common * (1 - float64(odd)/float64(follow))
}

// alphabets are the letters beyond ASCII that a language writes.
var (
	western = []string{"éèàêçùâîôûëïüÿœæ", "äöüßé", "ëéïèöüêáóí", "áéíóúñüºª¿¡ç", "àèéìòùî", "ãõçáéíóúâêôàü", "æøåéöä", "áéíóúýðþæö", "àèéíòóúçïü·"}
	central = []string{"ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţșț", "čćđšž"}
)

// guessLatin tells Central from Western Europe by the language that explains
// the letters best.
func guessLatin(text []byte) encoding.Encoding {
	const clear, better = 0.9, 0.1
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
