package text

import (
	"strings"

	"github.com/blevesearch/snowballstem/dutch"
)

// stemDutch is Snowball's Dutch stemmer between two of ours.
func stemDutch(w string) string {
	s := dutchAfter(snowball(dutchBefore(w), dutch.Stem))
	if n := len(s); n > 3 && (s[n-1] == 's' && consonant(s[n-2]) || strings.HasSuffix(w, "ens")) {
		// Snowball takes the s of plaats for a plural, but uncovers it in plaatsen: a second turn makes them meet.
		return dutchAfter(snowball(s, dutch.Stem))
	}
	return s
}

// dutchBefore undoes what Snowball's Dutch stemmer leaves alone or expects with a diaeresis.
func dutchBefore(w string) string {
	n := len(w)
	switch {
	case n > 5 && (strings.HasSuffix(w, "ieen") || strings.HasSuffix(w, "eeen")): // categorieën, ideeën
		return w[:n-2]
	case n == 4 && strings.HasSuffix(w, "en") && vowel(w[0]) && consonant(w[1]): // uren, ogen: too short for it
		return w[:1] + w[:2]
	case n > 4 && strings.HasSuffix(w, "es") && consonant(w[n-3]) && strings.IndexByte("rcs", w[n-3]) < 0:
		return w[:n-1] // gemeentes; not adres, proces, prinses
	}
	return w
}

// dutchAfter brings the two faces of a consonant together: huizen and huis, brieven and brief, bussen and bus.
func dutchAfter(w string) string {
	w = undoubleEnd(w)
	n := len(w)
	if n < 3 {
		return w
	}
	switch w[n-1] {
	case 'z':
		w = w[:n-1] + "s"
	case 'v':
		w = w[:n-1] + "f"
	}
	if n > 4 && strings.HasSuffix(w, "ies") && consonant(w[n-4]) { // provincies; advies loses it too, in all its forms
		return w[:n-1]
	}
	return foreignPlural(w)
}
