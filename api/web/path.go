package web

import (
	"net/url"
	"strings"
)

// MovedLifetime is the Cache-Control of a redirect to how an address should be
// spelt: it lasts, and a browser looks again within the hour.
const MovedLifetime = "public, max-age=3600"

// Plain undoes the escapes of a path that need not be: "%2D" is "-" and "%61"
// is "a" (RFC 3986, 6.2.2.2). It changes u alone, and only how its path is
// spelt, never what it says.
func Plain(u *url.URL) {
	if u.RawPath == "" {
		return
	}
	var b strings.Builder
	for i := 0; i < len(u.RawPath); i++ {
		if c, ok := escaped(u.RawPath, i); ok && unreserved(c) {
			b.WriteByte(c)
			i += 2
			continue
		}
		b.WriteByte(u.RawPath[i])
	}
	u.RawPath = b.String()
	if (&url.URL{Path: u.Path}).EscapedPath() == u.RawPath {
		u.RawPath = ""
	}
}

// unreserved are the characters that mean the same with and without an escape
// (RFC 3986, 2.3).
func unreserved(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// Respelt is the path that an escaped path was meant to be: single slashes,
// and lower case where all names are. It begins with one slash, so that it
// leads to no other host.
func Respelt(path string) string {
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	lower := strings.ToLower(path)
	for _, root := range lowerCase {
		if strings.HasPrefix(lower, root) {
			return lowered(path)
		}
	}
	return path
}

// lowerCase are the roots below which every name is a slug, an id or a word of
// ours.
var lowerCase = []string{"/members/", "/channels/", "/items/", "/search", "/feed.", "/embed/"}

// lowered is the path in lower case but for its escapes.
func lowered(path string) string {
	b := []byte(path)
	for i := 0; i < len(b); i++ {
		if _, ok := escaped(path, i); ok {
			i += 2
			continue
		}
		if 'A' <= b[i] && b[i] <= 'Z' {
			b[i] |= 0x20
		}
	}
	return string(b)
}
