package api

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// cacheControl is the lifetime of a response, by the pattern of its route and
// its status. A correction must be everywhere within a minute, and no visitor
// need wait for the hub meanwhile.
func cacheControl(pattern string, status int) string {
	switch {
	case status >= 500 || pattern == checkPath:
		return "no-store"
	case status >= 400:
		return "no-cache"
	}
	switch {
	case pattern == "/api/docs" || pattern == "/api/openapi.json" || pattern == "/robots.txt":
		return "public, max-age=3600"
	case strings.HasPrefix(pattern, "/api/v1/sources"): // health: an operator watches it
		return "public, max-age=10"
	case strings.HasPrefix(pattern, "/feed.") || strings.HasPrefix(pattern, "/channels/"):
		return "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
	case strings.HasPrefix(pattern, "/api/"):
		return "public, max-age=60, stale-while-revalidate=300"
	}
	return "no-cache"
}

// etag is a weak validator of a body: weak, because the bytes sent differ by
// compression (RFC 9110, 8.8.1).
func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}
