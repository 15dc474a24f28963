package cap

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// text is a longer field. CAP says plain text; some publishers put HTML into it.
type text struct{ raw string }

func readText(n *read.Node) text { return text{n.Prose()} }

// html is the field as HTML that is still to be sanitised. References that were
// escaped twice ("3&amp;apos;0") are read once more.
func (t text) html() string {
	if read.IsHTML(t.raw) {
		return "<div>" + t.raw + "</div>"
	}
	var b strings.Builder
	for _, p := range paragraphs(t.raw) {
		b.WriteString("<p>" + read.Lines(html.UnescapeString(p)) + "</p>")
	}
	return b.String()
}

// plain is the field as plain text, a line for each paragraph.
func (t text) plain() string {
	return markup.Sanitise(t.html(), nil).Text()
}

// paragraphs splits plain text at empty lines. Text that was broken to a width
// (weather services still send what fits a teleprinter) is made whole again.
func paragraphs(s string) []string {
	var out []string
	var lines []string
	flush := func() {
		if len(lines) > 0 {
			out = append(out, unwrap(lines))
		}
		lines = nil
	}
	for line := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if line = strings.TrimSpace(line); line == "" {
			flush()
			continue
		}
		lines = append(lines, line)
	}
	flush()
	return out
}

// The width of text that was broken by a machine, in bytes.
const (
	wrapLeast = 45
	wrapMost  = 110
)

// unwrap joins lines that only a width has parted: the next goes on in small
// letters, or the one before is nearly full and the next is no point of a list.
func unwrap(lines []string) string {
	longest := 0
	for _, l := range lines {
		longest = max(longest, len(l))
	}
	wrapped := longest >= wrapLeast && longest <= wrapMost
	var b strings.Builder
	for i, l := range lines {
		switch {
		case i == 0:
		case len(lines[i-1]) >= wrapLeast && startsSmall(l),
			wrapped && len(lines[i-1]) >= longest*2/3 && !strings.ContainsAny(l[:1], "*-+") && !strings.HasPrefix(l, "•"):
			b.WriteByte(' ')
		default:
			b.WriteByte('\n')
		}
		b.WriteString(l)
	}
	return b.String()
}

func startsSmall(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}
