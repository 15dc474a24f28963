package markup

import "testing"

func TestRecognised(t *testing.T) {
	for _, s := range []string{
		"", "a &lt; b", `<p class="ca-note" lang="fr">a<br>b</p>`, `<a href="https://a.be/?a=1&amp;b" rel="noopener nofollow ugc">x</a>`,
		`<a href="mailto:a@b.be">x</a>`, `<img src="http://a.be/i.png" alt="a &lt; b" width="3">`, `<details open="">x</details>`,
	} {
		if !recognised(s) {
			t.Errorf("recognised(%q) = false", s)
		}
	}
	for _, s := range []string{
		"a > b", "<", "a<", "<p", "</p", "<>", "</>", "< p>", "<p/>", "<p\n>", "<P>", "</p >", "</br>", "<!-- -->", "<!doctype html>", "<?x?>",
		"<script>", "</script>", "<style>", "<svg>", "<xmp>", "<noscript>", "<textarea>", "<title>", "<x-y>", `<p onclick="x">`, `<p style="x">`, `<p id="x">`,
		`<p lang=fr>`, `<p lang='fr'>`, `<p lang="fr>`, `<p lang="fr"dir="ltr">`, `<p lang="fr" >`, `<p lang="fr"  dir="ltr">`, `<p lang>`, `<p  lang="fr">`,
		`<p class="evil">`, `<p LANG="fr">`, `<p lang = "fr">`, `<p/lang="fr">`, `<p lang="fr"/>`,
		`<a href="javascript:alert(1)">`, `<a href=" https://a.be">`, `<a href="/x">`, `<a href="//a.be">`, `<a href="JAVASCRIPT:x">`, `<a href="&#106;avascript:x">`,
		`<a href="data:text/html,x">`, `<a rel="opener">`, `<p rel="noopener nofollow ugc">`, `<img src="mailto:a@b.be">`, `<q cite="tel:1">`, `<p href="https://a.be">`,
		`<img alt="a > b">`, `<img alt="<b>">`, `<img srcset="https://a.be/i.png">`, `<img width="1e9">`, `<a target="_blank">`,
	} {
		if recognised(s) {
			t.Errorf("recognised(%q) = true, want it refused", s)
		}
	}
}
