package federation

import "testing"

func TestEveryTypeHasItsNames(t *testing.T) {
	for _, kind := range ItemTypes {
		for _, lang := range Languages {
			if typeWords[kind].one[lang] == "" || typeWords[kind].many[lang] == "" {
				t.Errorf("%s has no words for type %q", lang, kind)
			}
		}
	}
	if len(typeWords) != len(ItemTypes) {
		t.Errorf("%d types are named, want %d", len(typeWords), len(ItemTypes))
	}
	if got := Service.Name("nl") + ", " + Notice.Names("fr"); got != "Formaliteit, Avis à la population" {
		t.Errorf("types are called %q", got)
	}
}

func TestEveryLabelIsInEveryLanguage(t *testing.T) {
	for key, words := range labels {
		for _, lang := range Languages {
			if words[lang] == "" {
				t.Errorf("%s has no word for %q", lang, key)
			}
		}
	}
	for _, tc := range []struct{ key, lang, want string }{
		{"organizer", "fr-BE", "Organisateur"}, {"booking", "NL", "Reserveren"}, {"hours", "pt", "Opening hours"}, {"nothing", "fr", ""},
	} {
		if got := Label(tc.key, tc.lang); got != tc.want {
			t.Errorf("Label(%q, %q) = %q, want %q", tc.key, tc.lang, got, tc.want)
		}
	}
}
