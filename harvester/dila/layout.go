package dila

import (
	"strconv"
	"strings"
	"time"
)

// notes gives each aside its class and the title it has when it brings none.
var notes = map[string]struct{ class, title string }{
	"ANoter":        {"ca-note", "À noter"},
	"ASavoir":       {"ca-tip", "À savoir"},
	"Aide":          {"ca-tip", ""},
	"Attention":     {"ca-warning", "Attention"},
	"Avertissement": {"ca-warning", "Avertissement"},
	"Exemple":       {"ca-example", "Exemple"},
	"Rappel":        {"ca-reminder", "Rappel"},
}

func (r *renderer) note(n *node) {
	kind := notes[n.name]
	title := n.title()
	r.wrap("div", kind.class, func() {
		if title.hasText() || kind.title != "" {
			r.wrap("p", "", func() {
				r.wrap("strong", "", func() {
					if title.hasText() {
						r.inline(title)
						return
					}
					r.text(kind.title)
				})
				if date := n.get("date"); date != "" {
					r.text(" (" + frenchDay(date) + ")")
				}
			})
		}
		r.blocks(r.body(n))
	})
}

// frenchDay turns 2020-09-08 into 08/09/2020 and leaves what is not a day.
func frenchDay(s string) string {
	t, err := time.Parse(time.DateOnly, day.FindString(s))
	if err != nil {
		return s
	}
	return t.Format("02/01/2006")
}

// list writes a Liste; "puce" is the only type seen, but others exist.
func (r *renderer) list(n *node) {
	element, kind := "ul", strings.ToLower(n.get("type"))
	if strings.HasPrefix(kind, "num") || strings.HasPrefix(kind, "ord") || strings.HasPrefix(kind, "alpha") {
		element = "ol"
	}
	var before, items []*node
	for _, k := range n.kids {
		switch {
		case k.name == "Item":
			items = append(items, k)
		case len(items) == 0:
			before = append(before, k)
		case k.hasText():
			items = append(items, &node{name: "Item", kids: []*node{k}})
		}
	}
	r.blocks(before)
	r.wrap(element, "", func() {
		for _, k := range items {
			r.item(k)
		}
	})
}

func (r *renderer) item(n *node) {
	r.wrap("li", "", func() { r.cell(n) })
}

// cell writes the content of an item or a table cell, without a paragraph when
// it is a single one.
func (r *renderer) cell(n *node) {
	only := n.soleParagraph()
	if only == nil {
		r.blocks(n.kids)
		return
	}
	for _, k := range only.kids {
		if blockElements[k.name] {
			r.paragraph(only)
			return
		}
	}
	r.inline(only)
}

// soleParagraph returns the one Paragraphe n consists of, nil if it is not so.
func (n *node) soleParagraph() *node {
	var only *node
	for _, k := range n.kids {
		switch {
		case k.name == "" && strings.TrimSpace(k.data) == "":
		case k.name == "Paragraphe" && only == nil:
			only = k
		default:
			return nil
		}
	}
	return only
}

// table writes a Tableau. A header is told by the type of a row, and of a
// column in the Colonne elements before the rows.
func (r *renderer) table(n *node) {
	var headers []bool // per column
	var rows, rest []*node
	for _, k := range n.kids {
		switch k.name {
		case "Colonne":
			headers = append(headers, k.get("type") == "header")
		case "Rangée", "Rangee":
			rows = append(rows, k)
		case "Titre", "TitreRiche":
		default:
			rest = append(rest, k)
		}
	}
	r.wrap("table", "", func() {
		if title := n.title(); title.hasText() {
			r.wrap("caption", "", func() { r.inline(title) })
		}
		r.wrap("tbody", "", func() {
			for _, row := range rows {
				r.row(row, headers)
			}
		})
	})
	r.blocks(rest)
}

func (r *renderer) row(n *node, headers []bool) {
	r.wrap("tr", "", func() {
		column := 0
		for _, c := range n.kids {
			if c.name == "" && !c.hasText() {
				continue
			}
			element, scope := "td", ""
			switch {
			case n.get("type") == "header":
				element, scope = "th", "col"
			case column < len(headers) && headers[column]:
				element, scope = "th", "row"
			}
			if element == "th" && !c.hasText() {
				element, scope = "td", "" // an empty header names nothing
			}
			r.cellTag(element, scope, c)
			column += max(1, span(c, "fusionHorizontale", "colspan"))
		}
	})
}

func (r *renderer) cellTag(element, scope string, c *node) {
	r.out.WriteString("<" + element)
	if scope != "" {
		r.out.WriteString(` scope="` + scope + `"`)
	}
	if s := span(c, "fusionHorizontale", "colspan"); s > 1 {
		r.out.WriteString(` colspan="` + strconv.Itoa(s) + `"`)
	}
	if s := span(c, "fusionVerticale", "rowspan"); s > 1 {
		r.out.WriteString(` rowspan="` + strconv.Itoa(s) + `"`)
	}
	r.out.WriteByte('>')
	if c.name == "Cellule" {
		r.cell(c)
	} else {
		r.block(c)
	}
	r.closeTag(element)
}

// span reads how many columns or rows a cell covers, 0 when it does not say.
func span(c *node, names ...string) int {
	for _, name := range names {
		if n, err := strconv.Atoi(c.get(name)); err == nil && n > 0 && n <= 100 {
			return n
		}
	}
	return 0
}
