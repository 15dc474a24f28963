package read

import (
	"net/url"
	"strings"
)

// maxAddress bounds an address, in bytes.
const maxAddress = 4000

// Web is the address on the web that ref leads to as seen from base, which may
// be nil (RFC 3986, 5.2), "" when it leads nowhere on the web. A calendar at
// webcal: and a feed at feed: are at https:. An address with a user in it is
// nobody's to pass on.
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

// Scheme writes https: for the schemes by which pages hand an address to a
// program: webcal:, webcals: and feed:, the last also before a whole address.
func Scheme(ref string) string {
	scheme, rest, ok := strings.Cut(ref, ":")
	switch scheme = strings.ToLower(scheme); {
	case !ok:
	case scheme == "feed" && !strings.HasPrefix(rest, "//"):
		return rest
	case scheme == "webcal", scheme == "webcals", scheme == "feed":
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
