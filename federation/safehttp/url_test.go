package safehttp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation/shareddata"
)

func TestParseURL(t *testing.T) {
	tests := []struct{ raw, want string }{
		{"https://www.vallonie.example/fr/rss.xml?a=1&b=%20#top", "https://www.vallonie.example/fr/rss.xml?a=1&b=%20#top"},
		{"HTTP://WWW.Example.ORG", "http://www.example.org/"},
		{"http://example.org:80/", "http://example.org/"},
		{"https://example.org:/", "https://example.org/"},
		{"https://example.org:80/", "https://example.org:80/"},
		{"http://besançon.example/actualités", "http://xn--besanon-yxa.example/actualit%C3%A9s"},
		{"http://my_town.example/", "http://my_town.example/"},
		{"http://r3---sn.example/", "http://r3---sn.example/"},
		{"http://93.184.216.34:8080/", "http://93.184.216.34:8080/"},
		{"http://[2a01:e0a::1]:80/", "http://[2a01:e0a::1]/"},
		{"http://plone:8080/Plone/RSS", "http://plone:8080/Plone/RSS"},
		{"http://example.org/@user/50%25", "http://example.org/@user/50%25"},
		{"http://1.example/", "http://1.example/"},
	}
	for _, test := range tests {
		u, err := ParseURL(test.raw)
		if err != nil || u.String() != test.want {
			t.Errorf("ParseURL(%q) = %v, %v, want %q", test.raw, u, err, test.want)
		}
	}
}

func TestParseURLRefuses(t *testing.T) {
	for _, raw := range []string{
		"", "/", "example.org", "//example.org/", "http:", "http://", "http:///x", "http:/example.org/", "http:example.org",
		"ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "jar:http://example.org!/",
		"http://user@example.org/", "http://@example.org/", "http://a:b@example.org/",
		"http://example.org\\@evil.example/", "http:\\\\example.org/", " http://example.org/", "http://example.org/ ",
		"http://example.org/a b", "http://exam\tple.org/", "http://example.org/\r\nX: 1", "http://example.org/\x7f",
		"http://example.org/\u00a0", "http://example.org/\u2028", "http://example.org/\xff",
		"http://ex%61mple.org/", "http://%C3%A9.example/", "http://a\u00adb.example/", "http://♥.example/", "http://example.org%2f/", "http://example..org/", "http://.example.org/", "http://example.org./",
		"http://example.org:0/", "http://example.org:080/", "http://example.org:65536/", "http://example.org:8a/", "http://example.org:80:81/",
		"http://0x7f000001/", "http://127.1/", "http://2130706433/", "http://0177.0.0.1/", "http://127.0.0.1./", "http://0/", "http://0x/",
		"http://256.1.1.1/", "http://1.2.3.4.5/", "http://foo.0x10/", "http://foo.09/", "http://127\u30020\u30020\u30021/", "http://１２７.0.0.1/", "http://①②⑦.0.0.1/",
		"http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[0::1]/", "http://[2A01::1]/", "http://[fe80::1%25lo]/", "http://[1.2.3.4]/", "http://[::1/", "http://::1/",
		"http://exa<mple.org/", "http://exa;mple.org/", "http://a\u2025b/", "http://a\u2100b.example/", "http://xn--zz--/",
		"http://" + strings.Repeat("a", 64) + ".example/", "http://" + strings.Repeat("a.", 127) + "example/",
		"http://example.org/" + strings.Repeat("a", MaxURL), "http://example.org/" + strings.Repeat("é", 700), "http://example.org/%zz",
	} {
		if u, err := ParseURL(raw); err == nil {
			t.Errorf("ParseURL(%q) = %q, want an error", raw, u)
		}
	}
}

func TestResolve(t *testing.T) {
	base, err := ParseURL("https://example.org:8443/a/b?c#d")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ ref, want string }{
		{"/x", "https://example.org:8443/x"},
		{"x", "https://example.org:8443/a/x"},
		{"?y", "https://example.org:8443/a/b?y"},
		{"../../../z", "https://example.org:8443/z"},
		{"//Other.example/", "https://other.example/"},
		{"http://other.example:80", "http://other.example/"},
		{"/actualités", "https://example.org:8443/actualit%C3%A9s"},
		{"///other.example/", ""},
		{"/\\other.example/", ""},
		{"\\\\other.example/", ""},
		{"https:other.example", ""},
		{"//user@other.example/", ""},
		{"file:///etc/passwd", ""},
		{"data:text/xml,<rss/>", ""},
		{"/a\tb", ""},
		{"//127.1/", ""},
	}
	for _, test := range tests {
		u, err := resolve(base, test.ref)
		switch {
		case test.want == "" && err == nil:
			t.Errorf("resolve(%q, %q) = %q, want an error", base, test.ref, u)
		case test.want != "" && (err != nil || u.String() != test.want):
			t.Errorf("resolve(%q, %q) = %v, %v, want %q", base, test.ref, u, err, test.want)
		}
	}
}

