package federation

import "testing"

func TestSameOf(t *testing.T) {
	all := map[string]string{"fr": "https://a.example/fr", "nl": "https://a.example/nl", "x-default": "https://a.example/fr"}
	fr, nl := SameOf("https://a.example/fr", all), SameOf("https://a.example/nl", map[string]string{"nl": "https://a.example/nl", "fr": "https://a.example/fr"})
	if fr == "" || fr != nl {
		t.Errorf("two versions that name each other are %q and %q, want the same", fr, nl)
	}
	for name, versions := range map[string]map[string]string{
		"it is not there itself":   {"fr": "https://a.example/", "nl": "https://a.example/nl"},
		"there is no other":        {"fr": "https://a.example/fr"},
		"one address for all":      {"fr": "https://a.example/fr", "nl": "https://a.example/fr"},
		"no languages":             {"a b": "https://a.example/nl", "fr": "https://a.example/fr"},
		"no address":               {"fr": "https://a.example/fr", "nl": ""},
		"x-default is no language": {"fr": "https://a.example/fr", "x-default": "https://a.example/"},
		"none":                     nil,
	} {
		if got := SameOf("https://a.example/fr", versions); got != "" {
			t.Errorf("%s: SameOf = %q, want none", name, got)
		}
	}
	if SameOf("https://a.example/fr", map[string]string{"fr": "https://a.example/fr", "nl": "https://a.example/other"}) == fr {
		t.Error("two that name others are taken for versions of one document")
	}
}
