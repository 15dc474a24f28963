package markup

import (
	"regexp"

	"golang.org/x/net/html/atom"
)

// rule says which values an attribute may have: one matching the pattern, an
// address of some use, or, for the zero rule, any text.
type rule struct {
	pattern *regexp.Regexp
	address use
}

// use is what an address is for, which decides the schemes it may have.
type use int

const (
	noAddress use = iota
	linkAddress
	imageAddress
	citeAddress
)

type attributes map[string]rule

// linkRel is forced on every link: T9 of the threat model. The target page gets
// no handle on ours, and search engines no vote from it.
const linkRel = "noopener nofollow ugc"

// classes are the only class names kept. They mark structure that HTML has no
// element for and that our own decoders write (co-marquage sheets, mostly).
const classes = `ca-(?:case|example|note|online|reminder|step|tip|warning|where)`

var (
	count    = rule{pattern: regexp.MustCompile(`^[0-9]{1,4}$`)}
	moment   = rule{pattern: regexp.MustCompile(`^[0-9A-Z:.,+\- ]{1,64}$`)}
	language = rule{pattern: regexp.MustCompile(`^[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4}$`)}
	anyText  = rule{}

	class = regexp.MustCompile(`^` + classes + `$`)

	// everywhere holds the attributes any element may have.
	everywhere = attributes{
		"class": {pattern: regexp.MustCompile(`^` + classes + `(?: ` + classes + `)*$`)},
		"dir":   {pattern: regexp.MustCompile(`^(?:ltr|rtl|auto)$`)},
		"lang":  language,
	}

	// elements holds every element kept, with the attributes of its own.
	elements = map[atom.Atom]attributes{
		atom.A: {"href": {address: linkAddress}, "hreflang": language, "title": anyText},
		atom.Img: {
			"src": {address: imageAddress}, "alt": anyText, "title": anyText,
			"width": count, "height": count,
			"loading": {pattern: regexp.MustCompile(`^(?:lazy|eager)$`)},
		},

		atom.Abbr: {"title": anyText}, atom.Dfn: {"title": anyText},
		atom.Time: {"datetime": moment},
		atom.Del:  {"datetime": moment, "cite": {address: citeAddress}},
		atom.Ins:  {"datetime": moment, "cite": {address: citeAddress}},
		atom.Q:    {"cite": {address: citeAddress}},
		atom.B:    nil, atom.Br: nil, atom.Cite: nil, atom.Code: nil, atom.Em: nil, atom.I: nil,
		atom.Kbd: nil, atom.Mark: nil, atom.S: nil, atom.Samp: nil, atom.Small: nil,
		atom.Span: nil, atom.Strong: nil, atom.Sub: nil, atom.Sup: nil, atom.U: nil, atom.Var: nil,

		atom.H1: nil, atom.H2: nil, atom.H3: nil, atom.H4: nil, atom.H5: nil, atom.H6: nil,
		atom.P: nil, atom.Pre: nil, atom.Hr: nil, atom.Div: nil,
		atom.Section: nil, atom.Article: nil, atom.Aside: nil,
		atom.Blockquote: {"cite": {address: citeAddress}},
		atom.Figure:     nil, atom.Figcaption: nil,
		atom.Details: {"open": {pattern: regexp.MustCompile(`^(?:open)?$`)}}, atom.Summary: nil,

		atom.Ul: nil, atom.Dl: nil, atom.Dt: nil, atom.Dd: nil,
		atom.Ol: {
			"start": count, "type": {pattern: regexp.MustCompile(`^[1aAiI]$`)},
			"reversed": {pattern: regexp.MustCompile(`^(?:reversed)?$`)},
		},
		atom.Li: {"value": count},

		atom.Table: nil, atom.Caption: nil, atom.Thead: nil, atom.Tbody: nil, atom.Tfoot: nil, atom.Tr: nil,
		atom.Td: {"colspan": count, "rowspan": count},
		atom.Th: {
			"colspan": count, "rowspan": count,
			"scope": {pattern: regexp.MustCompile(`^(?:row|col|rowgroup|colgroup)$`)},
		},
	}

	// renamed holds elements kept under the name of one that is allowed: old
	// ones, and page structure whose text must not run into its neighbour's.
	renamed = map[atom.Atom]atom.Atom{
		atom.Acronym: atom.Abbr, atom.Strike: atom.S, atom.Tt: atom.Code,
		atom.Dir: atom.Ul, atom.Menu: atom.Ul,
		atom.Address: atom.Div, atom.Center: atom.Div, atom.Fieldset: atom.Div, atom.Footer: atom.Div,
		atom.Form: atom.Div, atom.Header: atom.Div, atom.Hgroup: atom.Div, atom.Main: atom.Div, atom.Nav: atom.Div,
	}

	// removed holds elements whose content goes with them, because it is not
	// text for a reader. Any other unknown element leaves its content.
	removed = map[atom.Atom]bool{
		atom.Applet: true, atom.Area: true, atom.Audio: true, atom.Base: true, atom.Canvas: true,
		atom.Datalist: true, atom.Embed: true, atom.Frame: true, atom.Frameset: true, atom.Head: true,
		atom.Iframe: true, atom.Input: true, atom.Link: true, atom.Map: true, atom.Math: true,
		atom.Meta: true, atom.Noembed: true, atom.Noframes: true, atom.Object: true, atom.Option: true,
		atom.Param: true, atom.Plaintext: true, atom.Script: true, atom.Select: true, atom.Source: true,
		atom.Style: true, atom.Svg: true, atom.Template: true, atom.Textarea: true, atom.Title: true,
		atom.Track: true, atom.Video: true, atom.Xmp: true,
	}

	// void holds the elements kept that have no end tag.
	void = map[atom.Atom]bool{atom.Br: true, atom.Hr: true, atom.Img: true}
)
