package restapi

import (
	"cmp"
	"html"
	"maps"
	"slices"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// Bounds of one page: its blocks, nested ones included, the nodes of its
// texts, and what is written of them.
const (
	maxBlocks = 2_000
	maxNodes  = 50_000
	maxPage   = 1 << 20 // bytes; half of it is more than the sanitiser reads
)

// page writes the blocks of Volto as raw HTML, still to be sanitised.
type page struct {
	b       strings.Builder
	r       *reading
	blocks  int
	nodes   int
	unknown map[string]bool
}

// pageOf is the HTML of an object's blocks (plone.restapi, blocks behaviour):
// "blocks" by id, in the order of "blocks_layout".
func (r *reading) pageOf(o Object) string {
	p := &page{r: r, unknown: map[string]bool{}}
	p.layout(o)
	for _, name := range slices.Sorted(maps.Keys(p.unknown)) {
		r.warn("has a block of the kind " + name + " that holds nothing known here; it was left out")
	}
	return p.b.String()
}

func (p *page) layout(o Object) {
	blocks := o.Object("blocks")
	order := o.Object("blocks_layout")
	list, _ := order["items"].([]any)
	for _, id := range list {
		key, _ := id.(string)
		if block := blocks.Object(key); block != nil {
			p.block(block)
		}
	}
}

func (p *page) tag(name, text string) {
	if text != "" {
		p.b.WriteString("<" + name + ">" + html.EscapeString(text) + "</" + name + ">")
	}
}

func (p *page) link(address, text string) string {
	if address == "" {
		return html.EscapeString(text)
	}
	if text == "" {
		text = address
	}
	return read.Anchor(address, text)
}

// block writes one block. What nobody wrote as text (listings, searches,
// tables of contents, the title that is the item's own) is left to the site.
func (p *page) block(o Object) {
	if p.blocks++; p.blocks > maxBlocks || p.b.Len() > maxPage {
		return
	}
	switch kind := o.Raw("@type"); kind {
	case "title", "description", "leadimage", "toc", "separator", "empty", "eventMetadata", "contextNavigation", "relatedItems":
	case "slate", "detachedText":
		p.slate(o["value"])
	case "text":
		p.draft(o.Object("text"))
	case "html":
		p.b.WriteString(Balance(o.Raw("html"), p.r.base))
	case "image":
		p.image(o)
	case "table", "slateTable":
		p.table(o.Object("table"))
	case "listing", "search":
		p.tag("h2", o.Text("headline"))
	case "heading":
		p.tag(headingTag(o.Raw("tag")), o.Text("heading"))
	case "video", "maps":
		p.paragraph(p.link(o.Raw("url"), o.Text("title")))
	case "teaser":
		p.teaser(o)
	case "__button", "button":
		p.paragraph(p.link(address(o["href"]), o.Text("title")))
	default:
		p.other(o, kind)
	}
}

func (p *page) paragraph(raw string) {
	if raw != "" {
		p.b.WriteString("<p>" + raw + "</p>")
	}
}

// other writes what a block of an add-on holds: its headings, its texts, and
// the blocks within it (grids, columns, accordions, tabs).
func (p *page) other(o Object, kind string) {
	before := p.b.Len()
	p.tag("h2", cmp.Or(o.Text("headline"), o.Text("title"), o.Text("heading")))
	for _, key := range []string{"description", "text", "quotation", "summary"} {
		if _, ok := o[key].(string); ok {
			p.tag("p", o.Text(key))
		} else if draft := o.Object(key); draft.Has("blocks") {
			p.draft(draft)
		}
	}
	if s := o.Raw("html"); s != "" {
		p.b.WriteString(Balance(s, p.r.base))
	}
	if list, ok := o["value"].([]any); ok {
		p.slate(list)
	}
	if address := address(o["href"]); address != "" {
		p.paragraph(p.link(address, o.Text("linkTitle")))
	}
	for _, column := range o.Objects("columns") { // the grid of kitconcept, before Volto 17
		p.block(column)
	}
	p.layout(o)
	p.layout(o.Object("data"))
	if p.b.Len() == before && kind != "" {
		p.unknown[plain(kind)] = true
	}
}

func headingTag(tag string) string {
	switch tag {
	case "h2", "h3", "h4", "h5", "h6":
		return tag
	}
	return "h2"
}

func (p *page) image(o Object) {
	src := p.r.resolve(o.Raw("url"))
	if src == "" {
		return
	}
	caption := cmp.Or(o.Text("caption"), o.Text("description"))
	if !strings.Contains(src, "/@@images/") && o.Object("image_scales") != nil || !hasExtension(src) {
		src = strings.TrimSuffix(src, "/") + "/@@images/image" // the address of an Image object is a page
	}
	img := `<img src="` + html.EscapeString(src) + `" alt="` + html.EscapeString(o.Text("alt")) + `">`
	if to := address(o["href"]); to != "" {
		img = `<a href="` + html.EscapeString(to) + `">` + img + "</a>"
	}
	p.b.WriteString("<figure>" + img)
	p.tag("figcaption", caption)
	p.b.WriteString("</figure>")
}

func hasExtension(address string) bool {
	i := strings.LastIndexByte(address, '/')
	return strings.Contains(address[i+1:], ".") || strings.Contains(address, "/@@")
}

func (p *page) teaser(o Object) {
	to := address(o["href"])
	title := o.Text("title")
	text := o.Text("description")
	if target := objects(o["href"]); len(target) > 0 {
		title = cmp.Or(title, target[0].Text("title"))
		text = cmp.Or(text, target[0].Text("description"))
	}
	p.tag("p", o.Text("head_title"))
	if title != "" || to != "" {
		p.b.WriteString("<h3>" + p.link(to, title) + "</h3>")
	}
	p.tag("p", text)
}

// address is a link as Volto's widgets write one: a string, an object, or a
// list with one.
func address(v any) string {
	switch v := v.(type) {
	case string:
		return none(v)
	case []any:
		if len(v) > 0 {
			return address(v[0])
		}
		return ""
	}
	o := object(v)
	return cmp.Or(o.Raw("@id"), o.Raw("url"), o.Raw("value"))
}

func (p *page) table(o Object) {
	rows := o.Objects("rows")
	if len(rows) == 0 {
		return
	}
	p.b.WriteString("<table>")
	for _, row := range rows {
		p.b.WriteString("<tr>")
		for _, cell := range row.Objects("cells") {
			tag := "td"
			if cell.Raw("type") == "header" {
				tag = "th"
			}
			p.b.WriteString("<" + tag + ">")
			if draft := cell.Object("value"); draft != nil {
				p.draft(draft)
			} else {
				p.slate(cell["value"])
			}
			p.b.WriteString("</" + tag + ">")
		}
		p.b.WriteString("</tr>")
	}
	p.b.WriteString("</table>")
}
