package csv

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

const (
	errMarkup  read.Refusal = "The address answers with a web page or XML, not a table. Ask for the address of the CSV file."
	errJSON    read.Refusal = "The address answers with JSON, not a table. Ask for the address of the CSV file."
	errBinary  read.Refusal = "The address answers with a binary file, such as a spreadsheet. Ask for the same table as CSV."
	errNoTable read.Refusal = "The document is not a table with headers in its first row. Ask for a CSV file with headers."
)

// refuse tells what a text is when it is surely not a table.
func refuse(text string) error {
	begin := strings.TrimLeftFunc(text, unicode.IsSpace)
	switch {
	case begin == "":
		return read.Empty
	case begin[0] == '<':
		return errMarkup
	case begin[0] == '{', begin[0] == '[':
		return errJSON
	case strings.HasPrefix(begin, "BEGIN:"):
		return errNoTable
	}
	return nil
}

// binary tells a file of another kind by its mark, or by the zeros in it.
func binary(body []byte) bool {
	head := read.Narrow(body[:min(len(body), 1024)])
	return bytes.Count(head, []byte{0}) > 3 || bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("%PDF"))
}

// sniffed is how much of a document is looked at.
const sniffed = 64 << 10

// sniff knows a table by rows of equal width under headers that are words. How
// it is sent and named decides only where that is so.
func sniff(doc federation.Document) int {
	body := doc.Body
	if len(body) > sniffed {
		body = body[:sniffed]
		body = body[:bytes.LastIndexByte(body, '\n')+1]
	}
	text, _ := read.Text(body, doc.ContentType)
	if text = lines(text); binary(body) || refuse(text) != nil {
		return 0
	}
	_, columns, even := delimiterOf(text)
	t, err := readTable(federation.Document{Body: body, ContentType: doc.ContentType, Source: doc.Source})
	if err != nil || columns < 2 || len(t.header) < 2 || !words(t.header) {
		return 0
	}
	known := len(recognise(t.header, doc.Source))
	hinted := strings.Contains(doc.ContentType, "csv") || strings.Contains(doc.ContentType, "tab-separated") ||
		hasEnd(doc.Name, ".csv", ".tsv", ".tab") || doc.Name == "" && hasEnd(doc.URL, ".csv", ".tsv")
	switch {
	case even < 0.6, !hinted && (t.title != "" || len(t.rows) == 0):
		return 0
	case hinted && known > 0:
		return 80
	case hinted, known > 1:
		return 60
	case len(t.rows) > 1 && even > 0.9:
		return 20
	}
	return 0
}

func hasEnd(name string, ends ...string) bool {
	for _, end := range ends {
		if strings.HasSuffix(strings.ToLower(name), end) {
			return true
		}
	}
	return false
}

// words reports whether headers look like headers: short, and more of them with
// a letter than without.
func words(header []string) bool {
	with := 0
	for _, h := range header {
		if len(h) > 200 {
			return false
		}
		if strings.IndexFunc(h, unicode.IsLetter) >= 0 {
			with++
		}
	}
	return 2*with > len(header)
}
