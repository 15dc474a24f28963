package likeness

import (
	"net/url"
	"slices"
	"strings"
)

// trackers are query parameters that tell where a reader came from; a trailing
// underscore stands for all that begin so. They are those of markup, which
// keeps what a reader is sent to; here a wrong guess only costs a comparison.
var trackers = []string{"utm_", "mtm_", "pk_", "at_", "xtor", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "_ga", "_gl", "igshid"}

// Address is an address as two are compared: host and path without scheme,
// www, fragment, tracking parameters, default page and slash at the end; ""
// for what leads to no document of its own.
func Address(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	for _, page := range []string{"/index.html", "/index.htm", "/index.php"} {
		path = strings.TrimSuffix(path, page)
	}
	query := u.Query()
	for key := range query {
		if isTracker(strings.ToLower(key)) {
			delete(query, key)
		}
	}
	rest := query.Encode() // in the order of keys
	if path == "" && rest == "" {
		return "" // a home page
	}
	if rest != "" {
		rest = "?" + rest
	}
	return host + path + rest
}

func isTracker(key string) bool {
	return slices.ContainsFunc(trackers, func(t string) bool {
		return key == t || strings.HasSuffix(t, "_") && strings.HasPrefix(key, t)
	})
}
