package dila

import (
	"html"
	"slices"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// Within the sheet's own text nothing of ours stands between its words: what
// kind of thing a resource is goes into the title of its link, and the class of
// the block says that it is an office or an online service. In the end matter,
// which is a list of ours, it is written out.

// where writes an office to turn to. The code of the local pivot stays: it is
// the key by which a commune's own office takes this place.
func (r *renderer) where(n *read.Node) {
	site := r.site(n)
	r.wrap("div", "ca-where", func() {
		r.wrap("p", "", func() {
			r.wrap("strong", "", func() {
				name := func() { r.text(words(titleOf(n))) }
				if site == nil {
					name()
					return
				}
				r.anchor(r.address(site), name)
			})
		})
		r.pivot(n)
		r.level++
		var rest []*read.Node
		for _, k := range r.body(n) {
			if k.Name != "PivotLocal" && k != site {
				rest = append(rest, k)
			}
		}
		r.blocks(rest)
		r.level--
	})
}

// site is the link without words that an office or a service in the text brings
// along: it becomes that of its name.
func (r *renderer) site(n *read.Node) *read.Node {
	if r.closing || !hasText(titleOf(n)) || r.address(n) != "" {
		return nil
	}
	for _, name := range []string{"RessourceWeb", "LienWeb"} {
		for k := range n.All(name) {
			if !hasText(k) && r.address(k) != "" && k.Child("Condition") == nil {
				return k
			}
		}
	}
	return nil
}

// pivot says what kind of office it is, by the name of its pivot where we know
// it, and under which code it is listed.
func (r *renderer) pivot(n *read.Node) {
	kind := n.Get("type")
	if strings.HasPrefix(kind, "Local") {
		kind = "Service local" // "Local personnalisé sur SP" says nothing to a citizen
	}
	code := words(n.Child("PivotLocal"))
	name := pivotName(code)
	switch {
	case kind == "" && code == "" || code == "" && !r.closing:
	case r.closing:
		r.wrap("p", "", func() {
			r.wrap("small", "", func() {
				r.text(strings.Trim(kind+" : "+name, " :"))
				if code != "" && name != code {
					r.text(" (")
					r.wrap("code", "", func() { r.text(code) })
					r.text(")")
				}
			})
		})
	default:
		r.wrap("p", "", func() {
			r.wrap("small", "", func() {
				r.hint(strings.Trim(kind+" : "+name, " :"), func() { r.wrap("code", "", func() { r.text(code) }) })
			})
		})
	}
}

// online writes a form, an online service, a letter or a simulator.
func (r *renderer) online(n *read.Node) {
	r.wrap("div", "ca-online", func() {
		if kind := n.Get("type"); kind != "" && r.closing {
			r.wrap("strong", "", func() { r.text(kind) })
			r.text(" : ")
		}
		r.resource(n)
	})
}

// beside holds the children of a resource that are told on its first line.
var beside = map[string]bool{"Complement": true, "Source": true, "Theme": true, "Dossier": true, "Audience": true, "SousTheme": true}

// resource writes the link an element is, then all else it holds. It serves
// every element that is a title with an address, known or not.
func (r *renderer) resource(n *read.Node) {
	title := titleOf(n)
	if title == nil {
		title = n.Child("LienExterne")
	}
	var line, rest []*read.Node
	var own []*read.Node // text of its own: <Fiche ID="F1">Title</Fiche>
	for _, k := range without(n, title) {
		switch {
		case k.Name == "Audience":
		case k.Name == "Condition":
			r.condition(k)
		case beside[k.Name]:
			line = append(line, k)
		case k.Name == "" || inlineElements[k.Name]:
			own = append(own, k)
		default:
			rest = append(rest, k)
		}
	}
	text := &read.Node{Name: n.Name, Kids: own}
	r.resourceName(n, title, text)
	if site := r.site(n); site != nil {
		rest = slices.DeleteFunc(rest, func(k *read.Node) bool { return k == site })
	}
	for _, k := range line {
		if hasText(k) {
			separator := "<br>"
			if r.closing {
				separator = " – "
			}
			r.out.WriteString(separator)
			r.wrap("small", "", func() { r.beside(k) })
		}
	}
	if title != nil && hasText(text) {
		r.wrap("p", "", func() { r.inline(text) })
	}
	r.level++
	r.blocks(rest)
	r.level--
}

// resourceName writes the title, or the text when there is none, as a link.
func (r *renderer) resourceName(n, title, text *read.Node) {
	if title == nil {
		title = text
	}
	href := r.address(n)
	if site := r.site(n); site != nil {
		href = r.address(site)
	}
	name := func() {
		if hasText(title) {
			r.text(words(title))
			return
		}
		r.text(visibleName(n, href))
	}
	about := details(n)
	if r.closing {
		about = ""
	} else if kind := n.Get("type"); kind != "" && n.Name != "Fiche" {
		about = strings.Trim(kind+", "+about, ", ")
	}
	switch {
	case title.Name == "LienExterne":
		r.link(title)
	case href != "" && about != "":
		r.out.WriteString(`<a href="` + html.EscapeString(href) + `" title="` + html.EscapeString(about) + `">`)
		name()
		r.out.WriteString("</a>")
	case href != "":
		r.anchor(href, name)
	case about != "":
		r.hint(about, func() { r.inline(title) })
	default:
		r.inline(title)
	}
	if d := details(n); d != "" && r.closing {
		r.text(" (" + d + ")")
	}
}

// hint writes content with what is to be known of it shown on demand.
func (r *renderer) hint(about string, content func()) {
	r.out.WriteString(`<abbr title="` + html.EscapeString(about) + `">`)
	content()
	r.out.WriteString("</abbr>")
}

func (r *renderer) beside(n *read.Node) {
	if titleOf(n) != nil {
		r.text(words(n))
		return
	}
	r.inline(n)
}

// details returns number, kind and size of a file, as the flow has them.
func details(n *read.Node) string {
	var parts []string
	if cerfa := n.Get("numerocerfa"); cerfa != "" {
		parts = append(parts, "cerfa n° "+cerfa)
	}
	if other := n.Get("autrenumero"); other != "" {
		parts = append(parts, "n° "+other)
	}
	if _, format, ok := strings.Cut(n.Get("format"), "/"); ok && format == "pdf" {
		parts = append(parts, "PDF")
	}
	if size := n.Get("poids"); size != "" {
		parts = append(parts, size)
	}
	return strings.Join(parts, ", ")
}

// term writes an entry of the glossary.
func (r *renderer) term(n *read.Node) {
	r.wrap("dt", "", func() { r.text(words(titleOf(n))) })
	r.wrap("dd", "", func() { r.blocks(r.body(n)) })
}
