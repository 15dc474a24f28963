package text

import "strings"

// rewrite replaces the ending of a word of at least min letters.
type rewrite struct {
	ending, with string
	min          int
}

// frenchEndings are applied in order, each to what the former left, as in J. Savoy, "A Stemming Procedure and
// Stopword List for General French Corpora" (JASIS 50(10), 1999) and its light form of 2006. Some are
// wider here, as pairs of common words asked for: -ière, -gère, -chère and -ive in shorter words, -euve.
var frenchEndings = []rewrite{
	{"issement", "ir", 10}, {"issant", "ir", 9}, {"ivement", "if", 8}, {"ement", "e", 7},
	{"ficatrice", "fier", 12}, {"ficateur", "fier", 11}, {"catrice", "quer", 10}, {"cateur", "quer", 9},
	{"atrice", "er", 9}, {"ateur", "er", 8}, {"trice", "teur", 7}, {"ieme", "", 6},
	{"teuse", "ter", 8}, {"teur", "ter", 6}, {"euse", "eu", 6},
	{"iere", "ier", 7}, {"gere", "ger", 7}, {"chere", "cher", 7}, {"ere", "er", 9},
	{"ive", "if", 6}, {"euve", "euf", 5}, {"nnelle", "n", 10}, {"nnel", "n", 10}, {"ique", "", 9}, {"esse", "", 9}, {"inage", "in", 8},
	{"isation", "", 10}, {"isateur", "", 10}, {"ual", "uel", 6}, {"ation", "", 9}, {"ition", "", 9},
}

func stemFrench(w string) string {
	w = frenchSingular(w)
	for _, r := range frenchEndings {
		if len(w) >= r.min && strings.HasSuffix(w, r.ending) {
			w = w[:len(w)-len(r.ending)] + r.with
		}
	}
	w = undouble(w, 5)
	if strings.HasSuffix(w, "ie") {
		return chop(w, "ie", 5)
	}
	w = chop(w, "r", 5)
	w = chop(w, "e", 5)
	return chop(w, "e", 5)
}

// frenchSingular undoes the plural (-s, -x, and -aux of a word in -al unless it is one in -eau) and the feminine of -é.
func frenchSingular(w string) string {
	n := len(w)
	if n > 5 && strings.HasSuffix(w, "aux") && w[n-4] != 'e' {
		return w[:n-2] + "l"
	}
	if n > 3 && w[n-1] == 'x' {
		return w[:n-1]
	}
	w = chop(w, "s", 4)
	if len(w) > 3 && strings.HasSuffix(w, "ee") { // âgées and âgé, which the rules for longer words do not reach
		return w[:len(w)-1]
	}
	return w
}

// chop removes ending from a word of at least min letters.
func chop(w, ending string, min int) string {
	if len(w) < min {
		return w
	}
	return strings.TrimSuffix(w, ending)
}

// undouble makes one letter of each run of the same one in a word of at least min letters.
func undouble(w string, min int) string {
	if len(w) < min || !hasDouble(w) {
		return w
	}
	out := make([]byte, 0, len(w))
	for i := range len(w) {
		if i == 0 || w[i] != w[i-1] || !lower(w[i]) {
			out = append(out, w[i])
		}
	}
	return string(out)
}

func hasDouble(w string) bool {
	for i := 1; i < len(w); i++ {
		if w[i] == w[i-1] {
			return true
		}
	}
	return false
}

func lower(c byte) bool { return 'a' <= c && c <= 'z' }

func vowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

func consonant(c byte) bool { return lower(c) && !vowel(c) }
