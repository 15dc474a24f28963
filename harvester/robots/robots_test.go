package robots_test

import (
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/harvester/robots"
)

// TestAllowed holds the rules of RFC 9309; the numbers are its sections.
func TestAllowed(t *testing.T) {
	const agent = "Carillon/1.0 (+https://hub.example)"
	for _, c := range []struct {
		name, robots string
		status       int
		path         string
		want         bool
	}{
		{"2.3.1.3 unavailable", "User-agent: *\nDisallow: /", 404, "/a", true},
		{"2.3.1.3 forbidden", "", 403, "/a", true},
		{"2.3.1.4 unreachable", "", 503, "/a", false},
		{"2.3.1.4 no answer", "", 0, "/a", false},
		{"2.3.1.2 too many redirects", "", 302, "/a", true},
		{"empty", "", 200, "/a", true},
		{"itself", "User-agent: *\nDisallow: /", 200, "/robots.txt", true},
		{"all", "User-agent: *\nDisallow: /", 200, "/", false},
		{"empty disallow", "User-agent: *\nDisallow:", 200, "/a", true},
		{"2.2.1 case of the agent", "User-Agent: CARILLON\nDisallow: /a", 200, "/a", false},
		{"2.2.1 version in the line", "User-agent: carillon/2.0\nDisallow: /a", 200, "/a", false},
		{"2.2.1 own group alone", "User-agent: *\nDisallow: /\n\nUser-agent: carillon\nDisallow: /x", 200, "/a", true},
		{"2.2.1 another's name begins like ours", "User-agent: cari\nDisallow: /", 200, "/a", true},
		{"2.2.1 groups are combined", "User-agent: carillon\nDisallow: /a\n\nUser-agent: b\nDisallow: /\n\nUser-agent: carillon\nDisallow: /c", 200, "/c", false},
		{"2.2.1 several agents, one group", "User-agent: b\nUser-agent: carillon\nDisallow: /a", 200, "/a", false},
		{"2.2.1 other lines do not end a group", "User-agent: carillon\nSitemap: https://x.example/s.xml\nUser-agent: b\nDisallow: /a", 200, "/a", false},
		{"rules before any agent", "Disallow: /a", 200, "/a", true},
		{"2.2.2 longest wins", "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif", 200, "/example/page/disallowed.gif", false},
		{"2.2.2 longest wins, allow", "User-agent: *\nDisallow: /example/\nAllow: /example/page", 200, "/example/page/x", true},
		{"2.2.2 equal: allow", "User-agent: *\nDisallow: /page\nAllow: /page", 200, "/page", true},
		{"2.2.2 equal: allow, first", "User-agent: *\nAllow: /page\nDisallow: /page", 200, "/page", true},
		{"2.2.2 case of the path", "User-agent: *\nDisallow: /A", 200, "/a", true},
		{"2.2.2 octets", "User-agent: *\nDisallow: /foo/bar/ツ", 200, "/foo/bar/%E3%83%84", false},
		{"2.2.2 encoded octets", "User-agent: *\nDisallow: /foo/bar/%e3%83%84", 200, "/foo/bar/ツ", false},
		{"2.2.2 encoded unreserved", "User-agent: *\nDisallow: /foo/bar/%62%61%7A", 200, "/foo/bar/baz", false},
		{"2.2.2 reserved differ", "User-agent: *\nDisallow: /a%2Fb", 200, "/a/b", true},
		{"2.2.3 star", "User-agent: *\nDisallow: /*.pdf", 200, "/x/y.pdf?v=1", false},
		{"2.2.3 star and end", "User-agent: *\nDisallow: /*.pdf$", 200, "/x/y.pdf?v=1", true},
		{"2.2.3 end", "User-agent: *\nDisallow: /*.pdf$", 200, "/x/a.pdf.b.pdf", false},
		{"2.2.3 end without star", "User-agent: *\nDisallow: /a$", 200, "/ab", true},
		{"2.2.3 pattern begins at the root", "User-agent: *\nDisallow: /fish*.php", 200, "/a/fish.php", true},
		{"2.2.3 several stars", "User-agent: *\nDisallow: /a*b*c$", 200, "/a-b-b-c", false},
		{"2.2.3 star at the front", "User-agent: *\nDisallow: *private", 200, "/x/private/y", false},
		{"query", "User-agent: *\nDisallow: /*?print=", 200, "/a?print=1", false},
		{"whole address", "User-agent: *\nDisallow: /a", 200, "https://www.ville.example/a#x", false},
		{"home without a slash", "User-agent: *\nDisallow: /", 200, "https://www.ville.example", false},
		{"comment", "User-agent: * # all\nDisallow: /a # not this", 200, "/a", false},
		{"byte order mark", "\xef\xbb\xbfUser-agent: *\nDisallow: /a", 200, "/a", false},
		{"CR line ends", "User-agent: *\rDisallow: /a\r\r\nAllow: /b", 200, "/a", false},
		{"no slash", "User-agent: *\nDisallow: a", 200, "/a", false},
		{"spaces around", " user-agent : * \n disallow : /a ", 200, "/a", false},
		{"bad delay", "User-agent: *\nCrawl-delay: soon\nDisallow: /a", 200, "/a", false},
		{"a web page", "<html><body>Disallow: /</body></html>", 200, "/a", true},
	} {
		if got := robots.Read([]byte(c.robots), c.status, agent).Allowed(c.path); got != c.want {
			t.Errorf("%s: Read(%q, %d).Allowed(%q) = %v, want %v", c.name, c.robots, c.status, c.path, got, c.want)
		}
	}
}

func TestDelay(t *testing.T) {
	r := robots.Read([]byte("Sitemap: https://a.example/s.xml\nUser-agent: *\nCrawl-delay: 9\n\nUser-agent: carillon\nCrawl-delay: 2.5\nSITEMAP: http://b.example/n.xml"), 200, "carillon")
	if r.CrawlDelay() != 2500*time.Millisecond {
		t.Errorf("CrawlDelay() = %s, want 2.5s", r.CrawlDelay())
	}
	for _, s := range []string{"-1", "NaN", "1e300", "Inf"} {
		if d := robots.Read([]byte("User-agent: *\nCrawl-delay: "+s), 200, "carillon").CrawlDelay(); d < 0 || d > 24*time.Hour {
			t.Errorf("CrawlDelay() of %s = %s, want 0 to a day", s, d)
		}
	}
}

// TestSize reads half a megabyte and no half line (RFC 9309, 2.5).
func TestSize(t *testing.T) {
	rule := "User-agent: *\nDisallow: /early\n"
	fill := strings.Repeat("# comment\n", 60_000)
	r := robots.Read([]byte(rule+fill+"Disallow: /late\n"), 200, "carillon")
	if r.Allowed("/early") || !r.Allowed("/late") {
		t.Errorf("Allowed(early, late) = %v, %v, want false, true", r.Allowed("/early"), r.Allowed("/late"))
	}
	hard := "User-agent: *\n" + strings.Repeat("Disallow: /*a*a*a*a*b\n", 20_000)
	if !robots.Read([]byte(hard), 200, "carillon").Allowed("/" + strings.Repeat("a", 2000)) {
		t.Error("Allowed = false for a path that no pattern matches")
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*a$\nAllow: /%zz"), "/a%2")
	f.Fuzz(func(t *testing.T, body []byte, path string) {
		r := robots.Read(body, 200, "carillon")
		if !r.Allowed(path) && !strings.Contains(strings.ToLower(string(body)), "disallow") || !r.Allowed("/robots.txt") {
			t.Errorf("Read(%q) forbids %q and nothing says so", body, path)
		}
	})
}
