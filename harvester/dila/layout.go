package dila

import (
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/harvester/read"
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

func (r *renderer) note(n *read.Node) {
	kind := notes[n.Name]
	title := titleOf(n)
	r.wrap("div", kind.class, func() {
		if hasText(title) || kind.title != "" {
			r.wrap("p", "", func() {
				r.wrap("strong", "", func() {
					if hasText(title) {
						r.inline(title)
						return
					}
					r.text(kind.title)
				})
				if date := n.Get("date"); date != "" {
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
func (r *renderer) list(n *read.Node) {
	element, kind := "ul", strings.ToLower(n.Get("type"))
	if strings.HasPrefix(kind, "num") || strings.HasPrefix(kind, "ord") || strings.HasPrefix(kind, "alpha") {
		element = "ol"
	}
	var before, items []*read.Node
	for _, k := range n.Kids {
		switch {
		case k.Name == "Item":
			items = append(items, k)
		case len(items) == 0:
			before = append(before, k)
		case hasText(k):
			items = append(items, &read.Node{Name: "Item", Kids: []*read.Node{k}})
		}
	}
	r.blocks(before)
	r.wrap(element, "", func() {
		for _, k := range items {
			r.item(k)
		}
	})
}

func (r *renderer) item(n *read.Node) {
	r.wrap("li", "", func() { r.cell(n) })
}

// cell writes the content of an item or a table cell, without a paragraph when
// it is a single one.
func (r *renderer) cell(n *read.Node) {
	only := soleParagraph(n)
	if only == nil {
		r.blocks(n.Kids)
		return
	}
	for _, k := range only.Kids {
		if blockElements[k.Name] {
			r.paragraph(only)
			return
		}
	}
	r.inline(only)
}

// soleParagraph returns the one Paragraphe n consists of, nil if it is not so.
func soleParagraph(n *read.Node) *read.Node {
	var only *read.Node
	for _, k := range n.Kids {
		switch {
		case k.Name == "" && strings.TrimSpace(k.Data) == "":
		case k.Name == "Paragraphe" && only == nil:
			only = k
		default:
			return nil
		}
	}
	return only
}

// table writes a Tableau. A header is told by the type of a row, and of a
// column in the Colonne elements before the rows.
func (r *renderer) table(n *read.Node) {
	var headers []bool // per column
	var rows, rest []*read.Node
	for _, k := range n.Kids {
		switch k.Name {
		case "Colonne":
			headers = append(headers, k.Get("type") == "header")
		case "Rangée", "Rangee":
			rows = append(rows, k)
		case "Titre", "TitreRiche":
		default:
			rest = append(rest, k)
		}
	}
	r.wrap("table", "", func() {
		if title := titleOf(n); hasText(title) {
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

func (r *renderer) row(n *read.Node, headers []bool) {
	r.wrap("tr", "", func() {
		column := 0
		for _, c := range n.Kids {
			if c.Name == "" && !hasText(c) {
				continue
			}
			element, scope := "td", ""
			switch {
			case n.Get("type") == "header":
				element, scope = "th", "col"
			case column < len(headers) && headers[column]:
				element, scope = "th", "row"
			}
			if element == "th" && !hasText(c) {
				element, scope = "td", "" // an empty header names nothing
			}
			r.cellTag(element, scope, c)
			column += max(1, span(c, "fusionHorizontale", "colspan"))
		}
	})
}

func (r *renderer) cellTag(element, scope string, c *read.Node) {
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
	if c.Name == "Cellule" {
		r.cell(c)
	} else {
		r.block(c)
	}
	r.closeTag(element)
}

// span reads how many columns or rows a cell covers, 0 when it does not say.
func span(c *read.Node, names ...string) int {
	for _, name := range names {
		if n, err := strconv.Atoi(c.Get(name)); err == nil && n > 0 && n <= 100 {
			return n
		}
	}
	return 0
}
