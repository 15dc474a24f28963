package markup

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var base = &url.URL{Scheme: "https", Host: "www.namur.be", Path: "/fr/actualites/"}

func TestSanitise(t *testing.T) {
	for _, c := range []struct{ name, raw, want string }{
		{"plain", "L'été à Namur", "L'été à Namur"},
		{"plain with angle", "5 > 3", "5 &gt; 3"},
		{"kept", `<h2>Avis</h2><p>Rue <strong>fermée</strong></p>`, `<h2>Avis</h2><p>Rue <strong>fermée</strong></p>`},
		{"closed", `<ul><li>un<li><b>deux</ul>`, `<ul><li>un</li><li><b>deux</b></li></ul>`},
		{"script", `<p>a<script>alert(1)</script>b</p>`, `<p>ab</p>`},
		{"handler", `<p onclick="x()" style="color:red" id="top">a</p>`, `<p>a</p>`},
		{"foreign", `<p>a<svg><p>b</p></svg></p>`, `<p>a</p><p>b</p><p></p>`},
		{"unknown unwrapped", `<blink>a</blink>`, `a`},
		{"page structure", `<header>a</header><main>b</main>`, `<div>a</div><div>b</div>`},
		{"comment", `a<!-- <b>x</b> -->b`, `ab`},
		{"link", `<a href="/x y" target="_blank" rel="opener">a</a>`,
			`<a href="https://www.namur.be/x%20y" rel="noopener nofollow ugc">a</a>`},
		{"link upwards", `<a href="../agenda">a</a>`, `<a href="https://www.namur.be/fr/agenda" rel="noopener nofollow ugc">a</a>`},
		{"link to another host", `<a href="//b.be/">a</a>`, `<a href="https://b.be/" rel="noopener nofollow ugc">a</a>`},
		{"mail", `<a href="mailto:info@namur.be">a</a>`, `<a href="mailto:info@namur.be" rel="noopener nofollow ugc">a</a>`},
		{"phone", `<a href="tel:+3281246246">a</a>`, `<a href="tel:+3281246246" rel="noopener nofollow ugc">a</a>`},
		{"script link", "<a href=\"java\tscript:alert(1)\">a</a>", `a`},
		{"data link", `<a href="data:text/html,x">a</a>`, `a`},
		{"backslash", `<a href="https:\\evil.example/">a</a>`, `a`},
		{"user in link", `<a href="https://namur.be@evil.example/">a</a>`, `a`},
		{"international host", `<a href="https://liège.be/">a</a>`, `<a href="https://xn--lige-6oa.be/" rel="noopener nofollow ugc">a</a>`},
		{"tracking", `<a href="https://a.be/?id=3&utm_source=x&fbclid=y&page=2">a</a>`,
			`<a href="https://a.be/?id=3&amp;page=2" rel="noopener nofollow ugc">a</a>`},
		{"picture", `<img src="p.jpg" alt='l"été' width=600 onerror=x>`,
			`<img src="https://www.namur.be/fr/actualites/p.jpg" alt="l&#34;été" width="600">`},
		{"late picture", `<img src="data:image/gif;base64,R0" data-src="/p.jpg">`, `<img src="https://www.namur.be/p.jpg">`},
		{"pixel", `a<img src="https://t.example/p.gif" width="1" height="1">`, `a`},
		{"pixel by style", `a<img src="https://t.example/p.gif" style="width: 1px; height: 0">`, `a`},
		{"thin rule is no pixel", `<img src="https://a.be/l.gif" width="600" height="1">`,
			`<img src="https://a.be/l.gif" width="600" height="1">`},
		{"beacon", `a<img src="https://pixel.wp.com/b.gif?host=x">`, `a`},
		{"class", `<div class="red ca-warning ca-x  ca-note">a</div>`, `<div class="ca-warning ca-note">a</div>`},
		{"span without purpose", `<span class="x">a</span><span lang="de">b</span>`, `a<span lang="de">b</span>`},
		{"table", `<table><tr><th scope=row colspan=2>a<td onclick=x>b</table>`,
			`<table><tbody><tr><th scope="row" colspan="2">a</th><td>b</td></tr></tbody></table>`},
		{"leading line in pre", "<pre>\n\n a</pre>", "<pre>\n\n a</pre>"},
		{"control characters", "a\x00\x07&#1;b\r\nc", "ab\nc"},
		{"not UTF-8", "a\xffb<br>", "a\uFFFDb<br>"},
		{"link within link", `<a href="/1">a<table><td><a href="/2">b</a></table></a>`,
			`<a href="https://www.namur.be/1" rel="noopener nofollow ugc">a` +
				`<table><tbody><tr><td><a href="https://www.namur.be/2" rel="noopener nofollow ugc">b</a></td></tr></tbody></table></a>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Sanitise(c.raw, base)
			if diff := cmp.Diff(c.want, got.String()); diff != "" {
				t.Errorf("Sanitise(%q) (-want +got):\n%s", c.raw, diff)
			}
			if again := Sanitise(got.String(), nil); !again.Equal(got) {
				t.Errorf("sanitised twice: %q, once: %q", again, got)
			}
		})
	}
}

func TestSanitiseWithoutBase(t *testing.T) {
	raw := `<a href="/x">a</a><a href="//b.be/">b</a><a href="#c">c</a><img src="d.png">`
	want := `a<a href="https://b.be/" rel="noopener nofollow ugc">b</a>c`
	for _, base := range []*url.URL{nil, {Scheme: "file", Host: "h", Path: "/"}, {Path: "/x"}} {
		if got := Sanitise(raw, base).String(); got != want {
			t.Errorf("Sanitise(%q, %v) = %q, want %q", raw, base, got, want)
		}
	}
}

func TestStored(t *testing.T) {
	const kept = `<p>a</p><script>x</script>`
	if got := Stored(kept, Version).String(); got != kept {
		t.Errorf("Stored(%q, Version) = %q, want it unchanged", kept, got)
	}
	if got := Stored(kept, Version-1).String(); got != "<p>a</p>" {
		t.Errorf("Stored(%q, Version-1) = %q, want it sanitised", kept, got)
	}
}

func TestJSON(t *testing.T) {
	type item struct {
		Body  HTML `json:"body"`
		Empty HTML `json:"empty,omitzero"`
	}
	var in item
	if err := json.Unmarshal([]byte(`{"body":"<p onclick=x>a"}`), &in); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(in); err != nil {
		t.Fatal(err)
	}
	if want := `{"body":"<p>a</p>"}` + "\n"; out.String() != want {
		t.Errorf("round trip = %s, want %s", out.String(), want)
	}
}

func TestTemplate(t *testing.T) {
	if got := Sanitise("<i>a</i>", nil).Template(); got != "<i>a</i>" {
		t.Errorf("Template() = %q", got)
	}
	if !(HTML{}).IsZero() || Sanitise("a", nil).IsZero() {
		t.Error("IsZero is not true of the empty fragment alone")
	}
}

// TestPreBeginsWithControl: what is dropped before a line break at the start of
// <pre> must not leave the break for the next parse to drop.
func TestPreBeginsWithControl(t *testing.T) {
	for _, raw := range []string{"<pre>\x05\n", "<pre lang=fr>\x05\n\ntext", "<pre>\n\n\ntext", "<p>a<pre>\n</pre>b"} {
		once := Sanitise(raw, nil).String()
		if twice := Sanitise(once, nil).String(); twice != once {
			t.Errorf("Sanitise(%q) = %q, again %q", raw, once, twice)
		}
	}
}
