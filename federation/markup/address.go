package markup

import (
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// address returns raw as an absolute address fit for its use, or false. It
// accepts only what net/url and the WHATWG URL standard read alike, so that a
// browser goes where this code looked: T9 of the threat model.
func address(raw string, base *url.URL, use use) (string, bool) {
	raw = strings.TrimFunc(raw, func(r rune) bool { return r <= ' ' })
	raw = ignored.Replace(raw)
	// A browser reads \ as /, and ///host as //host.
	if raw == "" || len(raw) > maxAddress || strings.Contains(raw, `\`) || strings.HasPrefix(raw, "///") {
		return "", false
	}
	if cleanRunes(raw) != raw {
		return "", false
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "", false
	}
	if u = absolute(u, base); u == nil {
		return "", false
	}
	switch u.Scheme {
	case "http", "https":
		if !plainHost(u) {
			return "", false
		}
		if use == linkAddress || use == citeAddress {
			u.RawQuery = withoutTracking(u.RawQuery)
		}
	case "mailto", "tel":
		if use != linkAddress || u.Opaque == "" {
			return "", false
		}
	default:
		return "", false
	}
	out := u.String()
	return out, len(out) <= maxAddress
}

// ignored drops what a browser drops inside an address, and spells a space as
// it would.
var ignored = strings.NewReplacer("\t", "", "\n", "", "\r", "", " ", "%20")

func absolute(u, base *url.URL) *url.URL {
	switch {
	case u.IsAbs():
		return u
	case base != nil && base.Host != "" && (base.Scheme == "http" || base.Scheme == "https"):
		return base.ResolveReference(u)
	case u.Host != "":
		u.Scheme = "https"
		return u
	}
	return nil
}

// plainHost reports whether the address names its host without user, escape or
// odd spelling; it writes an international name in its ASCII form.
func plainHost(u *url.URL) bool {
	if u.Opaque != "" || u.User != nil || u.Hostname() == "" {
		return false
	}
	host := u.Hostname()
	if strings.HasPrefix(u.Host, "[") {
		return !strings.Contains(host, "%") // an IPv6 zone
	}
	ascii, err := idna.Lookup.ToASCII(strings.ReplaceAll(host, "_", "-"))
	if err != nil || ascii == "" {
		return false
	}
	if !isASCII(host) {
		u.Host = strings.Replace(u.Host, host, ascii, 1)
	}
	return true
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}
