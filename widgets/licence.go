package widgets

import "strings"

// Licence is how terms are named and where they are written; either may be "".
type Licence struct{ Name, URL string }

// licences are those that municipal publishers use, by SPDX id in lower case.
var licences = map[string]Licence{
	"cc0-1.0":        {"CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"},
	"cc-by-4.0":      {"CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"},
	"cc-by-sa-4.0":   {"CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"},
	"cc-by-nc-4.0":   {"CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"},
	"cc-by-nd-4.0":   {"CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"},
	"cc-by-3.0":      {"CC BY 3.0", "https://creativecommons.org/licenses/by/3.0/"},
	"etalab-2.0":     {"Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"},
	"ogl-uk-3.0":     {"OGL UK 3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"},
	"odbl-1.0":       {"ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"},
	"dl-de-by-2.0":   {"dl-de/by-2-0", "https://www.govdata.de/dl-de/by-2-0"},
	"dl-de-zero-2.0": {"dl-de/zero-2-0", "https://www.govdata.de/dl-de/zero-2-0"},
}

// LicenceOf names terms: an SPDX id, an address (which has a name when it is
// that of a known licence), or words.
func LicenceOf(terms string) Licence {
	if known, ok := licences[strings.ToLower(terms)]; ok {
		return known
	}
	if web(terms) != "" {
		return Licence{Name: named(terms), URL: terms}
	}
	return Licence{Name: terms}
}

// named is the name of the licence that an address is the address of, "" when
// it is none of those known. Scheme, language and a closing slash do not matter.
func named(address string) string {
	for _, l := range licences {
		if _, known, ok := strings.Cut(l.URL, "://"); ok && strings.Contains(address+"/", "://"+known) {
			return l.Name
		}
	}
	return ""
}

// licence is [LicenceOf] with a name for an address.
func (w words) licence(terms string) Licence {
	l := LicenceOf(terms)
	if l.Name == "" && l.URL != "" {
		l.Name = w.say("licence")
	}
	return l
}
