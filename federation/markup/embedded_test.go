package markup

import (
	"net/url"
	"strings"
	"testing"
)

// TestEmbedded leaves a named link where something foreign was shown.
func TestEmbedded(t *testing.T) {
	base, _ := url.Parse("https://v.example/a/b.html")
	const rel = `" rel="noopener nofollow ugc">`
	for raw, want := range map[string]string{
		`<iframe src="https://films.example/embed/1" title="Le conseil en images"></iframe>`: `<a href="https://films.example/embed/1` + rel + `Le conseil en images</a>`,
		`<p>Carte : <iframe src="//cartes.example/x"></iframe></p>`:                          `<p>Carte : <a href="https://cartes.example/x` + rel + `cartes.example</a></p>`,
		`<iframe data-src="/film"></iframe>`:                                                 `<a href="https://v.example/film` + rel + `v.example</a>`,
		`<video src="film.mp4">no player</video>`:                                            `<a href="https://v.example/a/film.mp4` + rel + `v.example</a>`,
		`<audio aria-label="Annonce"><source src="a.mp3"></audio>`:                           `<a href="https://v.example/a/a.mp3` + rel + `Annonce</a>`,
		`<embed src="x.swf">`: `<a href="https://v.example/a/x.swf` + rel + `v.example</a>`,
		`<iframe src="javascript:alert(1)" title="x"></iframe>`: ``,
		`<iframe srcdoc="<p>x"></iframe>`:                       ``,
		`<a href="/c"><video src="f.mp4"></video>y</a>`:         `<a href="https://v.example/c` + rel + `y</a>`,
	} {
		got := Sanitise(raw, base)
		if got.String() != want {
			t.Errorf("Sanitise(%s) = %s, want %s", raw, got, want)
		}
		if again := Sanitise(got.String(), base); !again.Equal(got) {
			t.Errorf("Sanitise(%s) again = %s", got, again)
		}
	}
}

// TestLatePictures shows the picture that a script would, not what stands in its
// place until then.
func TestLatePictures(t *testing.T) {
	base, _ := url.Parse("https://v.example/")
	for _, raw := range []string{
		`<img src="/blank.gif" data-src="/p.jpg">`, `<img src="/loading.gif" data-lazy-src="/p.jpg">`, `<img data-original="/p.jpg">`,
		`<img src="data:image/gif;base64,R0" data-srcset="/p.jpg 1x, /q.jpg 2x">`, `<img srcset="/p.jpg, /q.jpg 2x">`, `<img src="/p.jpg" srcset="/q.jpg 2x">`,
	} {
		if got, want := Sanitise(raw, base).String(), `<img src="https://v.example/p.jpg">`; got != want {
			t.Errorf("Sanitise(%s) = %s, want %s", raw, got, want)
		}
	}
}

// TestTwins shows a picture once that a page holds twice, for readers with and
// without scripts, and the one that is no placeholder.
func TestTwins(t *testing.T) {
	base, _ := url.Parse("https://v.example/")
	img := func(names ...string) (out string) {
		for _, n := range names {
			out += `<img src="https://v.example/` + n + `.jpg">`
		}
		return out
	}
	for raw, want := range map[string]string{
		`<img src="/blank.gif" data-lazy-src="/p.jpg"><noscript><img src="/p.jpg"></noscript>`:                 img("p"), // French
		"<img class=lazyload src=\"/laden.gif\">\n <noscript><img src=\"/foto.jpg\"></noscript>":               "\n " + img("foto"),
		`<noscript><img src="/bild.jpg"></noscript> <img data-src="/bild.jpg" src="data:image/gif;base64,R0">`: img("bild"),
		`<figure><img data-srcset="/s.jpg 1x, /l.jpg 2x"><noscript><img src="/hall.jpg"></noscript></figure>`:  "<figure>" + img("hall") + "</figure>",
		`<img src="/a.jpg"><noscript><img src="/b.jpg"></noscript>`:                                            img("a", "b"), // not one twice
		`<img data-src="/a.jpg"><noscript><img src="/count.gif" width=1 height=1></noscript>`:                  img("a"),
		`<img data-src="/a.jpg"><noscript>Sans script</noscript>`:                                              img("a") + "Sans script",
		`<img data-src="/a.jpg"><img data-src="/b.jpg"><noscript><img src="/b.jpg"></noscript>`:                img("a", "b"),
	} {
		got := Sanitise(raw, base)
		if strings.TrimSpace(got.String()) != strings.TrimSpace(want) {
			t.Errorf("Sanitise(%s) = %s, want %s", raw, got, want)
		}
		if again := Sanitise(got.String(), base); !again.Equal(got) {
			t.Errorf("Sanitise(%s) again = %s", got, again)
		}
	}
}
