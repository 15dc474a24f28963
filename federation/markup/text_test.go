package markup

import (
	"testing"
	"unicode/utf8"
)

func TestHTMLText(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		{"", ""},
		{"Caf&eacute;   &amp;\n thé", "Café & thé"},
		{"<h2>Avis</h2><p>un<br>deux</p>", "Avis\nun\ndeux"},
		{"<ul><li>a</li> <li>b</li></ul>", "a\nb"},
		{"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"mot<b>com</b>posé", "motcomposé"},
		{"1&nbsp;000 &lt; 2", "1 000 < 2"},
	} {
		if got := Sanitise(c.raw, nil).Text(); got != c.want {
			t.Errorf("Sanitise(%q).Text() = %q, want %q", c.raw, got, c.want)
		}
	}
}

func TestSummary(t *testing.T) {
	for _, c := range []struct {
		raw  string
		max  int
		want string
	}{
		{"<p>Le marché</p><p>du jeudi</p>", 40, "Le marché du jeudi"},
		{"Le marché, du jeudi", 12, "Le marché…"},
		{"Le marché du jeudi", 10, "Le marché…"},
		{"Le marché du jeudi", 18, "Le marché du jeudi"},
		{"Anticonstitutionnellement", 5, "Anti…"},
		{"e\u0301e\u0301e\u0301", 4, "e\u0301…"},
		{"un deux", 1, "…"},
		{"un", 0, ""},
		{"un", -1, ""},
		{"\u202Eab cd ef", 6, "\u202Eab…\u202C"},
	} {
		if got := Sanitise(c.raw, nil).Summary(c.max); got != c.want {
			t.Errorf("Sanitise(%q).Summary(%d) = %q, want %q", c.raw, c.max, got, c.want)
		}
	}
}

// TestSummaryOfWhole holds that reading no further than is needed gives what
// the whole text gives.
func TestSummaryOfWhole(t *testing.T) {
	for _, raw := range []string{
		"<p>Le marché</p> <p>du <b>jeudi</b></p><table><tr><td>a<td>b</table>", "\u202Eab \u2069cd<br>\u202Ce\u2067f", "e\u0301e\u0301<i>\u0301e</i>\u0301",
		"mot<b>com</b>posé &amp; <i> </i> la suite", " \n<p> \n</p>un\n\n<hr>deux",
	} {
		h := Sanitise(raw, nil)
		whole := h.Summary(1000)
		for max := 1; max <= utf8.RuneCountInString(whole)+1; max++ {
			want := whole
			if utf8.RuneCountInString(whole) > max {
				want = balanceBidi(shorten(whole, max-1) + "…")
			}
			if got := h.Summary(max); got != want {
				t.Errorf("Sanitise(%q).Summary(%d) = %q, want %q", raw, max, got, want)
			}
		}
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		{"Caf&eacute; &amp; <b>Th&eacute;</b>", "Café & Thé"},
		{"A < B", "A < B"},
		{"A<B", "A<B"},
		{"x<b and b>y", "x<b and b>y"},
		{"Rappel : <urgent> à tous", "Rappel : <urgent> à tous"},
		{"AT&T, R&D&copy;", "AT&T, R&D©"},
		{"a &copy b & c; d", "a &copy b & c; d"},
		{"&amp;lt;b&amp;gt;", "&lt;b&gt;"},
		{"&#39;Noël&#8217;", "'Noël’"},
		{"un<br/>deux<p>trois", "un deux trois"},
		{"a<script>alert(1)</script>b", "ab"},
		{"a<!-- x -->b", "ab"},
		{`<a href="x">lien</a>`, "lien"},
		{" a\tb\n c\x00\x1b[31m&#27;", "a b c[31m"},
		{"a\xff\xfeb", "a\uFFFD\uFFFDb"},
		{"\u202Eabc", "\u202Eabc\u202C"},
		{"a\u202C\u2069b", "ab"},
		{"\u2068x\u202By\u2069z", "\u2068x\u202By\u202C\u2069z"},
		{"a<br \u2069", "a<br"},
		{"\u202Ax\u2069", "\u202Ax\u202C"},
	} {
		if got := Text(c.raw); got != c.want {
			t.Errorf("Text(%q) = %q, want %q", c.raw, got, c.want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"A < B", "<b>a</b>&amp;", "\u202E<br>\u2069", "&#x1;<", "<b x", "<script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got := Text(raw)
		if !utf8.ValidString(got) {
			t.Errorf("Text(%q) = %q, not UTF-8", raw, got)
		}
		if cleanRunes(got) != got || balanceBidi(got) != got || collapsed(got) != got {
			t.Errorf("Text(%q) = %q, not clean", raw, got)
		}
		if n := utf8.RuneCountInString(Sanitise(raw, nil).Summary(20)); n > 20+maxBidi {
			t.Errorf("Sanitise(%q).Summary(20) has %d runes", raw, n)
		}
	})
}

// TestSummaryPartsEntries: what stands on lines of its own is not read as one
// sentence when it comes to stand on one.
func TestSummaryPartsEntries(t *testing.T) {
	for in, want := range map[string]string{
		"<dl><dt>Numéro</dt><dd>14</dd><dt>État</dt><dd>Accepté</dd></dl>":                         "Numéro 14 · État Accepté",
		"<p>Le conseil siège.</p><dl><dt>Numéro</dt><dd>14</dd></dl><p>Suite</p>":                  "Le conseil siège. Numéro 14 · Suite",
		"<ul><li>Papier</li><li>Verre<ul><li>blanc</li></ul></li></ul>":                            "Papier · Verre · blanc",
		"<ul><li>Triez.</li><li>Sortez.</li></ul>":                                                 "Triez. Sortez.",
		"<table><tr><th>Lundi</th><td>9–12</td></tr><tr><th>Mardi</th><td>14–16</td></tr></table>": "Lundi 9–12 · Mardi 14–16",
		"<ol><li></li><li>Seul</li></ol>":                                                          "Seul",
	} {
		if got := Sanitise(in, nil).Summary(200); got != want {
			t.Errorf("summary of %s = %q, want %q", in, got, want)
		}
	}
}

func TestBegins(t *testing.T) {
	h := Sanitise("<p>Été  comme\nhiver</p><p>le marché &amp; la foire</p>", nil)
	for start, want := range map[string]bool{
		"": true, "Été": true, "Été comme hiver le": true, "Été comme hiver le marché & la foire": true,
		"Été comme hiver le marché & la foire.": false, "comme": false, "Été comme hiver  le": false,
	} {
		if got := h.Begins(start); got != want {
			t.Errorf("Begins(%q) = %v, want %v", start, got, want)
		}
	}
}
