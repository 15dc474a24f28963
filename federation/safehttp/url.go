package safehttp

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// MaxURL is the longest URL accepted, in bytes.
const MaxURL = 2048

// ParseURL is the gate for every URL that comes from outside. It accepts only
// absolute http and https URLs that all parsers read alike, and returns them in
// one form: scheme and host in lower case, host in ASCII (IDNA, UTS 46), no
// default port, "/" for an empty path. Parsing the text of its result gives the
// same result.
//
// Refused are: more than [MaxURL] bytes, control characters, spaces and
// backslashes anywhere, userinfo, percent signs in the host, an empty host or
// label, a trailing dot, port 0 or one with leading zeros, IP addresses in any
// but their canonical form (RFC 5952 for IPv6, no zone, not IPv4-mapped), and
// names that end in a number, which some resolvers take for an address
// (0x7f000001, 127.1, 2130706433, 0177.0.0.1).
//
// ParseURL says nothing of where the host leads: that is decided when dialling.
func ParseURL(raw string) (*url.URL, error) {
	if err := checkText(raw); err != nil {
		return nil, err
	}
	scheme, rest, ok := strings.Cut(raw, "://")
	if scheme = strings.ToLower(scheme); !ok || scheme != "http" && scheme != "https" {
		return nil, errors.New("only http:// and https:// addresses are fetched")
	}
	authority := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority = rest[:i]
	}
	if strings.ContainsAny(authority, "@%") {
		return nil, errors.New("user name, password or percent sign before the path")
	}
	u, err := url.Parse(raw)
	if err != nil {
		// The cause without the address, which our own error names.
		return nil, fmt.Errorf("not a URL: %w", errors.Unwrap(err))
	}
	if u.Opaque != "" || u.User != nil {
		return nil, errors.New("not a plain address")
	}
	if u.Host, err = normalHost(u); err != nil {
		return nil, err
	}
	if u.Path == "" {
		u.Path = "/"
	}
	if len(u.String()) > MaxURL {
		return nil, fmt.Errorf("longer than %d bytes when escaped", MaxURL)
	}
	return u, nil
}

// resolve reads ref, the value of a Location header, against base (RFC 9110,
// 10.2.2) and passes the result through [ParseURL]. References that browsers
// resolve to another host than net/url does are refused.
func resolve(base *url.URL, ref string) (*url.URL, error) {
	if err := checkText(ref); err != nil {
		return nil, err
	}
	if strings.HasPrefix(ref, "///") {
		return nil, errors.New("empty host")
	}
	r, err := url.Parse(ref)
	if err != nil {
		return nil, fmt.Errorf("not a URL: %w", errors.Unwrap(err))
	}
	if r.Scheme != "" || r.Host != "" {
		// As it came, not as net/url would write it again: the gate must see it.
		if strings.HasPrefix(ref, "//") {
			ref = base.Scheme + ":" + ref
		}
		return ParseURL(ref)
	}
	return ParseURL(base.ResolveReference(r).String())
}

// checkText refuses what is never part of a URL but is skipped, trimmed or
// rewritten by some parsers (WHATWG URL, 4.4).
func checkText(raw string) error {
	switch {
	case len(raw) > MaxURL:
		return fmt.Errorf("longer than %d bytes", MaxURL)
	case !utf8.ValidString(raw):
		return errors.New("not UTF-8")
	}
	for _, r := range raw {
		if r == '\\' || r == utf8.RuneError || unicode.IsSpace(r) || unicode.IsControl(r) {
			return fmt.Errorf("character %U is not allowed in an address", r)
		}
	}
	return nil
}

// normalHost returns u's host and port in canonical form.
func normalHost(u *url.URL) (string, error) {
	host, err := hostname(u)
	if err != nil {
		return "", err
	}
	port := u.Port()
	if port == "" || port == defaultPort(u.Scheme) {
		return host, nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 || strconv.FormatUint(n, 10) != port {
		return "", fmt.Errorf("port %q is not a number from 1 to 65535", port)
	}
	return host + ":" + port, nil
}

func hostname(u *url.URL) (string, error) {
	host := u.Hostname()
	if strings.HasPrefix(u.Host, "[") {
		a, err := netip.ParseAddr(host)
		if err != nil || !a.Is6() || a.Is4In6() || a.Zone() != "" || a.String() != host {
			return "", fmt.Errorf("%q is not an IPv6 address in its canonical form", host)
		}
		return "[" + host + "]", nil
	}
	if a, err := netip.ParseAddr(host); err == nil && a.Is4() && a.String() == host {
		return host, nil
	}
	return domain(host)
}

// domain returns name in ASCII and lower case, or refuses it.
func domain(name string) (string, error) {
	for _, r := range name {
		// Symbols and invisible characters are where versions of the tables differ.
		if r > unicode.MaxASCII && !unicode.In(r, unicode.L, unicode.M, unicode.N) {
			return "", fmt.Errorf("host %q: character %U", name, r)
		}
	}
	// Hyphens in places 3 and 4 and underscores do occur in real names, so the
	// profile is that of the WHATWG, and checkLabels restores the limits. Lower
	// case comes first because older tables map U+1E9E to "ss", newer to U+00DF.
	ascii, err := idna.New(idna.MapForLookup(), idna.Transitional(false), idna.BidiRule(),
		idna.CheckJoiners(true), idna.CheckHyphens(false), idna.StrictDomainName(false)).ToASCII(strings.ToLower(name))
	if err != nil {
		return "", fmt.Errorf("host %q is not a domain name", name)
	}
	if err := checkLabels(ascii); err != nil {
		return "", fmt.Errorf("host %q: %w", name, err)
	}
	return ascii, nil
}

// checkLabels enforces RFC 1035, 2.3.4, in letters, digits, hyphen, underscore.
func checkLabels(name string) error {
	if len(name) > 253 {
		return errors.New("longer than 253 characters")
	}
	labels := strings.Split(name, ".")
	for _, l := range labels {
		if l == "" || len(l) > 63 {
			return errors.New("an empty or too long part between dots")
		}
		for _, b := range []byte(l) {
			if (b < 'a' || b > 'z') && (b < '0' || b > '9') && b != '-' && b != '_' {
				return fmt.Errorf("character %q", b)
			}
		}
	}
	if numeric(labels[len(labels)-1]) {
		return errors.New("ends in a number but is not an IPv4 address in its canonical form")
	}
	return nil
}

// numeric reports whether label is a number to an IPv4 parser of the old kind
// (WHATWG URL, "ends in a number"): decimal, octal, or hexadecimal after 0x.
func numeric(label string) bool {
	if hex, ok := strings.CutPrefix(label, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return strings.Trim(label, "0123456789") == ""
}

func defaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

// hostPort is u's host and port, the port always written.
func hostPort(u *url.URL) string {
	if u.Port() != "" {
		return u.Host
	}
	return u.Host + ":" + defaultPort(u.Scheme)
}
