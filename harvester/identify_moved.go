package harvester

import (
	"strings"

	"github.com/plonegov/carillon/federation"
)

// moved knows the items of a site that went from http to https, or dropped or
// took on "www.", by the addresses they had: what has an address for its id keeps
// it, and goes by both from now on. An item that the document lists by itself is
// never taken for another.
func (r *itemIDs) moved(d *federation.Decoded) {
	var origins []string
	for _, it := range d.Items {
		origins = append(origins, it.OriginID)
	}
	origins = append(origins, d.Kept...)
	taken := make(map[string]bool, len(origins))
	for _, origin := range origins {
		taken[r.id(origin)] = true
	}
	for _, g := range d.Gone {
		origins = append(origins, g.OriginID)
	}
	for _, origin := range origins {
		if r.known(origin) {
			continue
		}
		for _, former := range spellings(origin) {
			if id := r.id(former); r.known(former) && !taken[id] {
				r.fresh[origin], taken[id] = federation.Alias{Item: id, Gone: r.alias(former).Gone}, true
				break
			}
		}
	}
}

// spellings are the other ways to write the address that an origin id is, or
// begins with: with the other scheme, and with or without "www.". There are none
// of an id that is no address.
func spellings(origin string) []string {
	scheme, rest, ok := strings.Cut(origin, "://")
	if !ok || scheme != "http" && scheme != "https" {
		return nil
	}
	other := "www." + rest
	if bare, has := strings.CutPrefix(rest, "www."); has {
		other = bare
	}
	turned := map[string]string{"http": "https", "https": "http"}[scheme]
	return []string{turned + "://" + rest, scheme + "://" + other, turned + "://" + other}
}
