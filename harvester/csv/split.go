package csv

import (
	"fmt"
	"strings"
)

// delimiters are those that are tried, the most common first.
const delimiters = ",;\t|"

const (
	maxColumns = 1000      // cells read of a row
	maxRecord  = 256 << 10 // bytes of a row that a quote holds together
	maxBroken  = 100       // quotes without end that are looked for that far
)

// record finds the end of the first row of text, after its line break, and
// counts its cells. A quote opens only at the beginning of a cell and closes
// only at its end, as encoding/csv reads it with LazyQuotes. ok is false when a
// quote has no end in what a row may hold.
func record(text string, delimiter byte) (n, cells int, ok bool) {
	quoted, begin := false, true
	cells = 1
	for i := 0; i < len(text) && i < maxRecord; i++ {
		c := text[i]
		switch {
		case quoted && c == '"' && strings.HasPrefix(text[i+1:], `"`):
			i++
		case quoted && c == '"':
			rest := text[i+1:]
			quoted = rest != "" && rest[0] != delimiter && rest[0] != '\n' && !strings.HasPrefix(rest, "\r\n")
		case quoted:
		case c == '\n':
			return i + 1, cells, true
		case c == delimiter:
			cells, begin = cells+1, true
		case begin && c == '"':
			quoted, begin = true, false
		case c != ' ' || delimiter == '\t':
			begin = false
		}
	}
	if len(text) > maxRecord || quoted {
		return 0, cells, false
	}
	return len(text), cells, true
}

// mend makes of a text one that encoding/csv reads row by row: a row whose
// quote has no end, or that is too wide, is written again from its one line.
// Lines keep their numbers.
func mend(text string, delimiter byte) (string, []string) {
	var out strings.Builder
	var warnings []string
	broken, line, kept := 0, 1, 0 // text[:kept] is in out
	for at := 0; at < len(text); {
		n, cells, ok := 0, 0, false
		if broken < maxBroken {
			n, cells, ok = record(text[at:], delimiter)
		}
		if !ok {
			n = lineEnd(text[at:])
		}
		if row := text[at : at+n]; !ok && (broken < maxBroken || strings.Contains(row, `"`)) || cells > maxColumns {
			if broken++; len(warnings) < maxWarnings {
				warnings = append(warnings, fmt.Sprintf("Line %d has a quotation mark without its second, or too many cells; it was read as it stands.", line))
			}
			out.WriteString(text[kept:at])
			requote(&out, row, delimiter)
			kept = at + n
		}
		line += strings.Count(text[at:at+n], "\n")
		at += n
	}
	if kept == 0 {
		return text, nil
	}
	out.WriteString(text[kept:])
	return out.String(), warnings
}

// maxWarnings bounds the warnings of one kind.
const maxWarnings = 10

func lineEnd(text string) int {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return len(text)
}

// requote writes a row with every cell in quotes, split at each delimiter. Line
// breaks inside of it, which a row too wide may have, stay in their cells.
func requote(out *strings.Builder, row string, delimiter byte) {
	body := strings.TrimRight(row, "\r\n")
	cells := strings.SplitN(body, string(delimiter), maxColumns+1)
	for i, cell := range cells[:min(len(cells), maxColumns)] {
		if i > 0 {
			out.WriteByte(delimiter)
		}
		cell = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(cell), `"`), `"`)
		out.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
	}
	out.WriteString(row[len(body):])
}

// delimiterOf finds the character between the cells: the one by which most rows
// have equally many, among them the first; of equals the one that makes most
// cells. columns is how many; even is the part of the rows that have them.
func delimiterOf(text string) (delimiter byte, columns int, even float64) {
	delimiter, columns = ',', 1
	best := 0.0
	for _, c := range []byte(delimiters) {
		n, share, first := shape(text, c)
		score := share
		if first == n {
			score++ // decimal commas are in every row but that of the headers
		}
		if n > 1 && (score > best || score == best && n > columns) {
			delimiter, columns, even, best = c, n, share, score
		}
	}
	return delimiter, columns, even
}

// shape is the most common number of cells of the first rows, the part of them
// that have it, and the number of the first row.
func shape(text string, delimiter byte) (columns int, share float64, first int) {
	counts, rows := map[int]int{}, 0
	for at := 0; at < min(len(text), sniffed) && rows < 50; {
		n, cells, ok := record(text[at:], delimiter)
		if !ok {
			n = lineEnd(text[at:])
		}
		if strings.TrimSpace(text[at:at+n]) != "" {
			if rows == 0 {
				first = cells
			}
			counts[cells]++
			rows++
		}
		at += n
	}
	for n, count := range counts {
		if count > counts[columns] || count == counts[columns] && n > columns {
			columns = n
		}
	}
	return columns, float64(counts[columns]) / float64(max(rows, 1)), first
}
