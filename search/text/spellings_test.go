package text

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// spelt are the words of s, each with all its spellings but the first in brackets.
func spelt(lang, s string) string {
	var out []string
	for _, tok := range TokensIn(nil, lang, s) {
		all := tok.Spellings()
		one := all[0]
		if len(all) > 1 {
			one += "(" + strings.Join(all[1:], " ") + ")"
		}
		out = append(out, one)
	}
	return strings.Join(out, " ")
}

func TestAbbreviations(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"fr", "St-Vaast", "st(stvaast saint) vaast(stvaast)"}, {"nl", "St-Lambrechts", "st(stlambrechts sint) lambrechts(stlambrechts)"},
		{"de", "St. Michael", "st(sankt) michael"}, {"en", "St Mary's Road", "st(saint street) mary road"},
		{"", "st vaast", "st(saint sint sankt street santu) vaast"}, {"fr", "Ste-Ode", "ste(steode sainte) ode(steode)"},
		{"de", "Lindenstr. 4", "lindenstr(lindenstrasse) 4"}, {"nl", "Kerkstr. 4", "kerkstr(kerkstraat) 4"},
		{"", "lindenstr 4", "lindenstr(lindenstraat lindenstrasse) 4"}, {"de", "Str. des 17. Juni", "str(strasse) des 17 juni"},
		{"fr", "av. des Combattants, bd du Nord, r. Haute, pl. Verte", "av(avenue) des combattants bd(boulevard) du nord r(rue) haute pl(place) verte"},
		{"fr", "r Haute", "r haute"}, {"fr", "n° 5", "n(numero) 5"}, {"es", "C/ Mayor nº 3", "c(calle) mayor n(numero) 3"},
		{"en", "No. 10, no dogs", "no(number) 10 no dogs"}, {"fr", "1er mai", "1er(premier) mai"}, {"nl", "Grote Mkt, nr. 4", "grote mkt nr(nummer) 4"},
		{"fr", "Dr Dupont, Mme Durand", "dr(docteur) dupont mme(madame) durand"}, {"de", "Telefonnr. fehlt", "telefonnr(telefonnummer) fehlt"},
		{"fr", "chée de Mons", "chee(chaussee) de mons"}, {"fr", "L'astr est", "astr est"}, {"pt", "St", "st(saint sint sankt street santu)"},
	} {
		if diff := cmp.Diff(c.want, spelt(c.lang, c.in)); diff != "" {
			t.Errorf("TokensIn(%q, %q) (-want +got):\n%s", c.lang, c.in, diff)
		}
	}
}

func TestNumbers(t *testing.T) {
	for in, number := range map[string]string{
		"071/00.45.67": "071004567", "071 / 00.45.67": "071004567", "071 00 45 67": "071004567", "071-004567": "071004567",
		"+32 71 00 45 67": "071004567", "0032 71 00 45 67": "071004567", "+32 (0)71 00 45 67": "071004567", "+3271004567": "071004567",
		"003271004567": "071004567", "+32/71/00.45.67": "071004567", "02/123.45.67": "021234567", "01 23 45 67 89": "0123456789",
		"+33 1 23 45 67 89": "0123456789", "0495 12 34 56": "0495123456", "+352 26 12 34 56": "26123456", "26 12 34 56": "26123456",
		"+34 944 12 34 56": "944123456", "944 12 34 56": "944123456", "+49 221 12345": "022112345", "0221 12345": "022112345",
		"0123.456.789": "0123456789", "85.07.30-033.61": "85073003361", "BE68 5390 0754 7034": "be68539007547034", "1.200": "1200",
		"12 500": "12500", "1 200 000": "1200000", "00.45.67": "004567", "63 a": "63a", "A 4": "a4", "1 er": "1er", "19 h 30": "19h30",
		"19:30": "19h30", "12-b": "12b", "N 57": "n57",
	} {
		for _, tok := range Tokens(nil, in) {
			if !slices.Contains(tok.Spellings(), number) {
				t.Errorf("Tokens(%q) = %q: %q is not found under %q", in, spelt("", in), tok.Form, number)
			}
		}
	}
	for _, c := range []struct{ lang, in, want string }{
		{"fr", "12/05/2024", "12(20240512) 05(20240512) 2024(20240512)"}, {"fr", "2024-05-12", "2024(20240512) 05(20240512) 12(20240512)"}, {"fr", "12.05.24", "12(20240512) 05(20240512) 24(20240512)"}, {"fr", "10.30", "10 30"},
		{"fr", "1.200 EUR", "1(1200) 200(1200) eur(euro)"}, {"fr", "5060 Sambreville", "5060 sambreville"}, {"fr", "12, 500", "12 500"},
		{"fr", "de 09.00-12.30", "de 09 00 12 30"}, {"fr", "2026-2027", "2026 2027"}, {"fr", "à 4 heures", "a 4 heures"},
		{"fr", "il y en a 4 a priori", "il y en a 4 a priori"}, {"fr", "le bus 63 a, déviée", "le bus 63(63a) a(63a) deviee"},
		{"fr", "5060 Tamines, 071 00 45 67", "5060 tamines 071(071004567) 00(071004567 004567) 45(071004567) 67(071004567)"},
		{"fr", "071 00 45 67 0495 12 34 56", "071(071004567) 00(071004567 004567) 45(071004567) 67(071004567) 0495(0495123456) 12(0495123456 123456) 34(0495123456) 56(0495123456)"},
		{"fr", "1 200,50 €", "1(1200) 200(1200) 50 €(euro)"}, {"en", "12,500 people", "12(12500) 500(12500) people"}, {"fr", "12,500", "12 500"},
		{"fr", "rue Haute 12 B", "rue haute 12(12b) b(12b)"}, {"fr", "n° 2026-114", "n(numero) 2026 114"},
		{"nl", "tel. 02 123 45 67", "tel(telefoon) 02(021234567) 123(021234567 1234567) 45(021234567) 67(021234567)"},
		{"fr", "01/02/2026 09.00-12.00 13.00-16.00", "01(20260201) 02(20260201) 2026(20260201) 09 00 12 00 13 00 16 00"},
	} {
		if diff := cmp.Diff(c.want, spelt(c.lang, c.in)); diff != "" {
			t.Errorf("TokensIn(%q, %q) (-want +got):\n%s", c.lang, c.in, diff)
		}
	}
}

