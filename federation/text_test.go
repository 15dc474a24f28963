package federation_test

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

func TestTextPick(t *testing.T) {
	tests := []struct {
		text       federation.Text
		langs      []string
		want, lang string
	}{
		{nil, nil, "", ""},
		{federation.Text{"fr": "Ville", "nl": "Stad"}, []string{"nl"}, "Stad", "nl"},
		{federation.Text{"fr": "Ville", "nl": "Stad"}, []string{"de", "nl"}, "Stad", "nl"},
		{federation.Text{"fr": "Ville", "nl": "Stad"}, []string{"en"}, "Ville", "fr"},
		{federation.Text{"fr": "", "nl": "Stad"}, []string{"fr"}, "Stad", "nl"},
		{federation.Text{"wa": "Veye", "eu": "Hiria"}, []string{"fr"}, "Hiria", "eu"},
	}
	for _, test := range tests {
		got, lang := test.text.Pick(test.langs...)
		if got != test.want || lang != test.lang || test.text.In(test.langs...) != test.want {
			t.Errorf("Pick(%v) of %v = %q, %q, want %q, %q", test.langs, test.text, got, lang, test.want, test.lang)
		}
	}
}

func TestValidNames(t *testing.T) {
	tests := []struct {
		s              string
		slug, language bool
	}{
		{"", false, false}, {"fr", true, true}, {"nl-BE", false, true}, {"nl-be", true, true}, {"a", true, false}, {"-a", false, false},
		{"a-", false, false}, {"a--b", false, false}, {"a_b", false, false}, {"é", false, false}, {"fr\n", false, false}, {"007", true, false},
		{strings.Repeat("a", 64), true, false}, {strings.Repeat("a", 65), false, false}, {"zh-" + strings.Repeat("abcdefgh-", 4) + "x", true, false},
	}
	for _, test := range tests {
		if got := federation.ValidSlug(test.s); got != test.slug {
			t.Errorf("ValidSlug(%q) = %t", test.s, got)
		}
		if got := federation.ValidLanguage(test.s); got != test.language {
			t.Errorf("ValidLanguage(%q) = %t", test.s, got)
		}
	}
}
