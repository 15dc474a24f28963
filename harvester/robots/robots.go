// Package robots reads what the robots.txt of a site asks of crawlers (RFC 9309),
// and what an answer asks of those who would list it (X-Robots-Tag), and
// remembers the robots.txt of each host for as long as the RFC says.
//
// It asks through the client that it is given, and decides for which documents a
// robots.txt holds nothing: that is for who reads them.
package robots

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Bounds of a robots.txt. RFC 9309, 2.5 asks to read at least 500 KiB.
const (
	maxBody       = 500 << 10
	maxCrawlDelay = 24 * time.Hour
)

// Rules are what the robots.txt of a host says to one crawler (RFC 9309). The
// zero value allows everything. They are not changed after [Read] and safe for
// concurrent use.
type Rules struct {
	rules []rule
	none  bool
	delay time.Duration
}

// rule is an allow or disallow line.
type rule struct {
	pattern string // normal, see normalPath
	allow   bool
}

// Read reads the answer to a request for /robots.txt. A status of 4xx
// means that everything is allowed, 5xx, or 0 for no answer at all, that nothing
// is (RFC 9309, 2.3.1); a redirect that was not followed to its end is like 4xx.
// agent is the product token of the crawler, with or without a version.
func Read(body []byte, status int, agent string) Rules {
	switch {
	case status == 0 || status >= 500:
		return Rules{none: true}
	case status < 200 || status >= 300:
		return Rules{}
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if len(body) > maxBody {
		body = body[:maxBody]
		body = body[:bytes.LastIndexByte(body, '\n')+1] // half a rule is another rule
	}
	p := parser{agent: productToken(agent)}
	for line := range strings.Lines(strings.ReplaceAll(string(body), "\r", "\n")) {
		p.line(line)
	}
	out := p.any
	if p.named {
		out = p.own
	}
	return Rules{rules: out.rules, delay: out.delay}
}

// Allowed reports whether the address may be fetched. address is absolute, or a
// path with its query. /robots.txt itself always may.
func (r Rules) Allowed(address string) bool {
	path := address
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		path = u.EscapedPath()
		if u.RawQuery != "" {
			path += "?" + u.RawQuery
		}
	}
	if path, _, _ = strings.Cut(path, "#"); !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	if path == "/robots.txt" {
		return true
	}
	if r.none {
		return false
	}
	path = normalPath(path)
	allowed, longest := true, -1
	for _, one := range r.rules {
		if n := len(one.pattern); n >= longest && matches(one.pattern, path) {
			if n > longest || one.allow { // RFC 9309, 2.2.2: of equals, the one that allows
				allowed = one.allow
			}
			longest = n
		}
	}
	return allowed
}

// CrawlDelay is the pause between requests that the host asks for, at most a
// day; 0 when it asks for none. It is not part of RFC 9309 but widely used.
func (r Rules) CrawlDelay() time.Duration { return r.delay }

// group is what is said to one crawler.
type group struct {
	rules []rule
	delay time.Duration
}

// parser follows the lines of a robots.txt. Groups for the same crawler
// are one (RFC 9309, 2.2.1).
type parser struct {
	agent    string
	own, any group
	named    bool // a group is for this crawler
	toOwn    bool // the current group is
	toAny    bool
	inRules  bool // a rule was read: the next user-agent begins a group
}

func (p *parser) line(line string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "user-agent", "useragent":
		if p.inRules {
			p.toOwn, p.toAny, p.inRules = false, false, false
		}
		if value == "*" {
			p.toAny = true
		} else if token := productToken(value); token != "" && token == p.agent {
			p.toOwn, p.named = true, true
		}
	case "allow", "disallow":
		p.inRules = true
		if value != "" {
			p.add(rule{normalPath(rooted(value)), strings.EqualFold(strings.TrimSpace(key), "allow")})
		}
	case "crawl-delay", "crawldelay":
		p.inRules = true
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
			p.pause(time.Duration(min(s, maxCrawlDelay.Seconds()) * float64(time.Second)))
		}
	}
}

func (p *parser) add(r rule) {
	if p.toOwn {
		p.own.rules = append(p.own.rules, r)
	}
	if p.toAny {
		p.any.rules = append(p.any.rules, r)
	}
}

func (p *parser) pause(d time.Duration) {
	if p.toOwn {
		p.own.delay = d
	}
	if p.toAny {
		p.any.delay = d
	}
}

// productToken is the name of a crawler in lower case: letters, _ and - up to
// anything else (RFC 9309, 2.2.1).
func productToken(agent string) string {
	end := strings.IndexFunc(agent, func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_')
	})
	if end >= 0 {
		agent = agent[:end]
	}
	return strings.ToLower(agent)
}

// rooted gives a path that was written without its first slash one.
func rooted(pattern string) string {
	if strings.HasPrefix(pattern, "/") || strings.HasPrefix(pattern, "*") {
		return pattern
	}
	return "/" + pattern
}

// normalPath spells a path as RFC 9309, 2.2.2 compares it: octets outside
// US-ASCII percent-encoded, unreserved ones not, hexadecimal digits in capitals.
func normalPath(path string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		encoded := false
		if c == '%' && i+2 < len(path) {
			if n, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				c, encoded, i = byte(n), true, i+2
			}
		}
		switch {
		case c >= 0x80 || c <= ' ' || encoded && !unreserved(c):
			b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// unreserved is RFC 3986, 2.3.
func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// matches reports whether the pattern, with * for any octets and a final $ for
// the end, matches the beginning of path. Between stars the first place that
// fits is as good as any later one, so nothing is tried twice.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	path, ok := strings.CutPrefix(path, parts[0])
	for i, part := range parts[1:] {
		if whole && i == len(parts)-2 {
			return ok && strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if ok = ok && at >= 0; !ok {
			return false
		}
		path = path[at+len(part):]
	}
	return ok && (!whole || path == "")
}