// TestDates: a date is one, however it is written.
func TestDates(t *testing.T) {
	for _, in := range []string{"01/02/2026", "1/2/2026", "1.2.26", "01-02-2026", "2026-02-01", "1er février 2026", "1 février 2026",
		"1 februari 2026", "1. Februar 2026", "1 February 2026", "1st February 2026", "1st of February 2026", "February 1, 2026", "February 1st 2026",
		"1 de febrero de 2026", "01 FÉVRIER 2026"} {
		for _, tok := range Tokens(nil, in) {
			if tok.Form != "de" && tok.Form != "of" && !slices.Contains(tok.Spellings(), "20260201") {
				t.Errorf("Tokens(%q): %q is not found under its date: %s", in, tok.Form, spelt("", in))
			}
		}
	}
	for _, in := range []string{"32/02/2026", "01/13/2026", "février 2026", "le 12 rue de mai, 2026", "00/02/2026", "1 février", "32 mai 2026"} {
		if got := spelt("fr", in); strings.Contains(got, "2026") && strings.Contains(got, "(20") {
			t.Errorf("%q is taken for a date: %s", in, got)
		}
	}
}

func TestDottedLetters(t *testing.T) {
	for in, want := range map[string]string{
		"e. V.": "ev", "C. P. A. S. de Mons": "cpas de mons", "O.N.Em. : bureau": "onem bureau", "l'O.N.Em.": "onem", "z. B. heute": "zb heute",
		"e.V. É.N.A": "ev ena", "Plan A. Suite": "plan a suite", "à 5 h. L'eau": "a 5(5h) h(5h) eau", "N.-D. de Foy": "n d de foy", "M. A. Dupont": "ma dupont",
	} {
		if got := spelt("fr", in); got != want {
			t.Errorf("TokensIn(fr, %q) = %s, want %s", in, got, want)
		}
	}
}

func TestSigns(t *testing.T) {
	for in, want := range map[string]string{
		"🎄 Marché": "🎄 marche", "☎️ 071": "☎ 071", "👍🏽": "👍", "👩‍🚒": "👩(🚒)", "👨‍👩‍👧": "👨(👩 👧)", "🇧🇪🇫🇷": "🇧🇪 🇫🇷", "❤️ ♻": "❤ ♻",
		"§ 34": "§ 34", "5 €": "5 €(euro)", "a→b": "a → b", "── a": "a", "1️⃣": "1", "* ? # !": "", "A™ b°": "a b", "②Ⓐ": "", "⠃": "", "🎄🎄": "🎄 🎄",
	} {
		if diff := cmp.Diff(want, spelt("fr", in)); diff != "" {
			t.Errorf("TokensIn(fr, %q) (-want +got):\n%s", in, diff)
		}
	}
	in := "un 👩🏽‍🚒 là"
	tok := Tokens(nil, in)[1]
	if got := in[tok.Start:tok.End]; got != "👩🏽‍🚒" {
		t.Errorf("the sign seen in %q is %q, want all that is drawn as one", in, got)
	}
}

func TestOpen(t *testing.T) {
	for query, want := range map[string]bool{"lindenstr": true, "Lindenstr.": true, "encombr.": true, "piscine?": false, "piscine !": false,
		"piscine ": false, "Müllabf. ": false, "5060.": true, "C.P.A.S.": true, "a. ": false} {
		tokens := Tokens(nil, query)
		if got := tokens[len(tokens)-1].Open(query); got != want {
			t.Errorf("the last word of %q is open = %v, want %v", query, got, want)
		}
	}
	query := "Müllabf. Termin"
	if first := Tokens(nil, query)[0]; !first.Open(query) {
		t.Errorf("%q in %q is not open", first.Form, query)
	}
}
