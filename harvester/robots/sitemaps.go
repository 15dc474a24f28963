package robots

import (
	"net/url"
	"slices"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

const maxSitemaps = 1000

// Sitemaps are the addresses in the Sitemap lines of the robots.txt at an address
// (sitemaps.org, "Submitting sitemaps"), each once, in their order, at most
// 1,000; the lines hold wherever they stand. They are claims: a host may name any
// other.
func Sitemaps(body []byte, address string) []string {
	base := read.Base(address)
	var out []string
	for line := range strings.Lines(string(body[:min(len(body), maxBody)])) {
		name, value, found := strings.Cut(strings.TrimPrefix(line, "\ufeff"), ":")
		if !found || !strings.EqualFold(strings.TrimSpace(name), "sitemap") {
			continue
		}
		value, _, _ = strings.Cut(value, " #")
		u, err := url.Parse(read.Web(base, strings.ReplaceAll(strings.TrimSpace(value), " ", "%20")))
		if err != nil || u.Host == "" || slices.Contains(out, u.String()) || len(out) == maxSitemaps {
			continue
		}
		out = append(out, u.String())
	}
	return out
}

// Address is that of the robots.txt of the host of a page (RFC 9309, 2.3); ""
// when the page has no host.
func Address(page string) string {
	u, err := url.Parse(page)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host + "/robots.txt"
}
