package discover

import (
	"net"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/unicode/norm"
)

// maxSlug is the length of a slug, in bytes (federation.ValidSlug).
const maxSlug = 64

var letters = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae", "ß", "ss", "ø", "o", "Ø", "o", "ł", "l", "Ł", "l", "đ", "d", "Đ", "d", "þ", "th", "ð", "d")

// Slug is a name as addresses and region files spell it: a to z, 0 to 9 and
// single hyphens, at most 64; "" when nothing of it is left.
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(letters.Replace(name[:min(len(name), 1000)])) {
		r = unicode.ToLower(r)
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r): // an accent joins, all else parts
			gap = true
		}
	}
	s := b.String()
	if len(s) > maxSlug {
		s = s[:maxSlug]
		if i := strings.LastIndexByte(s, '-'); i > maxSlug/2 {
			s = s[:i]
		}
	}
	return strings.Trim(s, "-")
}

// Unique is a slug that taken does not have: slug itself, or with -2, -3, …
func Unique(slug string, taken func(string) bool) string {
	try := slug
	for n := 2; taken(try); n++ {
		end := "-" + itoa(n)
		try = strings.TrimRight(slug[:min(len(slug), maxSlug-len(end))], "-") + end
	}
	return try
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// Name is the name of the site: what it calls itself, else the part of the
// title that its host is called after, else the title.
func (p Page) Name() string {
	if p.SiteName != "" {
		return p.SiteName
	}
	label := hostLabel(p.URL)
	parts := strings.FieldsFunc(p.Title, func(r rune) bool { return strings.ContainsRune("|–—•·»«:", r) })
	if len(parts) == 1 {
		parts = strings.Split(p.Title, " - ")
	}
	for _, part := range parts {
		if label != "" && strings.Contains(strings.ReplaceAll(Slug(part), "-", ""), strings.ReplaceAll(label, "-", "")) {
			return strings.TrimSpace(part)
		}
	}
	return p.Title
}

// Slug is a slug for the site: after its host, else after its name.
func (p Page) Slug() string {
	if s := hostLabel(p.URL); s != "" {
		return s
	}
	return Slug(p.Name())
}

// hostLabel is what stands before the public suffix: "namur" of www.namur.be.
// "" for numbers and for hosts without a suffix.
func hostLabel(address string) string {
	u, err := url.Parse(address)
	if err != nil || net.ParseIP(u.Hostname()) != nil {
		return ""
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(u.Hostname()))
	if err != nil {
		return ""
	}
	label, _, _ := strings.Cut(domain, ".")
	return Slug(label)
}
