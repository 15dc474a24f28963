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
