package federation

import (
	"regexp"
)

// Theme is the look of a member: tokens that become CSS custom properties of a
// widget. The zero value of a token means the hub's default. Colours are
// #rgb or #rrggbb; the hub corrects their contrast when it renders
// (widgets), never here, so that what the member gave is kept.
type Theme struct {
	Accent      string `json:"accent,omitempty"`       // links, buttons, marks
	AccentText  string `json:"accent_text,omitempty"`  // text on accent
	Text        string `json:"text,omitempty"`         // body text
	Muted       string `json:"muted,omitempty"`        // dates, sources
	Surface     string `json:"surface,omitempty"`      // background
	Raised      string `json:"raised,omitempty"`       // background of a card
	Border      string `json:"border,omitempty"`       // lines
	Focus       string `json:"focus,omitempty"`        // focus ring
	Font        string `json:"font,omitempty"`         // CSS font-family list
	HeadingFont string `json:"heading_font,omitempty"` // CSS font-family list
	Size        string `json:"size,omitempty"`         // body text, in px: "16px"
	Scale       string `json:"scale,omitempty"`        // heading ratio: "1.2"
	Weight      string `json:"weight,omitempty"`       // heading weight: "700"
	Radius      string `json:"radius,omitempty"`       // corners: "4px"
	Gap         string `json:"gap,omitempty"`          // space between items: "16px"
	Line        string `json:"line,omitempty"`         // width of lines: "1px"
	Density     string `json:"density,omitempty"`      // compact, normal or airy
	Scheme      string `json:"scheme,omitempty"`       // light, dark or auto
	Logo        string `json:"logo,omitempty"`         // http(s) address of a picture
}

// Token is one named value of a theme, as the region file and the
// data-theme-… attributes spell it.
type Token struct {
	Name  string // "accent", "heading-font"
	Value *string
	form  *regexp.Regexp
	hint  string
}

// family is one font name, bare or with both its quotes: one quote alone would
// swallow the declarations behind it.
const family = `(?:[\pL\pN _-]+|'[\pL\pN _-]+'|"[\pL\pN _-]+")`

// maxToken bounds a token, in bytes.
const maxToken = 1000

var (
	colourForm = regexp.MustCompile(`^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)
	fontForm   = regexp.MustCompile(`^` + family + `( *, *` + family + `)*$`)
	lengthForm = regexp.MustCompile(`^(\d{1,2}(\.\d{1,2})?(px|em))$|^0$`)
	numberForm = regexp.MustCompile(`^\d(\.\d{1,3})?$`)
	weightForm = regexp.MustCompile(`^[1-9]00$`)
	denseForm  = regexp.MustCompile(`^(compact|normal|airy)$`)
	schemeForm = regexp.MustCompile(`^(light|dark|auto)$`)
	logoForm   = regexp.MustCompile(`^https?://[^\s\x00-\x1f\x7f"'()<>\\;{}*]{3,}$`)
)

// Tokens lists every token of t in a fixed order, with pointers into t.
func (t *Theme) Tokens() []Token {
	const colour, length = `a colour such as "#b3123a"`, `a length such as "16px"`
	const font = `font names separated by commas`
	return []Token{
		{"accent", &t.Accent, colourForm, colour},
		{"accent-text", &t.AccentText, colourForm, colour},
		{"text", &t.Text, colourForm, colour},
		{"muted", &t.Muted, colourForm, colour},
		{"surface", &t.Surface, colourForm, colour},
		{"raised", &t.Raised, colourForm, colour},
		{"border", &t.Border, colourForm, colour},
		{"focus", &t.Focus, colourForm, colour},
		{"font", &t.Font, fontForm, font},
		{"heading-font", &t.HeadingFont, fontForm, font},
		{"size", &t.Size, lengthForm, length},
		{"scale", &t.Scale, numberForm, `a ratio such as "1.2"`},
		{"weight", &t.Weight, weightForm, `a weight such as "700"`},
		{"radius", &t.Radius, lengthForm, length},
		{"gap", &t.Gap, lengthForm, length},
		{"line", &t.Line, lengthForm, length},
		{"density", &t.Density, denseForm, "compact, normal or airy"},
		{"scheme", &t.Scheme, schemeForm, "light, dark or auto"},
		{"logo", &t.Logo, logoForm, "an http(s) address"},
	}
}

// Validate reports the first token whose value could not stand in a style
// sheet as it is. What passes holds no character that ends a declaration.
func (t Theme) Validate() error {
	for _, tok := range t.Tokens() {
		if v := *tok.Value; v != "" && (len(v) > maxToken || !tok.form.MatchString(v)) {
			return Invalid("theme."+tok.Name, "%.100q must be %s", v, tok.hint)
		}
	}
	return nil
}

// Over returns t with each empty token taken from base.
func (t Theme) Over(base Theme) Theme {
	below := base.Tokens()
	for i, tok := range t.Tokens() {
		if *tok.Value == "" {
			*tok.Value = *below[i].Value
		}
	}
	return t
}
