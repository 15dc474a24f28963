package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""}, {"deja vu", "deja vu"}, {"Déjà VU", "deja vu"}, {"L’Œuvre", "l'oeuvre"}, {"ß ẞ", "ss ss"},
		{"Ærø Ǽ", "aero ae"}, {"ﬁn ½", "fin 1⁄2"}, {"a\xffb", "a\ufffdb"}, {"a\u00adb", "ab"}, {"Ǖ", "u"},
		{"ΆΒΓ Йод", "αβγ иод"}, {"K", "k"}, {"Vlaams\u00a0Huis", "vlaams huis"}, {"ŉ", "'n"},
		{strings.Repeat("é", 300), strings.Repeat("e", 300)},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""}, {" .,;! ", ""}, {"L'école d’été", "école:ecole été:ete"}, {"porte-monnaie", "porte:porte/portemonnaie monnaie:monnaie/portemonnaie"},
		{"C-5060 19h30 n° 007", "C:c 5060:5060 19h30:19h30 n:n 007:007"}, {"info@ville.be", "info:info ville:ville be:be"},
		{"12/05/2024", "12:12 05:05 2024:2024"}, {"Le C.P.A.S. ouvre", "Le:le C.P.A.S.:cpas ouvre:ouvre"},
		{"o.c.m.w", "o.c.m.w:ocmw"}, {"l'A.S.B.L.", "A.S.B.L.:asbl"}, {"e.V. É.N.A", "e.V.:ev É.N.A:ena"},
		{"M. Dupont", "M:m Dupont:dupont"}, {"Müll", "Müll:mull/muell"}, {"Mu\u0308ll", "Mu\u0308ll:mull/muell"},
		{"Straße", "Straße:strasse"}, {"Äöü", "Äöü:aou/aeoeue"}, {"auto's", "auto's:auto"}, {"don’t", "don’t:dont"},
		{"aujourd'hui", "aujourd'hui:aujourdhui"}, {"'s avonds", "s:s avonds:avonds"}, {"mot 'd' fin", "mot:mot d:d fin:fin"},
		{"rez-de-chaussée", "rez:rez de:de chaussée:chaussee"}, {"peut-on", "peut:peut on:on"},
		{"Jemeppe-sur-Sambre", "Jemeppe:jemeppe sur:sur Sambre:sambre"}, {"week-end.", "week:week/weekend end:end/weekend"},
		{"a-b-", "a:a b:b"}, {"col·lecció", "col:col lecció:leccio"}, {"habitant·e·s, oui", "habitant·e·s:habitant oui:oui"},
		{"m² H₂O 1er ¼", "m²:m2 H:h O:o 1er:1er"}, {"a\xffb", "a:a b:b"}, {"Bürger\u00admeister", "Bürger\u00admeister:burgermeister/buergermeister"},
		{"nº5", "n:n 5:5"}, {"Дом ΣΑΣ", "Дом:дом ΣΑΣ:σασ"}, {"\u0301a", "a:a"}, {"foo_bar", "foo:foo bar:bar"},
	} {
		var got []string
		for _, tok := range Tokens(nil, c.in) {
			s := c.in[tok.Start:tok.End] + ":" + tok.Form
			if tok.Alt != "" {
				s += "/" + tok.Alt
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("Tokens(%q) (-want +got):\n%s", c.in, diff)
		}
	}
}

func TestTokensCutsLongWords(t *testing.T) {
	for _, in := range []string{strings.Repeat("a", 200), strings.Repeat("é", 200), strings.Repeat("Ü", 200)} {
		got := Tokens(nil, in)
		if len(got) != 1 || got[0].End != len(in) || len(got[0].Form) != MaxRunes || len(got[0].Alt) > MaxRunes {
			t.Errorf("Tokens(%.10q...) = %v, want one token over all of it, cut to %d", in, got, MaxRunes)
		}
	}
}

// TestTokensAppends holds the caller's tokens apart from a hyphenated pair that starts a text.
func TestTokensAppends(t *testing.T) {
	first := Tokens(nil, "week-")
	got := Tokens(first, "end")
	want := []Token{{End: 4, Form: "week"}, {End: 3, Form: "end"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Tokens after Tokens (-want +got):\n%s", diff)
	}
}

func TestTokensAllocations(t *testing.T) {
	dst := make([]Token, 0, 64)
	plain := "le conseil communal de la ville se tient a la maison communale"
	if n := testing.AllocsPerRun(100, func() { dst = Tokens(dst[:0], plain) }); n != 0 {
		t.Errorf("Tokens of lower-case ASCII allocates %v times, want 0", n)
	}
	accents := "L’Échevin de l’État Civil est à l’école ce soir, été comme hiver"
	if n := testing.AllocsPerRun(100, func() { dst = Tokens(dst[:0], accents) }); n > 2 {
		t.Errorf("Tokens of accented text allocates %v times, want at most 2", n)
	}
}
