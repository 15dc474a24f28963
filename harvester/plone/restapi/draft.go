package restapi

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode/utf16"
)

// draft writes a text of Draft.js, which Volto had before Slate: a list of
// paragraphs with ranges in UTF-16 code units.
func (p *page) draft(o Object) {
	entities, list := o.Object("entityMap"), ""
	for _, block := range o.Objects("blocks") {
		if p.nodes++; p.nodes > maxNodes || p.b.Len() > maxPage {
			break
		}
		wrap, tag := draftTags(block.Raw("type"))
		if wrap != list {
			p.list(&list, wrap)
		}
		p.b.WriteString("<" + tag + ">" + ranges(block, entities) + "</" + tag + ">")
	}
	p.list(&list, "")
}

func (p *page) list(now *string, next string) {
	if *now != "" {
		p.b.WriteString("</" + *now + ">")
	}
	if *now = next; next != "" {
		p.b.WriteString("<" + next + ">")
	}
}

func draftTags(kind string) (list, tag string) {
	switch kind {
	case "unordered-list-item":
		return "ul", "li"
	case "ordered-list-item":
		return "ol", "li"
	case "header-one", "header-two":
		return "", "h2"
	case "header-three":
		return "", "h3"
	case "header-four", "header-five", "header-six":
		return "", "h4"
	case "blockquote", "callout":
		return "", "blockquote"
	case "code-block":
		return "", "pre"
	}
	return "", "p"
}

// maxRanges bounds the ranges of one paragraph.
const maxRanges = 100

// ranges is the text of a paragraph with its ranges as elements. Ranges that
// overlap without nesting are closed and opened again at each bound.
func ranges(block, entities Object) string {
	text := utf16.Encode([]rune(block.Raw("text")))
	var spans []span
	for _, r := range block.Objects("inlineStyleRanges") {
		if tag := draftStyles[r.Raw("style")]; tag != "" {
			spans = add(spans, r, len(text), "<"+tag+">", "</"+tag+">")
		}
	}
	for _, r := range block.Objects("entityRanges") {
		e := entities.Object(scalar(r["key"]))
		if to := cmp.Or(address(e.Object("data")["url"]), address(e.Object("data")["href"])); to != "" {
			spans = add(spans, r, len(text), `<a href="`+html.EscapeString(to)+`">`, "</a>")
		}
	}
	bounds := []int{0, len(text)}
	for _, s := range spans {
		bounds = append(bounds, s.from, s.to)
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	var b strings.Builder
	for i := 0; i+1 < len(bounds); i++ {
		end := ""
		for _, s := range spans {
			if s.from <= bounds[i] && s.to >= bounds[i+1] {
				b.WriteString(s.open)
				end = s.end + end
			}
		}
		b.WriteString(breaks(string(utf16.Decode(text[bounds[i]:bounds[i+1]]))) + end)
	}
	return b.String()
}

type span struct {
	from, to  int
	open, end string
}

func add(spans []span, r Object, length int, open, end string) []span {
	from := bounded(r.Number("offset"))
	to := from + bounded(r.Number("length"))
	if from < 0 || to > length || from >= to || len(spans) == maxRanges {
		return spans
	}
	return append(spans, span{from, to, open, end})
}

// bounded keeps a number from outside within what an int holds.
func bounded(n float64) int { return int(max(-1, min(n, 1<<24))) }

var draftStyles = map[string]string{"BOLD": "strong", "ITALIC": "em", "UNDERLINE": "u", "STRIKETHROUGH": "s", "CODE": "code"}

// breaks escapes text and keeps its line breaks.
func breaks(text string) string {
	return strings.ReplaceAll(html.EscapeString(strings.ReplaceAll(text, "\r\n", "\n")), "\n", "<br>")
}
