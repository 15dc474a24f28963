package csv

import (
	"fmt"
	"html"
	"net/url"
	"strings"
	"unicode"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// content is the text of the row: its content column, then everything that no
// field took, under its header.
func (l *line) content() markup.HTML {
	var b strings.Builder
	if s, at := l.cell("content"); at >= 0 {
		b.WriteString(read.Prose(s))
	}
	facts := l.facts()
	if facts != "" {
		b.WriteString("<dl>" + facts + "</dl>")
	}
	if b.Len() > maxContent && l.odd < maxWarnings {
		l.odd++
		l.Warn("", fmt.Sprintf("Line %d has more text than the 512 KiB that are kept; the rest is missing.", l.row.line))
	}
	return markup.Sanitise(b.String(), l.base)
}

// maxContent is what markup.Sanitise reads.
const maxContent = 512 << 10

// facts are the terms and descriptions of the cells that are left.
func (l *line) facts() string {
	var b strings.Builder
	for i, c := range l.cells {
		c = strings.TrimSpace(c)
		if c == "" || l.taken[i] {
			continue
		}
		fmt.Fprintf(&b, "<dt>%s</dt><dd>%s</dd>", html.EscapeString(l.label(i)), l.fact(i, c))
	}
	return b.String()
}

// label is the header of a column, its number where it has none.
func (l *line) label(i int) string {
	if i < len(l.header) && l.header[i] != "" {
		return l.header[i]
	}
	return fmt.Sprint(i + 1)
}

// fact is a cell as HTML: an address, a number to call or a box to write to is
// a link.
func (l *line) fact(i int, c string) string {
	to := ""
	switch {
	case l.is("email", i) && strings.Contains(c, "@") && !strings.ContainsAny(c, " \n\t,;<>"):
		to = "mailto:" + c
	case l.is("phone", i) && digits(c) >= 3 && strings.Trim(c, "+0123456789 ./-()\u00a0") == "":
		to = "tel:" + strings.Map(dialled, c)
	case strings.HasPrefix(c, "http://"), strings.HasPrefix(c, "https://"):
		to = l.resolve(c)
	}
	if to == "" {
		return read.Lines(c)
	}
	return read.Anchor(to, c)
}

// is reports whether a column is one of a field's.
func (r *reader) is(field string, column int) bool {
	for _, i := range r.columns[field] {
		if i == column {
			return true
		}
	}
	return false
}

func digits(s string) int { return len(strings.Map(dialled, s)) }

func dialled(r rune) rune {
	if r == '+' || r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// files takes the pictures and the files to download. A cell that holds one
// that is no address is left for the text.
func (l *line) files(it *federation.Item) {
	for _, src := range l.addresses("image") {
		if it.Image == nil {
			it.Image = &federation.Image{URL: src}
			continue
		}
		it.Attachments = append(it.Attachments, federation.Attachment{URL: src, Role: federation.RoleImage})
	}
	for _, src := range l.addresses("attachment") {
		it.Attachments = append(it.Attachments, federation.Attachment{URL: src, Title: fileName(src)})
	}
}

// maxFiles bounds the addresses of one cell.
const maxFiles = 100

func (l *line) addresses(field string) []string {
	s, at := l.cell(field)
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '|' || r == ';' || unicode.IsSpace(r) }) {
		address := l.resolve(part)
		if address == "" || len(out) == maxFiles {
			l.back(at, "a list of addresses of the web")
			return nil
		}
		out = append(out, address)
	}
	return out
}

// fileName is the last part of an address's path.
func fileName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return markup.Text(u.Path[strings.LastIndexByte(u.Path, '/')+1:])
}

func plain(s string) string { return markup.Text(s) }

// isWords reports whether a cell holds words rather than a number or address.
func isWords(s string) bool {
	return strings.IndexFunc(s, unicode.IsLetter) >= 0 && !strings.Contains(s, "://")
}
