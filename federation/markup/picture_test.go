package markup

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestWithPictures: every picture of a text is loaded from where the page
// says, the text is as it was, and nothing in it becomes markup.
func TestWithPictures(t *testing.T) {
	const other = "https://t.example/"
	for _, test := range []struct{ name, raw, want string }{
		{"one", `<p>a<img src="https://t.example/a.png" alt="x &amp; y" width="3">b</p>`, `<p>a<img src="/pictures/1" alt="x &amp; y" width="3">b</p>`},
		{"http", `<img src="http://t.example/a.png" alt="">`, `<img src="/pictures/1" alt="">`},
		{"query", `<img src="https://t.example/a?x=1&amp;y=&quot;2" alt="">`, `<img src="/pictures/1" alt="">`},
		{"srcset", `<img srcset="https://t.example/a 1x" src="https://t.example/b" sizes="1px">`, `<img src="/pictures/1" alt="">`},
		{"picture", `<picture><source srcset="https://t.example/a"><img src="https://t.example/b"></picture>`, `<img src="/pictures/1" alt="">`},
		{"protocol", `<img src="//t.example/b">`, `<img src="/pictures/1" alt="">`},
		{"none", `<p>a &lt;img src=x&gt; b</p>`, `<p>a &lt;img src=x&gt; b</p>`},
		{"refused", `<p>a <img src="https://no.example/b" alt="un &lt;b&gt; plan"> b</p>`, `<p>a un &lt;b&gt; plan b</p>`},
		{"alt as markup", `<img src="https://t.example/a" alt="&quot;&gt;&lt;script&gt;">`, `<img src="/pictures/1" alt="&#34;&gt;&lt;script&gt;">`},
	} {
		got := Sanitise(test.raw, nil).WithPictures(func(address string) string {
			if strings.Contains(address, "no.example") {
				return ""
			}
			return "/pictures/1"
		}).String()
		if norm := strings.NewReplacer("&#34;", "&quot;"); norm.Replace(got) != norm.Replace(test.want) || strings.Contains(got, other) {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	h := Sanitise(`<img src="https://a.example/1"><p><img src="https://b.example/2?a=1&amp;b=2"></p>`, nil)
	if got := h.Pictures(); !slices.Equal(got, []string{"https://a.example/1", "https://b.example/2?a=1&b=2"}) {
		t.Errorf("Pictures = %q", got)
	}
}

// plain is a text without the pictures' own words, which may be added empty
// and stand elsewhere.
func plain(h HTML) string { return described.ReplaceAllString(h.String(), "") }

var described = regexp.MustCompile(` alt="[^"]*"`)

// FuzzWithPictures: whatever the text, no address of a picture but ours is
// left, and the rest is what it was.
func FuzzWithPictures(f *testing.F) {
	f.Add(`<p>a<img src="https://t.example/a.png" alt="x"><pre>
<img src=//b.example></pre>`)
	f.Fuzz(func(t *testing.T, raw string) {
		h := Sanitise(raw, nil)
		same := h.WithPictures(func(address string) string { return address })
		if plain(same) != plain(h) {
			t.Errorf("with its own pictures %q becomes %q", h, same)
		}
		for _, p := range h.WithPictures(func(string) string { return "/p" }).Pictures() {
			if p != "/p" {
				t.Errorf("%q still loads %q", h, p)
			}
		}
	})
}
