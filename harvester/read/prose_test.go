package read

import (
	"net/url"
	"testing"

	"github.com/plonegov/carillon/federation/markup"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"Marché d&#8217;été &amp; brocante":       "Marché d’été & brocante",
		"Fêtes &amp;amp; culture":                 "Fêtes & culture",
		"Salle &quot;Le Tilleul&quot;":            `Salle "Le Tilleul"`,
		"Concert <b>de l'été</b><br>(salle)":      "Concert de l'été (salle)",
		"&lt;i&gt;Ouvert&lt;/i&gt; &agrave; tous": "Ouvert à tous",
		"A < B & C > D":                           "A < B & C > D",
		"Réunion <à confirmer>":                   "Réunion <à confirmer>",
		"R&D ; AT&T;":                             "R&D ; AT&T;",
		" deux\n lignes ":                         "deux lignes",
		"":                                        "",
	} {
		if got := Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestProse(t *testing.T) {
	for in, want := range map[string]string{
		"a\r\nb\n\nc":                          "<p>a<br>b</p><p>c</p>",
		"Voir www.a.example/x, ou non.":        `<p>Voir <a href="https://www.a.example/x">www.a.example/x</a>, ou non.</p>`,
		"Points :\n• Budget\n• Voirie":         "<p>Points :<br>• Budget<br>• Voirie</p>",
		"<p>a</p><ul><li>b</li></ul>":          "<p>a</p><ul><li>b</li></ul>",
		"a <b>c</b>\nd":                        "<p>a <b>c</b><br>d</p>",
		"&lt;p&gt;a&lt;/p&gt;":                 "<p>a</p>",
		"&amp;lt;p&amp;gt;a&amp;lt;/p&amp;gt;": "<p>a</p>",
		"1 &lt; 2 &amp; l&#8217;eau":           "<p>1 &lt; 2 &amp; l’eau</p>",
		"1 < 2 & 3 <i":                         "<p>1 &lt; 2 &amp; 3 &lt;i</p>",
		" \n ":                                 "",
	} {
		if got := Prose(in); got != want {
			t.Errorf("Prose(%q) = %q, want %q", in, got, want)
		}
	}
	if got, want := Paragraphs("<b>&amp;</b>"), "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>"; got != want {
		t.Errorf("Paragraphs = %q, want %q", got, want)
	}
}

func TestClip(t *testing.T) {
	for n, want := range map[int]string{0: "", 1: "é", 2: "ét", 3: "été", 9: "été"} {
		if got := Clip("été", n); got != want {
			t.Errorf("Clip(été, %d) = %q, want %q", n, got, want)
		}
	}
}

func TestWeb(t *testing.T) {
	base := Base("https://v.example/a/b.html#c")
	for ref, want := range map[string]string{
		"x.pdf": "https://v.example/a/x.pdf", "../y": "https://v.example/y", "//w.example/z": "https://w.example/z", "#h": "https://v.example/a/b.html#h", "?q=1": "https://v.example/a/b.html?q=1",
		" http://w.example ": "http://w.example", "webcal://w.example/c.ics": "https://w.example/c.ics", "WEBCAL://w.example/c.ics": "https://w.example/c.ics", "webcals://w.example/c": "https://w.example/c",
		"feed://w.example/f": "http://w.example/f", "feed:http://w.example/f": "http://w.example/f",
		"": "", "mailto:a@b.example": "", "javascript:alert(1)": "", "https://user:word@w.example/": "", "https://": "", "a b": "", "data:text/html,x": "", "%zz": "",
	} {
		if got := Web(base, ref); got != want {
			t.Errorf("Web(%v, %q) = %q, want %q", base, ref, got, want)
		}
	}
	var none *url.URL
	if got := Web(none, "x"); got != "" || Base("file:///x") != nil || Base("x") != nil {
		t.Errorf("Web(nil, x) = %q, want nothing", got)
	}
}

func FuzzProse(f *testing.F) {
	f.Add("a <b>&amp;amp;lt;script&gt;\n\nwww.x.example/")
	f.Fuzz(func(t *testing.T, s string) {
		s, _ = Text([]byte(s), "")
		once := markup.Sanitise(Prose(s), nil).String()
		if twice := markup.Sanitise(once, nil).String(); twice != once {
			t.Errorf("Sanitise(Prose(%q)) = %q, then %q", s, once, twice)
		}
		if l := Line(s); Line(Clip(l, len(l))) == "" && l != "" && !IsHTML(opened(l)) {
			t.Errorf("Line(Line(%q)) is empty", s)
		}
	})
}
