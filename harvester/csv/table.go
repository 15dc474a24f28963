package csv

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

const (
	maxBody  = 8 << 20 // bytes read
	maxItems = 20_000  // rows read
)

// table is a document taken apart.
type table struct {
	title    string // written above the headers
	header   []string
	rows     []row
	left     int  // rows beyond maxItems
	cut      bool // the document is longer than what is read
	warnings []string
}

// row is one row. Line is where it begins, from 1.
type row struct {
	line  int
	cells []string
}

func readTable(doc federation.Document) (table, error) {
	var t table
	if binary(doc.Body) {
		return t, errBinary
	}
	text, fault := read.Text(doc.Body[:min(len(doc.Body), maxBody)], doc.ContentType)
	if fault != "" {
		t.warnings = append(t.warnings, fault)
	}
	if len(doc.Body) > maxBody {
		t.cut = true
		text = text[:strings.LastIndexByte(text, '\n')+1]
		t.warnings = append(t.warnings, fmt.Sprintf("The table is larger than %d MiB; only that much was read.", maxBody>>20))
	}
	text = lines(text)
	if err := refuse(text); err != nil {
		return t, err
	}
	text, delimiter := dialect(text)
	text, mended := mend(text, delimiter)
	t.warnings = append(t.warnings, mended...)
	rows := csv.NewReader(strings.NewReader(text))
	rows.Comma, rows.LazyQuotes, rows.FieldsPerRecord = rune(delimiter), true, -1
	rows.TrimLeadingSpace = delimiter != '\t'
	t.read(rows, doc.Source)
	if len(t.header) == 0 || len(t.header) == 1 && len(recognise(t.header, doc.Source)) == 0 {
		return t, errNoTable
	}
	return t, nil
}

// lines makes the line breaks those of Unix where they are those of old Macs;
// encoding/csv reads the others.
func lines(text string) string {
	if !strings.Contains(text, "\n") {
		return strings.ReplaceAll(text, "\r", "\n")
	}
	return text
}

// dialect finds the delimiter. A first line "sep=;" is how a spreadsheet is
// told; it is left empty, so that lines keep their numbers.
func dialect(text string) (string, byte) {
	if rest, ok := strings.CutPrefix(text, "sep="); ok && rest != "" && strings.IndexByte(delimiters, rest[0]) >= 0 {
		return strings.TrimLeft(rest[1:], " "), rest[0]
	}
	delimiter, _, _ := delimiterOf(text)
	return text, delimiter
}

// read takes the rows. What stands above the headers is the title.
func (t *table) read(rows *csv.Reader, src federation.Source) {
	var above [][]string
	ragged := 0
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.warnings = append(t.warnings, "A row cannot be read: "+markup.Text(err.Error()))
			break
		}
		line, _ := rows.FieldPos(0)
		switch n := filled(cells); {
		case n == 0:
		case t.header == nil && n == 1 && len(above) < maxAbove && !isHeader(cells, src):
			above = append(above, cells)
		case t.header == nil:
			t.header = names(cells)
		case len(t.rows) == maxItems:
			t.left++
		default:
			if t.ragged(line, cells, ragged) {
				ragged++
			}
			t.rows = append(t.rows, row{line: line, cells: cells})
		}
	}
	if t.header == nil {
		return
	}
	for _, cells := range above {
		t.title = strings.TrimSpace(t.title + " " + markup.Text(strings.Join(cells, " ")))
	}
	if n := ragged - maxWarnings; n > 0 {
		t.warnings = append(t.warnings, fmt.Sprintf("%d more rows have fewer or more cells than there are headers.", n))
	}
}

// maxAbove is how many lines may stand above the headers.
const maxAbove = 10

// ragged reports whether a row has not as many cells as there are headers, and
// warns of it as long as few rows have been so before.
func (t *table) ragged(line int, cells []string, before int) bool {
	if len(cells) == len(t.header) || len(cells) > len(t.header) && filled(cells[len(t.header):]) == 0 {
		return false
	}
	if before < maxWarnings {
		t.warnings = append(t.warnings, fmt.Sprintf("Line %d has %d cells, the headers are %d; it was read as far as it goes.", line, len(cells), len(t.header)))
	}
	return true
}

// filled counts the cells that are not empty.
func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// names are the headers as plain text, without empty ones at the end.
func names(cells []string) []string {
	out := make([]string, 0, len(cells))
	for _, c := range cells {
		out = append(out, markup.Text(c))
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}
