package discover

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
)

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<base href=//x><link rel=alternate type=application/rss+xml href=a title=b><a href=/rss>x</a><style>--main:#123</style>`), `<a>; rel=icon`)
	f.Add([]byte(`<meta name=generator content="SPIP 4"><title>a|b`), "")
	if paths, err := filepath.Glob("../../../shared/data/feeds/html-discovery/*.html"); err == nil {
		for _, p := range paths {
			if body, err := os.ReadFile(p); err == nil {
				f.Add(body[:min(len(body), 20_000)], "")
			}
		}
	}
	f.Fuzz(func(t *testing.T, body []byte, link string) {
		p := Read(body, address, http.Header{"Link": {link}})
		addresses := append([]string{p.Base, p.Logo()}, p.Sitemaps...)
		if p.Canonical != "" {
			addresses = append(addresses, p.Canonical)
		}
		for _, c := range p.Candidates() {
			addresses = append(addresses, c.URL)
			if !utf8.ValidString(c.Title) {
				t.Errorf("title %q is not UTF-8", c.Title)
			}
		}
		for _, a := range addresses {
			u, err := url.Parse(a)
			if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
				t.Errorf("address %q is not one to fetch", a)
			}
		}
		for _, s := range []string{p.Slug(), Slug(string(body))} {
			if s != "" && !federation.ValidSlug(s) {
				t.Errorf("slug %q is not valid", s)
			}
		}
		if p.Language != "" && !federation.ValidLanguage(p.Language) {
			t.Errorf("language %q is not valid", p.Language)
		}
	})
}
