package restapi

import (
	"cmp"
	"html"
)

// slate writes a text of Slate: a tree of elements whose leaves are texts.
func (p *page) slate(v any) {
	switch v := v.(type) {
	case []any:
		for _, v := range v {
			p.slate(v)
		}
		return
	case string:
		p.b.WriteString(html.EscapeString(v))
		return
	}
	o := object(v)
	if o == nil {
		return
	}
	if p.nodes++; p.nodes > maxNodes || p.b.Len() > maxPage {
		return
	}
	if text, ok := o["text"].(string); ok {
		p.leaf(o, text)
		return
	}
	open, end := slateTags(o)
	p.b.WriteString(open)
	p.slate(o["children"])
	p.b.WriteString(end)
}

// slateTags are the tags of an element. Its type is the name of an HTML
// element, or one of the names that Volto gives its own.
func slateTags(o Object) (open, end string) {
	switch t := o.Raw("type"); t {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code",
		"strong", "em", "u", "s", "del", "b", "i", "sub", "sup", "table", "tr", "td", "th", "tbody", "thead", "dl", "dt", "dd":
		return "<" + t + ">", "</" + t + ">"
	case "link", "a", "simpleLink":
		data := o.Object("data")
		to := cmp.Or(address(data["url"]), address(data.Object("link").Object("internal")["internal_link"]),
			address(data.Object("link").Object("external")["external_link"]), address(o["url"]), address(o["href"]))
		if mail := data.Object("link").Object("email").Raw("email_address"); to == "" && mail != "" {
			to = "mailto:" + mail
		}
		if to == "" {
			return "", ""
		}
		return `<a href="` + html.EscapeString(to) + `">`, "</a>"
	case "callout":
		return "<p><strong>", "</strong></p>"
	case "paragraph":
		return "<p>", "</p>"
	}
	return "", ""
}

var marks = []struct{ name, tag string }{
	{"bold", "strong"}, {"strong", "strong"}, {"italic", "em"}, {"em", "em"}, {"underline", "u"},
	{"strikethrough", "s"}, {"sub", "sub"}, {"sup", "sup"}, {"code", "code"},
}

func (p *page) leaf(o Object, text string) {
	end := ""
	for _, m := range marks {
		if o.True(m.name) {
			p.b.WriteString("<" + m.tag + ">")
			end = "</" + m.tag + ">" + end
		}
	}
	p.b.WriteString(breaks(text) + end)
}
