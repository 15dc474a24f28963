package widgets

import "testing"

func TestSpaced(t *testing.T) {
	for _, tc := range []struct{ lang, in, want string }{
		{"fr", "Travaux : la rue « du Puits » ferme ; attention !", "Travaux\u00a0: la rue «\u00a0du Puits\u00a0» ferme\u00a0; attention\u00a0!"},
		{"fr-BE", "Où ? À 10:30, https://a.example", "Où\u00a0? À 10:30, https://a.example"},
		{"nl", "Werken : straat dicht !", "Werken : straat dicht !"},
		{"", "Was : ist ?", "Was : ist ?"},
		{"frr", "Was : ist ?", "Was : ist ?"},
		{"fr", "Déjà\u00a0: bien", "Déjà\u00a0: bien"},
	} {
		if got := Spaced(tc.lang, tc.in); got != tc.want {
			t.Errorf("Spaced(%q, %q) = %q, want %q", tc.lang, tc.in, got, tc.want)
		}
	}
}
