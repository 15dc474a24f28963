package text

import "strings"

// stemGerman follows the light stemmer of J. Savoy, "Light Stemming Approaches for the French, Portuguese, German and
// Hungarian Languages" (SAC 2006): case and plural endings only. Added to it: doubled final consonants
// (Zeugnis, Zeugnisse; Bürgerin, Bürgerinnen), -um against -en (Zentrum, Zentren), and the -s of Kitas and Autos.
func stemGerman(w string) string {
	w = germanComparison(germanCase(w))
	w = undoubleEnd(w)
	if n := len(w); n > 5 && strings.HasSuffix(w, "um") && w[n-3] != 'a' {
		return w[:n-2]
	}
	return foreignPlural(w)
}

func germanCase(w string) string {
	n := len(w)
	switch {
	case n > 6 && strings.HasSuffix(w, "erns"):
		return w[:n-2]
	case n > 4 && strings.HasSuffix(w, "eln"): // Tafeln
		return w[:n-1]
	case n > 5 && strings.HasSuffix(w, "ern"):
		return w[:n-3]
	case n > 4 && w[n-2] == 'e' && strings.IndexByte("mnrs", w[n-1]) >= 0:
		return w[:n-2]
	case n > 3 && w[n-1] == 'e':
		return w[:n-1]
	case n > 3 && w[n-1] == 's' && strings.IndexByte("bdfghklmnrt", w[n-2]) >= 0:
		return w[:n-1]
	}
	return w
}

func germanComparison(w string) string {
	n := len(w)
	switch {
	case n > 5 && strings.HasSuffix(w, "est"):
		return w[:n-3]
	case n > 4 && (strings.HasSuffix(w, "er") || strings.HasSuffix(w, "en")):
		return w[:n-2]
	case n > 4 && strings.HasSuffix(w, "st") && strings.IndexByte("bdfghklmnt", w[n-3]) >= 0:
		return w[:n-2]
	}
	return w
}

// germanBase turns the spelling without umlauts into the folded one, muell into mull. After a vowel or a q an e is
// the word's own: neue, Mauer, Quelle.
func germanBase(w string) string {
	i := digraph(w, 0)
	if i < 0 {
		return w
	}
	out := make([]byte, 0, len(w))
	from := 0
	for ; i >= 0; i = digraph(w, i+2) {
		out = append(out, w[from:i+1]...)
		from = i + 2
	}
	return string(append(out, w[from:]...))
}

// digraph returns the place of the next ae, oe or ue that can stand for an umlaut, or -1.
func digraph(w string, from int) int {
	for i := from; i+2 < len(w); i++ {
		if w[i+1] == 'e' && strings.IndexByte("aou", w[i]) >= 0 &&
			(i == 0 || !vowel(w[i-1]) && w[i-1] != 'q') {
			return i
		}
	}
	return -1
}

func undoubleEnd(w string) string {
	if n := len(w); n > 3 && w[n-1] == w[n-2] && consonant(w[n-1]) {
		return w[:n-1]
	}
	return w
}

// foreignPlural removes the -s of words in one vowel, Kitas and auto's; a stem in -as or -os loses it in all its
// forms alike (atlas, atlassen), so nothing is torn apart.
func foreignPlural(w string) string {
	n := len(w)
	if n > 4 && w[n-1] == 's' && strings.IndexByte("aiouy", w[n-2]) >= 0 && consonant(w[n-3]) {
		return w[:n-1]
	}
	return w
}
