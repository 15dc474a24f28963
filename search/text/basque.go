package text

import "strings"

// shortestBasque is what must be left of a Basque word, in letters: etxe, ura, so that short words keep their ending.
const shortestBasque = 3

// basqueEndings are the cases of Basque with the article, in the plural and without, longest first; each hangs on the
// last word of its group of words alone.
var basqueEndings = []string{
	"arentzako", "arengandik", "arengana", "arengatik", "entzako", "engandik", "arekiko", "etarako", "etaraino",
	"arentzat", "erantz", "etatik", "etarantz", "etakoak", "etakoa", "arekin", "entzat", "engana", "engatik", "etako", "etara",
	"ganako", "raino", "rantz", "rentzat", "rekin", "rako", "etan", "ekin", "eraino", "erako", "etik", "agatik",
	"koaren", "koetan", "koak", "koek", "koa", "aren", "ari", "etaz", "ekiko", "tako", "ean", "eko", "era", "ra", "tik", "dik",
	"ren", "ko", "go", "az", "ak", "ek", "ei", "en", "an", "ez", "rik", "ik", "a", "k", "n",
}

// stemBasque takes the endings of case off a folded form: etxeak, etxean, etxetik and etxearen are etxe. There is no
// Snowball for Basque in our library. The last vowel of what is left goes too, so that a noun in a vowel, which shares
// it with the ending (eskola, eskolak, eskoletan), meets itself, and so does a doubled r (haur, haurrak).
func stemBasque(w string) string {
	if !basqueWhole[w] {
		w = basqueEnding(w)
	}
	if strings.HasSuffix(w, "ko") || strings.HasSuffix(w, "n") { // adinekoentzat is -entzat behind -eko; baimena meets baimen
		w = basqueEnding(w)
	}
	if n := len(w); n >= shortestBasque && vowel(w[n-1]) && consonant(w[n-2]) {
		w = w[:n-1]
	}
	if strings.HasSuffix(w, "rr") {
		return w[:len(w)-1]
	}
	return w
}

// basqueWhole are nouns that end as a case does.
var basqueWhole = map[string]bool{"bilera": true, "aukera": true, "galdera": true, "sarrera": true, "irteera": true, "hasiera": true,
	"amaiera": true, "eskaera": true, "neurketa": true, "plaza": true, "abere": true, "hemen": true, "orain": true}

func basqueEnding(w string) string {
	for _, e := range basqueEndings {
		rest, ok := strings.CutSuffix(w, e)
		if !ok || len(rest) < shortestBasque || !strings.ContainsAny(rest, "aeiou") {
			continue
		}
		last := vowel(rest[len(rest)-1])
		switch {
		case e == "k" && !last,
			e == "ren" && rest[len(rest)-1] == 'e',             // aukeren is aukera and -en
			e == "n" && (!last || len(rest) <= shortestBasque), // Bilbon; not egun
			e == "era" && len(rest) <= shortestBasque,          // etxera is etxe and -ra
			e[0] == 'r' && !last:                               // -r- stands between vowels only
			continue
		}
		return rest
	}
	return w
}
