package dila

import "strings"

// where writes an office to turn to. The code of the local pivot stays
// readable: it is the key by which a commune's own office takes this place.
func (r *renderer) where(n *node) {
	r.wrap("div", "ca-where", func() {
		r.wrap("p", "", func() {
			if !r.closing {
				r.text("Où s'adresser ? ")
			}
			r.wrap("strong", "", func() { r.text(n.title().text()) })
		})
		r.pivot(n)
		r.level++
		var rest []*node
		for _, k := range r.body(n) {
			if k.name != "PivotLocal" {
				rest = append(rest, k)
			}
		}
		r.blocks(rest)
		r.level--
	})
}

// pivot says what kind of office it is and under which code it is listed.
func (r *renderer) pivot(n *node) {
	kind := n.get("type")
	if strings.HasPrefix(kind, "Local") {
		kind = "Service local" // "Local personnalisé sur SP" says nothing to a citizen
	}
	code := n.child("PivotLocal").text()
	if kind == "" && code == "" {
		return
	}
	r.wrap("p", "", func() {
		r.wrap("small", "", func() {
			r.text(kind)
			if code != "" {
				r.text(" : ")
				r.wrap("code", "", func() { r.text(code) })
			}
		})
	})
}

// online writes a form, an online service, a letter or a simulator.
func (r *renderer) online(n *node) {
	r.wrap("div", "ca-online", func() {
		if kind := n.get("type"); kind != "" {
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
func (r *renderer) resource(n *node) {
	title := n.title()
	if title == nil {
		title = n.child("LienExterne")
	}
	var line, rest []*node
	var own []*node // text of its own: <Fiche ID="F1">Title</Fiche>
	for _, k := range n.without(title) {
		switch {
		case k.name == "Audience":
		case k.name == "Condition":
			r.condition(k)
		case beside[k.name]:
			line = append(line, k)
		case k.name == "" || inlineElements[k.name]:
			own = append(own, k)
		default:
			rest = append(rest, k)
		}
	}
	text := &node{name: n.name, kids: own}
	r.resourceName(n, title, text)
	for _, k := range line {
		if k.hasText() {
			r.text(" – ")
			r.wrap("small", "", func() { r.beside(k) })
		}
	}
	if title != nil && text.hasText() {
		r.wrap("p", "", func() { r.inline(text) })
	}
	r.level++
	r.blocks(rest)
	r.level--
}

// resourceName writes the title, or the text when there is none, as a link.
func (r *renderer) resourceName(n, title, text *node) {
	if title == nil {
		title = text
	}
	href := r.address(n)
	switch {
	case title.name == "LienExterne":
		r.link(title)
	case href == "":
		r.inline(title)
	default:
		r.anchor(href, func() {
			if title.hasText() {
				r.text(title.text())
				return
			}
			r.text(visibleName(n, href))
		})
	}
	if d := details(n); d != "" {
		r.text(" (" + d + ")")
	}
}

func (r *renderer) beside(n *node) {
	if n.title() != nil {
		r.text(n.text())
		return
	}
	r.inline(n)
}

// details returns number, kind and size of a file, as the flow has them.
func details(n *node) string {
	var parts []string
	if cerfa := n.get("numerocerfa"); cerfa != "" {
		parts = append(parts, "cerfa n° "+cerfa)
	}
	if other := n.get("autrenumero"); other != "" {
		parts = append(parts, "n° "+other)
	}
	if _, format, ok := strings.Cut(n.get("format"), "/"); ok && format == "pdf" {
		parts = append(parts, "PDF")
	}
	if size := n.get("poids"); size != "" {
		parts = append(parts, size)
	}
	return strings.Join(parts, ", ")
}

// term writes an entry of the glossary.
func (r *renderer) term(n *node) {
	r.wrap("dt", "", func() { r.text(n.title().text()) })
	r.wrap("dd", "", func() { r.blocks(r.body(n)) })
}
