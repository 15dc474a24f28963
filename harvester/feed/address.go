package feed

import (
	"net/url"
	"strings"
)

// resolve returns ref as an absolute address as seen from base; ref itself
// when one of them cannot be read.
func resolve(base, ref string) string {
	if ref = strings.Join(strings.Fields(ref), "%20"); ref == "" {
		return ""
	}
	r, err := url.Parse(ref)
	if err != nil || r.IsAbs() || base == "" {
		return ref
	}
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	return b.ResolveReference(r).String()
}

// resolveIf is resolve where the document gives a base.
func resolveIf(base, ref string) string {
	if base == "" || ref == "" {
		return ref
	}
	return resolve(base, ref)
}

// isWeb reports whether s is an absolute http or https address.
func isWeb(s string) bool {
	scheme, rest, ok := strings.Cut(s, "://")
	return ok && rest != "" && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")) &&
		!strings.ContainsAny(s, " \t\r\n<>\"")
}

// normalLink is an address made comparable: the host in lower case, https for
// http because sites move to it without new articles, and no marks that
// newsletters and social networks add.
func normalLink(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return link
	}
	u.Scheme = "https"
	u.Host = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(u.Host), ":80"), ":443")
	if strings.Contains(u.RawQuery, "utm_") || strings.Contains(u.RawQuery, "clid=") {
		var kept []string
		for part := range strings.SplitSeq(u.RawQuery, "&") {
			if !strings.HasPrefix(part, "utm_") && !strings.HasPrefix(part, "fbclid=") && !strings.HasPrefix(part, "gclid=") {
				kept = append(kept, part)
			}
		}
		u.RawQuery = strings.Join(kept, "&")
	}
	if strings.HasPrefix(u.Fragment, "xtor=") {
		u.Fragment = ""
	}
	return u.String()
}
