package oparl

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/plonegov/carillon/harvester/read"
)

const (
	errNotJSON  read.Refusal = "The address answers with something that is not JSON. Ask for the address of the OParl system, body or list."
	errNotOParl read.Refusal = "The address answers with JSON that is not OParl. Ask for the address of the OParl system, body or list."
)

const (
	maxBody  = 8 << 20 // bytes read
	maxDepth = 64      // OParl needs eight levels
	maxKeys  = 1000    // of the outermost object
)

// input is a document taken apart: one object, or a list of them.
type input struct {
	single   object // nil for a list
	objects  []json.RawMessage
	listed   int
	head     object // of a list: links and pagination
	cut      bool   // the text is not whole JSON
	warnings []string
}

// parse takes a document apart. A text that stops early keeps the objects that
// were whole.
func parse(body []byte) (input, error) {
	var in input
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff")))
	if len(body) > maxBody {
		body = body[:maxBody]
		in.warnings = append(in.warnings, fmt.Sprintf("The document is larger than %d MiB; only that much was read.", maxBody>>20))
	}
	switch {
	case len(body) == 0:
		return in, read.Empty
	case body[0] != '{' && body[0] != '[':
		return in, errNotJSON
	case tooDeep(body):
		return in, read.Deep
	case !utf8.Valid(body):
		in.warnings = append(in.warnings, "Some characters are not in UTF-8, the encoding of JSON; they are shown as �.")
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	if body[0] == '[' {
		whole := in.elements(dec)
		in.cut = !whole || dec.More()
		if in.listed == 0 {
			return in, errNotOParl
		}
		return in, nil
	}
	return in, in.object(dec)
}

// object reads the outermost object. With a list under "data" it is an
// external object list (OParl 1.1, 2.5), else it is itself the object.
func (in *input) object(dec *json.Decoder) error {
	in.head = object{}
	list, whole, keys := false, false, 0
	for _, err := dec.Token(); err == nil; {
		if !dec.More() {
			_, err = dec.Token()
			whole = err == nil
			break
		}
		var key json.Token
		if key, err = dec.Token(); err != nil {
			break
		}
		name, _ := key.(string)
		var raw json.RawMessage
		if name == "data" && !list {
			ahead := bytes.TrimLeft(peek(dec), ": \t\r\n")
			if list = bytes.HasPrefix(ahead, []byte("[")); list {
				if !in.elements(dec) {
					break
				}
				continue
			}
		}
		if err = dec.Decode(&raw); err != nil {
			break
		}
		if keys++; keys <= maxKeys {
			in.head[name] = value(raw)
		}
	}
	in.cut = !whole
	switch {
	case list:
		return nil
	case in.head.kind() == "":
		return errNotOParl
	}
	in.single = in.head
	return nil
}

// peek is what the decoder has read ahead, without taking it.
func peek(dec *json.Decoder) []byte {
	var b [64]byte
	n, _ := dec.Buffered().Read(b[:])
	return b[:n]
}

// elements reads an array, of which it keeps the first maxItems. It reports
// whether the array was whole.
func (in *input) elements(dec *json.Decoder) bool {
	if _, err := dec.Token(); err != nil {
		return false
	}
	for dec.More() {
		var raw json.RawMessage
		if dec.Decode(&raw) != nil {
			return false
		}
		if in.listed++; in.listed <= maxItems {
			in.objects = append(in.objects, raw)
		}
	}
	_, err := dec.Token()
	return err == nil
}

// value reads one value; numbers stay as they are written.
func value(raw json.RawMessage) any {
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil {
		return nil
	}
	return v
}

// tooDeep counts brackets outside of strings: encoding/json allows 10,000.
func tooDeep(text []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}
