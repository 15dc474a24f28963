package oparl

import (
	"bytes"
	"regexp"

	"github.com/plonegov/carillon/federation"
)

// Format returns the decoder, named "oparl".
func Format() federation.Format {
	return federation.Format{
		Name:   "oparl",
		Accept: "application/json",
		Sniff:  sniff,
		Decode: decode,
		Since:  Since,
	}
}

// language is that of the publishers, unless the source says otherwise: OParl
// is the standard of German councils.
const language = "de"

// maxItems bounds the objects read of one document.
const maxItems = 20_000

// sniffed is how far into a document a type is looked for.
const sniffed = 64 << 10

var (
	typed = regexp.MustCompile(`"type"\s*:\s*"https?:(?:\\?/){2}(?:schema\.)?oparl\.org(?:\\?/)`)
	paged = regexp.MustCompile(`"(?:totalElements|elementsPerPage|currentPage|totalPages)"\s*:`)
	data  = regexp.MustCompile(`"data"\s*:\s*\[`)
)

// sniff knows OParl by the types of its objects, and the list that holds none
// by the names of its pagination.
func sniff(doc federation.Document) int {
	body := bytes.TrimLeft(bytes.TrimPrefix(doc.Body, []byte("\ufeff")), " \t\r\n")
	if len(body) == 0 || body[0] != '{' && body[0] != '[' {
		return 0
	}
	body = body[:min(len(body), sniffed)]
	switch {
	case typed.Match(body):
		return 90
	case body[0] == '{' && paged.Match(body) && data.Match(body):
		return 40
	}
	return 0
}

func decode(doc federation.Document) (federation.Decoded, error) {
	in, err := parse(doc)
	if err != nil {
		return federation.Decoded{}, err
	}
	d := federation.Decoded{Language: language}
	r := newReading(&d, doc)
	for _, w := range in.warnings {
		d.Warn("", w)
	}
	if in.single() {
		r.root(in.head)
	} else {
		r.list(in)
	}
	d.Complete = d.Complete && in.Whole()
	r.finish()
	return d, nil
}
