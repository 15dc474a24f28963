// Package extract reads the text out of PDF, ODT and DOCX files, page by page.
//
// The bytes are anybody's. [Read] bounds what it keeps, and PDFium runs in a
// WebAssembly machine that sees no file and no network and has a memory of its
// own; but a file can still be made to cost time and memory. So a hub reads
// files by a [Process]: one child for each file, with limits that the system
// holds, ended at a deadline, whose pages count up to the one it failed at.
package extract

import (
	"bytes"
	"context"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// The bounds of what is kept of one file.
const (
	MaxPages = 500
	MaxText  = 1 << 20 // bytes of text of all pages together
)

// kind is what a file is by its first bytes; the zero value is not read.
type kind string

const (
	kindPDF  kind = "pdf"
	kindODT  kind = "odt"
	kindDOCX kind = "docx"
)

// Read reads a file in this process. The reader of PDFs is made anew for each
// file, with the machine code kept in the folder cache; "" makes it each time,
// which takes some seconds. It does not outlast ctx by more than one page.
func Read(ctx context.Context, body []byte, cache string) federation.FileText {
	c := &collector{}
	c.text.Reason = read(ctx, body, cache, c)
	return c.end()
}

// sink takes the pages of a file as they are read. It says no when there is no
// room for more.
type sink interface {
	paged()
	page(text string) bool
}

// read hands the pages of a file to out and says why they are not all.
func read(ctx context.Context, body []byte, cache string, out sink) federation.FileReason {
	switch is, reason := kindOf(body); is {
	case kindPDF:
		return readPDF(ctx, body, cache, out)
	case kindODT:
		return readODT(body, out)
	case kindDOCX:
		return readDOCX(body, out)
	default:
		return reason
	}
}

// pdfHead is how far into a file its signature may stand (ISO 32000-1, annex H,
// 3.4.1: readers accept it within the first 1,024 bytes).
const pdfHead = 1024

// kindOf tells what a file is, or why it is not read.
func kindOf(body []byte) (kind, federation.FileReason) {
	switch {
	case bytes.Contains(body[:min(len(body), pdfHead)], []byte("%PDF-")):
		return kindPDF, ""
	case bytes.HasPrefix(body, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")): // [MS-CFB] 2.2
		if bytes.Contains(body, utf16("EncryptedPackage")) { // [MS-OFFCRYPTO] 1.3.2: a DOCX with a password
			return "", federation.FileLocked
		}
		return "", federation.FileUnknown // Word before 2007
	case bytes.HasPrefix(body, []byte("PK\x03\x04")):
		return kindOfZip(body)
	}
	return "", federation.FileUnknown
}

func utf16(s string) []byte {
	var out []byte
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// collector keeps pages within the bounds.
type collector struct {
	text federation.FileText
	size int
}

func (c *collector) paged() { c.text.Paged = true }

func (c *collector) page(text string) bool {
	if len(c.text.Pages) == MaxPages || c.size >= MaxText {
		return false
	}
	text = clean(text)
	if room := MaxText - c.size; len(text) > room {
		text = strings.TrimSpace(strings.ToValidUTF8(text[:room], ""))
		c.size = MaxText
	}
	c.size += len(text)
	c.text.Pages = append(c.text.Pages, text)
	return true
}

// end returns the text without the empty pages at its end.
func (c *collector) end() federation.FileText {
	t := c.text
	for len(t.Pages) > 0 && t.Pages[len(t.Pages)-1] == "" {
		t.Pages = t.Pages[:len(t.Pages)-1]
	}
	if len(t.Pages) == 0 && t.Reason == "" {
		t.Reason = federation.FileScanned
	}
	return t
}
