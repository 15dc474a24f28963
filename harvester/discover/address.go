package discover

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/publicsuffix"
)

func pathAndQuery(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.RequestURI()
}

// lastPart is the last part of a path without its extension.
func lastPart(target string) string {
	target, _, _ = strings.Cut(target, "?")
	last := path.Base(strings.TrimSuffix(target, "/"))
	return strings.TrimSuffix(last, path.Ext(last))
}

func sameHost(a, b string) bool {
	u, err := url.Parse(a)
	v, err2 := url.Parse(b)
	return err == nil && err2 == nil && strings.EqualFold(bareHost(u), bareHost(v))
}

// SameSite reports whether two addresses are of one registrable domain, or of
// one host where there is none.
func SameSite(a, b string) bool {
	u, err := url.Parse(a)
	v, err2 := url.Parse(b)
	if err != nil || err2 != nil {
		return false
	}
	x, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(u.Hostname()))
	y, err2 := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(v.Hostname()))
	return bareHost(u) == bareHost(v) || err == nil && err2 == nil && x == y
}

// bareHost is the host without "www.", which leads to the same site.
func bareHost(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Host), "www.") }

// sameAddress compares addresses as a visitor would: without scheme, www, and
// the slash at the end.
func sameAddress(a, b string) bool { return Key(a) == Key(b) }

// Key is an address as it is told apart from others: without scheme, "www."
// and a slash at the end of the path.
func Key(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	key := bareHost(u) + strings.TrimSuffix(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		key += "?" + u.RawQuery
	}
	return key
}

// under is the address of a path below a root that ends in a slash.
func under(root, path string) string {
	u, err := url.Parse(root)
	if err != nil {
		return ""
	}
	v, err := u.Parse(path)
	if err != nil {
		return ""
	}
	return v.String()
}

// siteRoot is the address of the host, with a slash.
func siteRoot(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host + "/"
}
