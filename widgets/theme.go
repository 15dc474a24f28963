package widgets

import (
	"strings"

	"github.com/plonegov/carillon/federation"
)

// Declarations is t as CSS declarations, custom properties that the style
// sheet reads, without spaces: "--ca-accent:#1d4f91;…". Colours are corrected;
// with scheme auto each is both, chosen by the reader's setting. A token that
// is not of its form is left out, so the result never holds what could end a
// declaration.
func Declarations(t federation.Theme) string {
	var b strings.Builder
	scheme := schemeOf(t)
	if t.Scheme == "auto" {
		scheme = "light dark"
	}
	b.WriteString("color-scheme:" + scheme)
	p, _ := Correct(t)
	light, dark := p.Light.list(), p.Dark.list()
	for i, name := range colourNames {
		value := light[i]
		switch {
		case t.Scheme == "dark":
			value = dark[i]
		case t.Scheme == "auto" && light[i] != dark[i]:
			value = "light-dark(" + light[i] + "," + dark[i] + ")"
		}
		b.WriteString(";--ca-" + name + ":" + value)
	}
	writeShape(&b, t)
	return b.String()
}

var colourNames = []string{"accent", "accent-text", "text", "muted", "surface", "raised", "border", "focus"}

func (c Colours) list() []string {
	return []string{c.Accent, c.AccentText, c.Text, c.Muted, c.Surface, c.Raised, c.Border, c.Focus}
}

// shapes are the tokens that become a property of the same name as they are.
var shapes = map[string]bool{"font": true, "heading-font": true, "size": true, "scale": true,
	"weight": true, "radius": true, "gap": true, "line": true}

// densities are the paddings of a card, in em.
var densities = map[string]string{"compact": ".6em", "airy": "1.4em"}

// writeShape writes what is not a colour.
func writeShape(b *strings.Builder, t federation.Theme) {
	for _, tok := range t.Tokens() {
		only := federation.Theme{}
		set(&only, tok.Name, *tok.Value)
		if shapes[tok.Name] && *tok.Value != "" && only.Validate() == nil {
			b.WriteString(";--ca-" + tok.Name + ":" + *tok.Value)
		}
	}
	if t.Line != "" {
		b.WriteString(";--ca-edge:var(--ca-border)")
	}
	if pad := densities[t.Density]; pad != "" {
		b.WriteString(";--ca-pad:" + pad)
	}
}

// set gives the token of t with the name a value.
func set(t *federation.Theme, name, value string) {
	for _, tok := range t.Tokens() {
		if tok.Name == name {
			*tok.Value = value
		}
	}
}