// TestOracleB holds the gate to the WHATWG: refuse, or agree on host and port.
func TestOracleB(t *testing.T) {
	accepted := 0
	for _, c := range lines[struct {
		Input    string
		Base     *string
		Href     string // empty when the WHATWG refuses
		Hostname string
		Port     string
		Protocol string
	}](t, "wpt-url.jsonl") {
		u, err := parseWith(c.Base, c.Input)
		if err != nil {
			continue
		}
		accepted++
		if c.Href == "" || u.Hostname() != strings.Trim(c.Hostname, "[]") || u.Port() != c.Port || u.Scheme+":" != c.Protocol {
			t.Errorf("gate reads %q (base %q) as %q, WHATWG as %q", c.Input, deref(c.Base), u, c.Href)
		}
	}
	t.Logf("accepted %d", accepted)
	if accepted < 40 {
		t.Errorf("gate accepts %d of the WHATWG's URLs, want 40 or more: it refuses everything", accepted)
	}
}

func TestOracleBDomains(t *testing.T) {
	accepted := 0
	for _, c := range lines[struct {
		Input  string
		Output *string
	}](t, "wpt-idna-toascii.jsonl") {
		u, err := ParseURL("http://" + c.Input + "/")
		if err != nil {
			continue
		}
		accepted++
		if c.Output == nil || u.Host != *c.Output {
			t.Errorf("ParseURL reads host %q as %q, WHATWG as %q", c.Input, u.Host, deref(c.Output))
		}
	}
	t.Logf("accepted %d", accepted)
	if accepted < 10 {
		t.Errorf("ParseURL accepts %d of the WHATWG's domains, want 10 or more", accepted)
	}
}

func FuzzParseURL(f *testing.F) {
	for _, seed := range []string{"http://example.org/", "https://besançon.example:8443/é?q#f", "http://[2a01::1]:81/%41", "http://xn--a/", "http://127.0.0.1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := ParseURL(raw)
		if err != nil {
			return
		}
		text := u.String()
		again, err := ParseURL(text)
		if err != nil || again.String() != text || again.Host != u.Host {
			t.Fatalf("ParseURL(%q) = %q, and again %v, %v", raw, text, again, err)
		}
		plain, err := url.Parse(text)
		if err != nil || plain.Host != u.Host || plain.User != nil {
			t.Fatalf("url.Parse(%q) = %v, %v, want host %q", text, plain, err, u.Host)
		}
		if !strings.HasPrefix(text, u.Scheme+"://"+u.Host+"/") && !strings.HasPrefix(text, u.Scheme+"://"+u.Host+"?") {
			t.Fatalf("ParseURL(%q) = %q does not begin with its host", raw, text)
		}
		if _, err := resolve(u, text); err != nil {
			t.Fatalf("resolve(%q, itself): %v", u, err)
		}
	})
}

func parseWith(base *string, input string) (*url.URL, error) {
	if base == nil {
		return ParseURL(input)
	}
	b, err := ParseURL(*base)
	if err != nil {
		return nil, err
	}
	return resolve(b, input)
}

func deref(s *string) string {
	if s == nil {
		return "(none)"
	}
	return *s
}

// lines reads a file of ssrf cases, one JSON object a line.
func lines[T any](t *testing.T, name string) []T {
	t.Helper()
	return linesOf[T](t, filepath.Join(shareddata.Dir(t, "hostile/ssrf"), name))
}

func linesOf[T any](t *testing.T, path string) []T {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []T
	for s := bufio.NewScanner(bytes.NewReader(data)); s.Scan(); {
		var one T
		if err := json.Unmarshal(s.Bytes(), &one); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		t.Fatalf("%s is empty", path)
	}
	return all
}
