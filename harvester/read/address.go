package read

import (
	"net/url"
	"strings"
)

// maxAddress bounds an address, in bytes.
const maxAddress = 4000

// Web is the address on the web that ref leads to as seen from base, which may
// be nil (RFC 3986, 5.2), "" when it leads nowhere on the web. A calendar at
// webcal: is at https:, a feed at feed: at http:. An address with a user in it
// is nobody's to pass on.
func Web(base *url.URL, ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || len(ref) > maxAddress || strings.ContainsAny(ref, " \t\r\n<>\"") {
		return ""
	}
	u, err := url.Parse(Scheme(ref))
	if err != nil {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// Scheme writes the scheme of the web for those by which pages hand an address
// to a program: https: for webcal: and webcals:; http: for feed:, which is
// older, or none where it stands before a whole address.
func Scheme(ref string) string {
	scheme, rest, ok := strings.Cut(ref, ":")
	switch scheme = strings.ToLower(scheme); {
	case !ok:
	case scheme == "feed" && !strings.HasPrefix(rest, "//"):
		return rest
	case scheme == "feed":
		return "http:" + rest
	case scheme == "webcal", scheme == "webcals":
		return "https:" + rest
	}
	return ref
}

// Base is the address of a document as what relative ones are seen from, nil
// when it is none of the web.
func Base(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil
	}
	u.Fragment, u.RawFragment = "", ""
	return u
}
