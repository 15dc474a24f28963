package widgets

import "testing"

func TestLicenceOf(t *testing.T) {
	for terms, want := range map[string]Licence{
		"CC-BY-4.0": {"CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"},
		"http://creativecommons.org/licenses/by/4.0":                 {"CC BY 4.0", "http://creativecommons.org/licenses/by/4.0"},
		"https://creativecommons.org/licenses/by-sa/4.0/deed.fr":     {"CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/deed.fr"},
		"https://evil.example/?creativecommons.org/licenses/by/4.0/": {"", "https://evil.example/?creativecommons.org/licenses/by/4.0/"},
		"https://www.ville.example/conditions":                       {"", "https://www.ville.example/conditions"},
		"Tous droits réservés":                                       {"Tous droits réservés", ""},
	} {
		if got := LicenceOf(terms); got != want {
			t.Errorf("LicenceOf(%q) = %+v, want %+v", terms, got, want)
		}
	}
}
