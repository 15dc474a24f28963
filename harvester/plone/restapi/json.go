package restapi

import (
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// MaxObjects bounds the entries of one list.
const MaxObjects = 20_000

const errNotJSON read.Refusal = "The document is not JSON. Plone.restapi answers JSON only to a request that accepts application/json."

// Answer is a JSON document taken apart: an object with perhaps one list of
// entries ("items" of plone.restapi, "data" of w.c.s.), or a bare list.
type Answer struct {
	read.List
	Head   Object   // the members beside the list; nil for a bare list
	Faults []string // of encoding and syntax, as sentences
}

// Parse takes a document apart.
func Parse(doc federation.Document) (Answer, error) {
	text, fault := read.Text(doc.Body, doc.ContentType)
	l, err := read.JSON(text, MaxObjects, "items", "data")
	if err == read.ErrNotJSON {
		err = errNotJSON
	}
	a := Answer{List: l, Head: l.Members()}
	for _, f := range []string{fault, l.Fault} {
		if f != "" {
			a.Faults = append(a.Faults, f)
		}
	}
	return a, err
}

// Object reads one entry, nil when it is not an object.
func (a Answer) Object(i int) Object { return a.List.Object(i) }

// All is the document as one object, its list put back.
func (a Answer) All() Object {
	if a.Name == "" {
		return a.Head
	}
	list := make([]any, 0, len(a.Entries))
	for _, raw := range a.Entries {
		list = append(list, read.Value(raw))
	}
	all := Object{a.Name: list}
	for key, v := range a.Head {
		all[key] = v
	}
	return all
}
