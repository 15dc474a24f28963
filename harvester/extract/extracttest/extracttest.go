// Package extracttest makes small PDF, ODT and DOCX files for tests: a file in
// a repository cannot be reviewed, and what a test is about would be hidden in it.
package extracttest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// PDF returns a PDF with a page for each text, a line of it for each of the
// text's. Characters outside of Windows-1252 become question marks.
func PDF(pages ...string) []byte { return Objects(PDFObjects(pages...)) }

// PDFObjects are the objects of such a PDF, numbered from 1: catalogue, tree of
// pages, font, then a page and its content for each text.
func PDFObjects(pages ...string) []string {
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 4+2*i))
	}
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages)),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	}
	for i, text := range pages {
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", 5+2*i),
			stream(content(text)))
	}
	return objects
}

func stream(s string) string {
	return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(s), s)
}

func content(text string) string {
	var b strings.Builder
	b.WriteString("BT /F1 11 Tf 14 TL 50 790 Td\n")
	escape := strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`)
	for _, line := range strings.Split(text, "\n") {
		var coded []byte
		for _, r := range line {
			c, ok := charmap.Windows1252.EncodeRune(r)
			if !ok {
				c = '?'
			}
			coded = append(coded, c)
		}
		fmt.Fprintf(&b, "(%s) Tj T*\n", escape.Replace(string(coded)))
	}
	b.WriteString("ET")
	return b.String()
}

// Objects writes a PDF file of objects, of which the first is the catalogue.
func Objects(objects []string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return b.Bytes()
}

// ODT returns an OpenDocument text with a page for each text.
func ODT(pages ...string) []byte {
	var b strings.Builder
	for i, text := range pages {
		mark := ""
		if i > 0 {
			mark = "<text:soft-page-break/>"
		}
		for _, line := range strings.Split(text, "\n") {
			fmt.Fprintf(&b, "<text:p>%s%s</text:p>", mark, escaped(line))
			mark = ""
		}
	}
	return ODTContent(b.String())
}

// ODTContent returns an OpenDocument text of the markup in its body.
func ODTContent(body string) []byte {
	return Zip(
		"mimetype", "application/vnd.oasis.opendocument.text",
		"META-INF/manifest.xml", `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>`,
		"content.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" `+
			`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>`+body+`</office:text></office:body></office:document-content>`)
}

// DOCX returns a Word document with a page for each text.
func DOCX(pages ...string) []byte {
	var b strings.Builder
	for i, text := range pages {
		mark := ""
		if i > 0 {
			mark = "<w:r><w:lastRenderedPageBreak/></w:r>"
		}
		for _, line := range strings.Split(text, "\n") {
			fmt.Fprintf(&b, `<w:p>%s<w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, mark, escaped(line))
			mark = ""
		}
	}
	return DOCXContent(b.String())
}

// DOCXContent returns a Word document of the markup in its body.
func DOCXContent(body string) []byte {
	return Zip(
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" `+
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+
			body+`</w:body></w:document>`)
}

// Zip returns an archive of names and contents, in turn.
func Zip(parts ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err == nil {
			_, err = f.Write([]byte(parts[i+1]))
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}
