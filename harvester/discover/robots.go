package discover

import (
	"net/url"
	"strings"
)

// RobotsSitemaps are the addresses in the Sitemap lines of a robots.txt
// (sitemaps.org, "Submitting sitemaps"); the lines hold wherever they stand.
func RobotsSitemaps(body []byte, address string) []string {
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	r := &reader{base: base}
	var out []string
	for line := range strings.Lines(string(body[:min(len(body), maxToken)])) {
		name, value, found := strings.Cut(strings.TrimPrefix(line, "\ufeff"), ":")
		if !found || !strings.EqualFold(strings.TrimSpace(name), "sitemap") {
			continue
		}
		value, _, _ = strings.Cut(value, " #")
		if u := r.resolve(value); u != "" {
			out = appendOnce(out, u)
		}
	}
	return out
}

// RobotsURL is the address of the robots.txt of the page's host (RFC 9309,
// 2.3).
func (p Page) RobotsURL() string { return under(siteRoot(p.URL), "robots.txt") }
