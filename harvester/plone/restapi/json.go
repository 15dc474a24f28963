package restapi

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// Bounds of a document (T11 of the threat model).
const (
	maxDepth   = 64
	MaxObjects = 20_000  // of one list
	maxMembers = 1_000   // beside a list; Plone's own types have about sixty
	maxValues  = 200_000 // in one object
)

const errNotJSON read.Refusal = "The document is not JSON. Plone.restapi answers JSON only to a request that accepts application/json."

// Answer is a JSON document taken apart: an object with perhaps one list of
// entries ("items" of plone.restapi, "data" of w.c.s.), or a bare list.
type Answer struct {
	Head   Object            // the members but Entries; nil for a bare list
	List   string            // the member that Entries is, "" for a bare list or none
	Listed int               // entries, kept or not
	Cut    bool              // the text is not whole JSON
	Values []json.RawMessage // the entries, at most MaxObjects
}

// IsJSON reports whether body may be a JSON object or list.
func IsJSON(body []byte) bool {
	body = trim(body)
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}

func trim(body []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\ufeff")), " \t\r\n")
}

// Parse takes body apart. What comes before the place where a document breaks
// off is kept.
func Parse(body []byte) (Answer, error) {
	body = trim(body)
	switch {
	case len(body) == 0:
		return Answer{}, read.Empty
	case !IsJSON(body):
		return Answer{}, errNotJSON
	case depth(body) > maxDepth:
		return Answer{}, read.Deep
	}
	a, r := Answer{}, &reader{Decoder: json.NewDecoder(bytes.NewReader(body))}
	r.UseNumber()
	if body[0] == '[' {
		a.Cut = !r.list(&a)
	} else {
		a.Head = Object{}
		a.Cut = !r.object(&a)
	}
	if _, err := r.Token(); !a.Cut && err != io.EOF {
		a.Cut = true
	}
	if a.Cut && len(a.Values) == 0 && len(a.Head) == 0 {
		return Answer{}, errNotJSON
	}
	return a, nil
}

// Object reads one entry; nil when it is not an object or holds more values
// than any content does.
func (a Answer) Object(i int) Object {
	o, _ := value(a.Values[i]).(map[string]any)
	return o
}

// Whole is the document as one object, its list put back.
func (a Answer) Whole() Object {
	if a.List == "" {
		return a.Head
	}
	list := make([]any, 0, len(a.Values))
	for i := range a.Values {
		list = append(list, value(a.Values[i]))
	}
	whole := Object{a.List: list}
	for key, v := range a.Head {
		whole[key] = v
	}
	return whole
}

type reader struct{ *json.Decoder }

func (r *reader) object(a *Answer) (whole bool) {
	if _, err := r.Token(); err != nil {
		return false
	}
	for r.More() {
		key, err := r.Token()
		name, ok := key.(string)
		if err != nil || !ok {
			return false
		}
		var raw json.RawMessage
		if a.List == "" && (name == "items" || name == "data") {
			a.List = name
			if ok := r.entries(a, name); !ok {
				return false
			}
			continue
		}
		if err := r.Decode(&raw); err != nil {
			return false
		}
		if len(a.Head) == maxMembers {
			return false // one of the rest might be the review_state that plonemeeting decides by
		}
		a.Head[name] = value(raw)
	}
	_, err := r.Token()
	return err == nil
}

// entries reads the member name: a list is taken apart, anything else is a
// member like the others.
func (r *reader) entries(a *Answer, name string) bool {
	var raw json.RawMessage
	t, err := r.Token()
	switch {
	case err != nil:
		return false
	case t == json.Delim('['):
		return r.rest(a)
	case t == json.Delim('{'):
		a.List = ""
		members := Object{}
		a.Head[name] = map[string]any(members)
		for r.More() {
			key, err := r.Token()
			k, ok := key.(string)
			if err != nil || !ok || r.Decode(&raw) != nil {
				return false
			}
			if len(members) < maxMembers {
				members[k] = value(raw)
			}
		}
		_, err := r.Token()
		return err == nil
	}
	a.List = ""
	a.Head[name] = t
	return true
}

func (r *reader) list(a *Answer) (whole bool) {
	if _, err := r.Token(); err != nil {
		return false
	}
	return r.rest(a)
}

func (r *reader) rest(a *Answer) (whole bool) {
	for r.More() {
		var raw json.RawMessage
		if err := r.Decode(&raw); err != nil {
			return false
		}
		if a.Listed++; len(a.Values) < MaxObjects {
			a.Values = append(a.Values, raw)
		}
	}
	_, err := r.Token()
	return err == nil
}

func value(raw json.RawMessage) any {
	if values(raw) > maxValues {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}

// values is about how many values a text of JSON holds.
func values(raw []byte) int {
	n, quoted := 1, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && strings.IndexByte(",{[", c) >= 0:
			n++
		}
	}
	return n
}

// depth is how deep a text of JSON is nested.
func depth(text []byte) int {
	now, deepest, quoted := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			now++
			deepest = max(deepest, now)
		case c == '}' || c == ']':
			now--
		}
	}
	return deepest
}
