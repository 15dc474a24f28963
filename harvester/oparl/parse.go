package oparl

import (
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

const (
	errNotJSON  read.Refusal = "The address answers with something that is not JSON. Ask for the address of the OParl system, body or list."
	errNotOParl read.Refusal = "The address answers with JSON that is not OParl. Ask for the address of the OParl system, body or list."
)

// maxBody bounds the bytes that are read.
const maxBody = 8 << 20

// input is a document taken apart: one object, or a list of them.
type input struct {
	read.List
	head     object // the object, or links and pagination of the list
	warnings []string
}

// parse takes a document apart. An external object list has its objects under
// "data" (OParl 1.1, 2.5). A text that stops early keeps the objects that were
// whole.
func parse(doc federation.Document) (input, error) {
	var in input
	body := doc.Body
	if len(body) > maxBody {
		body = body[:maxBody]
		in.warnings = append(in.warnings, fmt.Sprintf("The document is larger than %d MiB; only that much was read.", maxBody>>20))
	}
	text, fault := read.Text(body, doc.ContentType)
	var err error
	in.List, err = read.JSON(text, maxItems, "data")
	in.head = in.Members()
	for _, f := range []string{fault, in.Fault} {
		if f != "" {
			in.warnings = append(in.warnings, f)
		}
	}
	switch {
	case err == read.ErrNotJSON:
		return in, errNotJSON
	case err != nil:
		return in, err
	case in.Head == nil && in.Listed == 0, in.single() && in.head.kind() == "":
		return in, errNotOParl
	}
	return in, nil
}

// single reports whether the document is one object.
func (in input) single() bool { return in.Head != nil && in.Name == "" }
