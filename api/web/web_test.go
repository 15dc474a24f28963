package web

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQuery(t *testing.T) {
	for raw, want := range map[string]url.Values{
		"":                             {},
		"&&":                           {},
		"q=plan&type=news":             {"q": {"plan"}, "type": {"news"}},
		"q=plan+2026&q=b":              {"q": {"plan 2026", "b"}},
		"q=%C3%A9t%c3%a9":              {"q": {"été"}},
		"q=100%":                       {"q": {"100%"}},
		"q=100%&lang=fr":               {"q": {"100%"}, "lang": {"fr"}},
		"q=%zz%4":                      {"q": {"%zz%4"}},
		"q=a;b":                        {"q": {"a;b"}},
		"q=a=b":                        {"q": {"a=b"}},
		"q":                            {"q": {""}},
		"=x":                           {"": {"x"}},
		"q=plan&amp;type=news":         {"q": {"plan"}, "type": {"news"}},
		"q=plan&amp;amp;type=news":     {"q": {"plan"}, "type": {"news"}},
		"a%6Db=1&%71=x":                {"amb": {"1"}, "q": {"x"}},
		"q=%00%FF":                     {"q": {"\x00\xff"}},
		"utm_source=x&UTM_SOURCE=y&#a": {"utm_source": {"x"}, "UTM_SOURCE": {"y"}, "#a": {""}},
	} {
		if diff := cmp.Diff(want, Query(raw)); diff != "" {
			t.Errorf("Query(%q) (-want +got):\n%s", raw, diff)
		}
	}
}

// FuzzQuery: what net/url reads, Query reads alike.
func FuzzQuery(f *testing.F) {
	for _, s := range []string{"q=plan&type=news", "q=%C3%A9", "a=b=c&d", "+=+", "q=%2b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got := Query(raw)
		if want, err := url.ParseQuery(raw); err == nil && !strings.Contains(raw, "amp;") {
			if diff := cmp.Diff(map[string][]string(want), map[string][]string(got)); diff != "" {
				t.Errorf("Query(%q) differs from net/url (-want +got):\n%s", raw, diff)
			}
		}
		if diff := cmp.Diff(map[string][]string(got), map[string][]string(Query(got.Encode()))); diff != "" {
			t.Errorf("Query(%q) written out and read again (-want +got):\n%s", raw, diff)
		}
	})
}

func TestPlain(t *testing.T) {
	for raw, want := range map[string]string{
		"/members/sambre%2Dsur%2Dorne": "/members/sambre-sur-orne",
		"/members/%73amb":              "/members/samb",
		"/members/%53amb":              "/members/Samb",
		"/members/a%2Fb":               "/members/a%2Fb", // a slash that parts nothing
		"/members/a%2fb%2d":            "/members/a%2fb-",
		"/members/%25%32%44":           "/members/%252D", // decoded once only
		"/members/%C3%A9":              "/members/%C3%A9",
		"/members/a%20b":               "/members/a%20b",
		"/members/%7Ex%2E%5f":          "/members/~x._",
	} {
		u, err := url.Parse("https://hub.example" + raw)
		if err != nil {
			t.Fatal(err)
		}
		path := u.Path
		Plain(u)
		if u.EscapedPath() != want || u.Path != path {
			t.Errorf("Plain(%q) = %q, %q, want %q and the path as it was", raw, u.EscapedPath(), u.Path, want)
		}
	}
}

func TestRespelt(t *testing.T) {
	for path, want := range map[string]string{
		"/":                       "/",
		"//":                      "/",
		"//evil.example/x":        "/evil.example/x",
		"/members//samb":          "/members/samb",
		"///members///samb//":     "/members/samb/",
		"/members/Samb":           "/members/samb",
		"/Members/SAMB":           "/members/samb",
		"/channels/Actus.RSS":     "/channels/actus.rss",
		"/embed/Samb-Actus.html":  "/embed/samb-actus.html",
		"/assets/portal.Kx3.css":  "/assets/portal.Kx3.css",
		"/w/1.2.0/X.js":           "/w/1.2.0/X.js",
		"/members/%C3%89t%C3%A9":  "/members/%C3%89t%C3%A9",
		"/pictures/abc/K-640.jpg": "/pictures/abc/K-640.jpg",
	} {
		if got := Respelt(path); got != want {
			t.Errorf("Respelt(%q) = %q, want %q", path, got, want)
		}
		if again := Respelt(want); again != want {
			t.Errorf("Respelt(%q) = %q; it must not change its own", want, again)
		}
	}
}
