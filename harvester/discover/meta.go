package discover

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// meta reads a <meta>.
func (r *reader) meta(a attrs) {
	content := squeeze(a["content"])
	if content == "" {
		return
	}
	name := strings.ToLower(strings.TrimSpace(a["name"]))
	if name == "" {
		name = strings.ToLower(strings.TrimSpace(a["property"]))
	}
	switch name {
	case "og:site_name":
		r.page.SiteName = content
	case "application-name":
		if r.page.SiteName == "" {
			r.page.SiteName = content
		}
	case "generator":
		r.generator(content)
	case "theme-color", "msapplication-tilecolor":
		if c := hexColour(content); c != "" {
			r.page.Colours = appendOnce(r.page.Colours, c)
		}
	case "og:locale", "language", "dc.language", "content-language":
		r.page.Language = language(r.page.Language, content)
	case "":
		switch strings.ToLower(strings.TrimSpace(a["http-equiv"])) {
		case "content-language":
			r.page.Language = language(r.page.Language, content)
		case "refresh":
			r.refresh(content)
		}
	}
}

// refreshForm is a refresh to another page (HTML 4.2.5.3).
var refreshForm = regexp.MustCompile(`(?i)^([0-9]*)[0-9.]*\s*[;,\s]\s*(?:url\s*=\s*)?["']?([^"']+)`)

// refresh takes where a page leads to by itself. One that leads there late is
// meant to be read, and one that leads to itself shows what is new.
func (r *reader) refresh(content string) {
	m := refreshForm.FindStringSubmatch(content)
	if m == nil || len(m[1]) > 1 || r.page.Refresh != "" {
		return
	}
	if to := r.resolve(m[2]); to != "" && Key(to) != Key(r.page.URL) {
		r.page.Refresh = to
	}
}

var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// language is the first of the texts that is a language tag; fr_BE counts as
// fr-BE.
func language(texts ...string) string {
	for _, s := range texts {
		s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
		s = strings.ReplaceAll(s, "_", "-")
		primary, rest, more := strings.Cut(s, "-")
		if s = strings.ToLower(primary); more {
			s += "-" + rest
		}
		if languageTag.MatchString(s) && len(s) <= 35 {
			return s
		}
	}
	return ""
}

var hexForm = regexp.MustCompile(`^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)

// hexColour is a colour as #rrggbb, "" when it is written in another way.
func hexColour(s string) string {
	m := hexForm.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return ""
	}
	digits := strings.ToLower(m[1])
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	return "#" + digits
}

// customColour is a custom property whose name says that it is the site's own
// colour: --primary, --couleur-principale, --brand-color.
var customColour = regexp.MustCompile(`(?i)--[a-z0-9_-]*(?:primary|principale?|brand|accent|main|hauptfarbe|couleur1|color1)[a-z0-9_-]*\s*:\s*(#[0-9a-f]{3,6})\b`)

func customColours(named []string, css []byte) []string {
	for _, m := range customColour.FindAllSubmatch(css, 20) {
		if c := hexColour(string(m[1])); c != "" {
			named = appendOnce(named, c)
		}
	}
	return named
}

// colours are the declared ones, then those of style sheets, coloured ones
// before greys: white is what most theme-color tags say.
func colours(declared, named []string) []string {
	var grey, out []string
	for _, c := range slices.Concat(declared, named) {
		if slices.Contains(out, c) || slices.Contains(grey, c) {
			continue
		}
		if chroma(c) < 24 {
			grey = append(grey, c)
			continue
		}
		out = append(out, c)
	}
	return append(out, grey...)
}

// Accent is the colour to take for the site's own, "" when the page names none
// but greys.
func (p Page) Accent() string {
	if len(p.Colours) > 0 && chroma(p.Colours[0]) >= 24 {
		return p.Colours[0]
	}
	return ""
}

// chroma is how far apart the channels of #rrggbb are, 0 of a grey to 255.
func chroma(c string) int {
	v, err := strconv.ParseUint(strings.TrimPrefix(c, "#"), 16, 32)
	if err != nil {
		return 0
	}
	r, g, b := int(v>>16), int(v>>8&255), int(v&255)
	return max(r, g, b) - min(r, g, b)
}

// schemaType is the type of an object in JSON-LD.
var schemaType = regexp.MustCompile(`"@type"\s*:\s*(\[[^\]]{0,300}\]|"[^"]{1,100}")`)

func (r *reader) structured(b []byte) {
	for _, m := range schemaType.FindAllSubmatch(b, maxLinks) {
		for _, t := range strings.FieldsFunc(string(m[1]), func(r rune) bool { return strings.ContainsRune("[]\", \t\r\n", r) }) {
			t = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(t, "https://"), "http://"), "schema.org/")
			r.page.Structured = appendOnce(r.page.Structured, squeeze(t))
		}
	}
}
