package text

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func oneOf(forms ...string) func(Token) bool {
	return func(t Token) bool { return slices.Contains(forms, t.Form) }
}

func TestHighlight(t *testing.T) {
	for _, c := range []struct{ in, form, want string }{
		{"", "a", ""}, {"l'École & <b>", "ecole", "l&#39;<mark>École</mark> &amp; &lt;b&gt;"},
		{`"a" > a`, "a", `&#34;<mark>a</mark>&#34; &gt; <mark>a</mark>`}, {"a\x00\xffb", "b", "a\ufffd\ufffd<mark>b</mark>"},
		{"<script>alert(1)</script>", "script", "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"},
		{"Mu\u0308ll", "mull", "<mark>Mu\u0308ll</mark>"},
	} {
		if got := string(Highlight(nil, c.in, oneOf(c.form))); got != c.want {
			t.Errorf("Highlight(%q, %q) = %q, want %q", c.in, c.form, got, c.want)
		}
	}
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("mot ", 50) + "la piscine communale ouvre, piscine " + strings.Repeat("fin ", 50)
	for _, c := range []struct {
		in    string
		forms []string
		most  int
		want  string
	}{
		{"", nil, 10, ""}, {"abc", nil, 0, ""}, {"  abc def ", []string{"def"}, 10, "abc <mark>def</mark>"},
		{"un deux trois quatre", nil, 10, "un deux…"}, {"abcdefghij", nil, 4, "abcd…"},
		{"été été été été", []string{"ete"}, 7, "<mark>été</mark> <mark>été</mark>…"},
		{long, []string{"piscine", "communale"}, 30, "…la <mark>piscine</mark> <mark>communale</mark> ouvre…"},
		{long, []string{"ouvre"}, 20, "…<mark>ouvre</mark>, piscine fin…"},
		{"a b c d e f g h", []string{"h"}, 5, "…f g <mark>h</mark>"},
	} {
		if got := Snippet(c.in, oneOf(c.forms...), c.most); got != c.want {
			t.Errorf("Snippet(%.20q..., %v, %d) = %q, want %q", c.in, c.forms, c.most, got, c.want)
		}
	}
}

// TestNothingToMark: without words to mark a text is shown as with words that
// it does not have, at less cost.
func TestNothingToMark(t *testing.T) {
	none := func(Token) bool { return false }
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-zé'. -]{0,90}`))).Draw(t, "text"), " ")
		most := rapid.IntRange(0, 120).Draw(t, "most")
		if got, want := Snippet(s, nil, most), Snippet(s, none, most); got != want {
			t.Fatalf("Snippet(%q, nil, %d) = %q, want %q", s, most, got, want)
		}
		if got, want := string(Highlight(nil, s, nil)), string(Highlight(nil, s, none)); got != want {
			t.Fatalf("Highlight(%q, nil) = %q, want %q", s, got, want)
		}
	})
}
