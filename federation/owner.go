package federation

import (
	"maps"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// owners are the slugs of the members by the hosts of their sites, and by the
// registrable domains of these.
type owners struct {
	hosts, domains map[string][]string
}

// newOwners reads the home page and the sites of each member: what the
// operator says, never what a source writes.
func newOwners(members []Member) owners {
	o := owners{map[string][]string{}, map[string][]string{}}
	for _, m := range members {
		for _, address := range append([]string{m.URL}, m.Sites...) {
			host := siteOf(address)
			add(o.hosts, host, m.Slug)
			if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
				add(o.domains, domain, m.Slug)
			}
		}
	}
	return o
}

func add(to map[string][]string, key, slug string) {
	if key != "" && !slices.Contains(to[key], slug) {
		to[key] = append(to[key], slug)
	}
}

// of are the members on whose site an address is: those of that very host,
// else those of the nearest host above it, else those whose site is in the
// same registrable domain (agenda.ville.example and www.ville.example).
func (o owners) of(address string) []string {
	host := siteOf(address)
	if host == "" {
		return nil
	}
	for name := host; name != ""; {
		if found := o.hosts[name]; found != nil {
			return found
		}
		if isAddress(name) {
			return nil
		}
		_, name, _ = strings.Cut(name, ".")
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return nil
	}
	return o.domains[domain]
}

// siteOf is the host of an address as sites are told apart: lower case,
// without www; of an IP address with its port, which is all that tells two
// sites on one machine apart.
func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if _, err := netip.ParseAddr(host); err == nil || host == "localhost" {
		return strings.ToLower(u.Host)
	}
	return strings.TrimPrefix(host, "www.")
}

// isAddress reports whether a host as siteOf writes it is one machine's, with
// no domain above it.
func isAddress(host string) bool {
	if _, err := netip.ParseAddrPort(host); err == nil {
		return true
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}

// SameSites reports whether every address is on the site of the same members
// by c and by other.
func (c *Catalogue) SameSites(other *Catalogue) bool {
	return maps.EqualFunc(c.owners.hosts, other.owners.hosts, slices.Equal) && maps.EqualFunc(c.owners.domains, other.owners.domains, slices.Equal)
}

// Elsewhere reports whether an address is on the site of other members and not
// on that of this one: what leads there may be a copy of theirs, and never
// stands for it.
func (c *Catalogue) Elsewhere(member, address string) bool {
	found := c.owners.of(address)
	return len(found) > 0 && !slices.Contains(found, member)
}
