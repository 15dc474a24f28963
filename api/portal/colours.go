package portal

import (
	"fmt"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

const memberSheet = "members"

// The grounds on which a member's accent stands, the same as in portal.css.
const (
	lightSurface, lightRaised = "#ffffff", "#f5f3ee"
	darkSurface, darkRaised   = "#1a2127", "#12181d"
)

// colourSheet is the members' colours as made from one catalogue.
type colourSheet struct {
	from *federation.Catalogue
	asset
}

// memberColours is a style sheet with a class for each member that sets
// --accent and --on-accent, put right for reading. It is a file because our
// own policy forbids inline styles.
func (p *Portal) memberColours(cat *federation.Catalogue) asset {
	if s := p.colours.Load(); s != nil && s.from == cat {
		return s.asset
	}
	var light, dark strings.Builder
	for _, m := range cat.Members {
		l, d := accents(m.Theme.Accent)
		class := "." + memberClass(m.Slug)
		fmt.Fprintf(&light, "%s{--accent:%s;--on-accent:%s}\n", class, l.Accent, l.AccentText)
		fmt.Fprintf(&dark, "%s{--accent:%s;--on-accent:%s}\n", class, d.Accent, d.AccentText)
	}
	hubColours(&light, &dark, cat.Hub.Theme)
	css := light.String() + "@media screen and (prefers-color-scheme:dark){\n" + dark.String() + "}\n"
	s := &colourSheet{cat, newAsset(memberSheet+".css", []byte(css))}
	p.colours.Store(s)
	return s.asset
}

// hubColours writes the operator's accent, fonts and corners over ours. The
// ground of the head is the accent, which white can be read on since it can be
// read on white; it is darker still, for what is drawn over it.
func hubColours(light, dark *strings.Builder, t federation.Theme) {
	var rules []string
	for _, rule := range []struct{ name, value string }{{"font", t.Font}, {"heading-font", t.HeadingFont}, {"radius", t.Radius}} {
		if rule.value != "" {
			rules = append(rules, "--"+rule.name+":"+rule.value)
		}
	}
	if t.Accent != "" {
		l, d := accents(t.Accent)
		ground := func(share, deep float64) string {
			return "--brand:" + widgets.Darken(l.Accent, share) + ";--brand-deep:" + widgets.Darken(l.Accent, deep)
		}
		rules = append(rules, "--accent:"+l.Accent, "--on-accent:"+l.AccentText, "--link:"+l.Accent, ground(.15, .4),
			"--on-brand:#ffffff", "--on-brand-quiet:#ffffff", "--gold:#ffffff", "--press:var(--accent)", "--on-press:var(--on-accent)", "--glow:transparent")
		fmt.Fprintf(dark, ":root{--accent:%s;--on-accent:%s;--link:%s;%s}\n", d.Accent, d.AccentText, d.Accent, ground(.45, .65))
	}
	if len(rules) > 0 {
		fmt.Fprintf(light, ":root{%s}\n", strings.Join(rules, ";"))
	}
}

// accents are an accent's colours on our light and dark pages.
func accents(accent string) (light, dark widgets.Colours) {
	l, _ := widgets.Correct(federation.Theme{Accent: accent, Surface: lightSurface, Raised: lightRaised, Scheme: "light"})
	d, _ := widgets.Correct(federation.Theme{Accent: accent, Surface: darkSurface, Raised: darkRaised, Scheme: "dark"})
	return l.Light, d.Dark
}

// memberClass is the class of a member's colours; a slug needs no escaping.
func memberClass(slug string) string { return "m-" + slug }
