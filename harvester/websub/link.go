package websub

import (
	"net/http"
	"strings"
)

// Bounds of a Link header.
const (
	maxLinkHeader = 16 << 10
	maxLinks      = 100
)

// headerLinks reads the Link fields of a header (RFC 8288, 3). A link with an
// anchor tells of another document and is passed over.
func headerLinks(h http.Header, base string) (hubs []string, self string) {
	found := newRelations(base)
	fields := h.Values("Link")
	read := 0
	for _, rest := range fields[:min(len(fields), maxLinks)] { // each by itself: one that is broken breaks no other
		rest = rest[:min(len(rest), maxLinkHeader)]
		for ; read < maxLinks; read++ {
			var target, rel string
			var ok bool
			if target, rel, rest, ok = nextLink(rest); !ok {
				break
			}
			found.add(rel, target)
		}
	}
	return found.hubs, found.self
}

// nextLink reads one link of a list: its target and rel, and what follows it.
// rel is "" when it has none or an anchor.
func nextLink(s string) (target, rel, rest string, ok bool) {
	_, s, ok = strings.Cut(s, "<")
	if !ok {
		return "", "", "", false
	}
	target, s, ok = strings.Cut(s, ">")
	if !ok {
		return "", "", "", false
	}
	seen, anchored := false, false
	for {
		s = strings.TrimLeft(s, " \t")
		if !strings.HasPrefix(s, ";") {
			break
		}
		var name, value string
		name, value, s = parameter(s[1:])
		switch {
		case name == "rel" && !seen: // the first counts (RFC 8288, 3.3)
			rel, seen = value, true
		case name == "anchor":
			anchored = true
		}
	}
	if anchored {
		rel = ""
	}
	return target, rel, s, true
}

// parameter reads name=value or name="quoted value" and what follows it.
func parameter(s string) (name, value, rest string) {
	end := strings.IndexAny(s, "=;,")
	if end < 0 {
		return strings.ToLower(strings.TrimSpace(s)), "", ""
	}
	name = strings.ToLower(strings.TrimSpace(s[:end]))
	if s[end] != '=' {
		return name, "", s[end:]
	}
	s = strings.TrimLeft(s[end+1:], " \t")
	if strings.HasPrefix(s, `"`) {
		value, rest = quoted(s[1:])
		return name, value, rest
	}
	end = strings.IndexAny(s, ";,")
	if end < 0 {
		end = len(s)
	}
	return name, strings.TrimSpace(s[:end]), s[end:]
}

// quoted reads a quoted-string after its first quote (RFC 9110, 5.6.4).
func quoted(s string) (value, rest string) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s):
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}
