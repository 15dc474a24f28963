package text

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"
)

func seeds(f *testing.F) {
	for _, s := range []string{"", "L’École de l'été", "Mu\u0308ll Straße Łódź", "a\xff\xc3", "week-end-", "C.P.A.S. a.b",
		"habitant·e·s·", "\ufdfa \ufc5e ½ ⅷ", "o'neill's d'", "e\u200d\u00ad\u0301", strings.Repeat("ÿ", 70), "x-\u0301y", "👩🏽‍🚒🇧🇪€", "+32 (0)71/00.45.67 St. n° 1er 63 a 19:30", "各国 한국어"} {
		f.Add(s)
	}
}

func FuzzFold(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if !utf8.ValidString(once) {
			t.Errorf("Fold(%q) = %q: not UTF-8", s, once)
		}
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(Fold(%q)) = %q, want %q", s, twice, once)
		}
	})
}

func FuzzTokens(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) {
		tokens := Tokens(nil, s)
		for _, tok := range tokens {
			tok.Open(s)
		}
		if len(tokens) > len(s) {
			t.Errorf("Tokens(%q) gives %d tokens out of %d bytes", s, len(tokens), len(s))
		}
		at := 0
		for _, tok := range tokens {
			if tok.Start < at || tok.End <= tok.Start || tok.End > len(s) {
				t.Fatalf("Tokens(%q): %+v after %d", s, tok, at)
			}
			at = tok.End
			checkForm(t, s, tok.Form)
			for _, form := range tok.Spellings() {
				checkForm(t, s, form)
			}
			for _, lang := range Langs {
				if st := Stem(lang, tok.Form); st == "" || !utf8.ValidString(st) {
					t.Errorf("Stem(%q, %q) = %q", lang, tok.Form, st)
				}
			}
			for _, p := range Compounds(tok.Form, func(p string) bool { return len(p)%2 == 1 }) {
				if p == "" {
					t.Errorf("Compounds(%q) has an empty part", tok.Form)
				}
			}
		}
	})
}

// checkForm holds the promises of Token.Form; a form that is searched for as text gives itself.
func checkForm(t *testing.T, s, form string) {
	t.Helper()
	n := utf8.RuneCountInString(form)
	if n == 0 || n > MaxRunes || !utf8.ValidString(form) || Fold(form) != form {
		t.Errorf("Tokens(%q): form %q of %d characters is not a folded word (Fold: %q)", s, form, n, Fold(form))
	}
	if again := Tokens(nil, form); len(again) != 1 || again[0].Form != form {
		t.Errorf("Tokens(%q) = %+v, want the word itself", form, again)
	}
}

func FuzzSnippet(f *testing.F) {
	for _, s := range []string{"un deux trois", "a<b>&'\"", "é\xff\x00 fin", strings.Repeat("mot ", 40)} {
		f.Add(s, uint8(5), uint8(3))
	}
	f.Fuzz(func(t *testing.T, s string, most, every uint8) {
		match := func(tok Token) bool { return tok.Start%(int(every)+1) == 0 }
		got := Snippet(s, match, int(most))
		plain := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(got)
		if !utf8.ValidString(got) || strings.ContainsAny(plain, "<>\"'\x00") {
			t.Errorf("Snippet(%q) = %q: not safe", s, got)
		}
		if strings.Count(got, "<mark>") != strings.Count(got, "</mark>") {
			t.Errorf("Snippet(%q) = %q: unbalanced", s, got)
		}
		if n := utf8.RuneCountInString(html.UnescapeString(plain)); n > int(most)+2 {
			t.Errorf("Snippet(%q, %d) shows %d characters: %q", s, most, n, got)
		}
		all := string(Highlight(nil, s, match))
		want := strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", "\ufffd"), "")
		back := html.UnescapeString(strings.NewReplacer("<mark>", "", "</mark>", "").Replace(all))
		if utf8.ValidString(s) && back != want {
			t.Errorf("Highlight(%q) = %q, which reads %q", s, all, back)
		}
	})
}
