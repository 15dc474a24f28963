package widgets

import (
	"github.com/plonegov/carillon/federation"
)

// The least contrast of a palette (WCAG 2.2, 1.4.3 and 1.4.11).
const (
	TextContrast = 4.5 // text on its background
	LineContrast = 3.0 // lines and focus rings on theirs
)

// Colours are the eight colours of one scheme, each "#rrggbb".
type Colours struct {
	Accent, AccentText, Text, Muted, Surface, Raised, Border, Focus string
}

// Palette is a theme's colours put right, for light and for dark pages. Which
// of them shows is the theme's Scheme.
type Palette struct {
	Light, Dark Colours
}

// Correction tells of a colour that was changed because it could not be read.
type Correction struct {
	Scheme string  // light or dark
	Token  string  // as [federation.Theme.Tokens] names it
	From   string  // as given
	To     string  // as shown
	Ratio  float64 // the contrast that From had
	Need   float64 // what it must have
}

var (
	lightDefaults = federation.Theme{Accent: "#1d4f91", Text: "#1b1f24", Muted: "#59626d",
		Surface: "#ffffff", Raised: "#f6f7f9", Border: "#889098"}
	darkDefaults = federation.Theme{Accent: "#8ab8f5", Text: "#f0f2f5", Muted: "#adb5bf",
		Surface: "#14171b", Raised: "#1e2228", Border: "#737c87"}
)

// Correct returns the colours of t with their contrast put right: text, muted
// and accent on surface and raised, and accent-text on accent, at
// [TextContrast] at least; border and focus on surface and raised at
// [LineContrast] at least. A colour moves towards black or white no further
// than it must; when raised leaves no such colour, raised becomes surface.
// Corrections list what the theme gave and Correct changed, in the scheme or
// schemes that show; a token left empty or malformed is the hub's default and
// is not listed.
func Correct(t federation.Theme) (Palette, []Correction) {
	var p Palette
	var all []Correction
	for _, scheme := range []string{"light", "dark"} {
		c := corrector{scheme: scheme, given: t}
		colours := c.colours()
		if scheme == "dark" {
			p.Dark = colours
		} else {
			p.Light = colours
		}
		if t.Scheme == "auto" || schemeOf(t) == scheme {
			all = append(all, c.changes...)
		}
	}
	return p, all
}

func schemeOf(t federation.Theme) string {
	if t.Scheme == "dark" {
		return "dark"
	}
	return "light"
}

// corrector works out one scheme.
type corrector struct {
	scheme  string
	given   federation.Theme
	changes []Correction
}

func (c *corrector) colours() Colours {
	base := lightDefaults
	if c.scheme == "dark" {
		base = darkDefaults
		c.keepBackgrounds()
	}
	surface := pick(c.given.Surface, base.Surface)
	raised := c.raised(surface, base)
	if surface.dark() { // a dark surface of the theme's own wants text that is well light
		base = darkDefaults
	}
	pair := []colour{surface, raised}
	accent := c.put("accent", c.given.Accent, base.Accent, TextContrast, pair...)
	return Colours{
		Surface:    surface.String(),
		Raised:     raised.String(),
		Text:       c.put("text", c.given.Text, base.Text, TextContrast, pair...).String(),
		Muted:      c.put("muted", c.given.Muted, base.Muted, TextContrast, pair...).String(),
		Accent:     accent.String(),
		AccentText: c.put("accent-text", c.given.AccentText, "#ffffff", TextContrast, accent).String(),
		Border:     c.put("border", c.given.Border, base.Border, LineContrast, pair...).String(),
		Focus:      c.put("focus", c.given.Focus, accent.String(), LineContrast, pair...).String(),
	}
}

// keepBackgrounds drops a light background from a theme shown dark: it was
// chosen for the light scheme. A dark one was meant.
func (c *corrector) keepBackgrounds() {
	for _, s := range []*string{&c.given.Surface, &c.given.Raised} {
		if got, ok := parseColour(*s); ok && !got.dark() {
			*s = ""
		}
	}
}

// raised is the background of cards: the theme's, or the surface a shade
// further when the theme has a surface of its own.
func (c *corrector) raised(surface colour, base federation.Theme) colour {
	fallback := pick(base.Raised, "")
	if _, own := parseColour(c.given.Surface); own {
		end := black
		if surface.dark() {
			end = white
		}
		fallback = surface.mix(end, 0.04)
	}
	raised := pick(c.given.Raised, fallback.String())
	for _, try := range []colour{raised, fallback} {
		if _, ok := surface.reach(TextContrast, surface, try); ok {
			if try != raised {
				c.note("raised", c.given.Raised, try, contrast(raised, surface), TextContrast)
			}
			return try
		}
	}
	c.note("raised", c.given.Raised, surface, contrast(raised, surface), TextContrast)
	return surface
}

// put returns the given colour, or the default, moved until it has the ratio.
func (c *corrector) put(token, given, fallback string, ratio float64, grounds ...colour) colour {
	from := pick(given, fallback)
	to, _ := from.reach(ratio, grounds...)
	if to != from {
		c.note(token, given, to, from.lowest(grounds), ratio)
	}
	return to
}

func (c *corrector) note(token, given string, to colour, ratio, need float64) {
	if _, ok := parseColour(given); ok {
		c.changes = append(c.changes, Correction{Scheme: c.scheme, Token: token, From: given, To: to.String(), Ratio: ratio, Need: need})
	}
}

// pick is the first of the two that is a colour.
func pick(given, fallback string) colour {
	if c, ok := parseColour(given); ok {
		return c
	}
	c, _ := parseColour(fallback)
	return c
}
