package read

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Bounds of a JSON document; encoding/json allows a depth of 10,000.
const (
	MaxDepth   = 64
	maxMembers = 1_000   // of the outermost object; no format has a tenth of it
	maxValues  = 200_000 // in one entry
)

// ErrNotJSON is for a text that is neither an object nor a list, nor the
// beginning of one. A format says what to ask for instead.
var ErrNotJSON = errors.New("not JSON")

// A List is a JSON document (RFC 8259) taken apart: an object with perhaps one
// list of entries, or a bare list. What comes before the place where a document
// breaks off, or is not JSON any more, is kept.
type List struct {
	Head    map[string]json.RawMessage // the members beside the list; nil for a bare list
	Name    string                     // of the member that is the list, "" for a bare list or none
	Entries []json.RawMessage          // at most as many as were asked for
	Listed  int                        // entries, kept or not
	Cut     bool                       // what follows Head and Entries could not be read
	Fault   string                     // what is wrong, as a sentence for a webmaster; "" = nothing
}

// Whole reports whether the document was read as its publisher meant it, up to
// its end.
func (l List) Whole() bool { return l.Fault == "" && l.Listed == len(l.Entries) }

// JSON takes text apart. The list is the first member with one of the names;
// most is how many entries are kept. The error is Empty, Deep or ErrNotJSON.
func JSON(text string, most int, names ...string) (List, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return List{}, Empty
	case !IsJSON(text):
		return List{}, ErrNotJSON
	}
	text, mended, err := Mend(text, MaxDepth)
	if err != nil {
		return List{}, err
	}
	r := lister{Decoder: json.NewDecoder(strings.NewReader(text)), text: text, names: names, most: most}
	if text[0] == '[' {
		err = r.entries()
	} else {
		r.Head = map[string]json.RawMessage{}
		err = r.object()
	}
	if _, more := r.Token(); err == nil && more != io.EOF {
		err = errors.New("something follows")
	}
	switch l := &r.List; {
	case err == nil && mended:
		l.Fault = "The document has line breaks inside of its texts, or commas too many, which JSON does not allow; it was mended."
	case err == nil:
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), r.InputOffset() == int64(len(text)):
		l.Cut, l.Fault = true, "The document stops before its end; what came before was read."
	case mended: // which took lines away
		l.Cut, l.Fault = true, "The document is JSON at its beginning only; that much was read."
	default:
		l.Cut, l.Fault = true, fmt.Sprintf("The document is not JSON from line %d on; what came before was read.", 1+strings.Count(text[:r.InputOffset()], "\n"))
	}
	if r.Cut && len(r.Entries) == 0 && len(r.Head) == 0 && r.Name == "" {
		return List{}, ErrNotJSON
	}
	return r.List, nil
}

// IsJSON reports whether text may be a JSON object or list.
func IsJSON(text string) bool {
	text = strings.TrimLeft(text, " \t\r\n\ufeff")
	return strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")
}

// Members are the values of the members beside the list, nil for a bare list.
func (l List) Members() map[string]any {
	if l.Head == nil {
		return nil
	}
	out := make(map[string]any, len(l.Head))
	for name, raw := range l.Head {
		out[name] = Value(raw)
	}
	return out
}

// Object is the entry i, nil when it is not an object or holds more values than
// any content does.
func (l List) Object(i int) map[string]any {
	o, _ := Value(l.Entries[i]).(map[string]any)
	return o
}

// Value reads one value; numbers stay as they are written. It is nil for more
// values than any content holds.
func Value(raw json.RawMessage) any {
	if crowded(raw) {
		return nil
	}
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}

// crowded reports whether a text of JSON holds about maxValues values.
func crowded(raw []byte) bool {
	if len(raw) < maxValues {
		return false
	}
	n, quoted := 1, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == '{' || c == '['):
			n++
		}
	}
	return n > maxValues
}

// lister fills a List.
type lister struct {
	*json.Decoder
	List
	text  string
	names []string
	most  int
}

func (r *lister) object() error {
	if _, err := r.Token(); err != nil {
		return err
	}
	for r.More() {
		key, err := r.Token()
		name, ok := key.(string)
		if err != nil || !ok {
			return err
		}
		if r.Name == "" && r.isList(name) {
			r.Name = name
			if err := r.entries(); err != nil {
				return err
			}
			continue
		}
		var raw json.RawMessage
		if err := r.Decode(&raw); err != nil {
			return err
		}
		if len(r.Head) == maxMembers {
			return errors.New("too many members") // one of the rest might be the state that decides what is public
		}
		r.Head[name] = raw
	}
	_, err := r.Token()
	return err
}

// isList reports whether the member whose name was read last is the list.
func (r *lister) isList(name string) bool {
	for _, n := range r.names {
		if n == name {
			return strings.HasPrefix(strings.TrimLeft(r.text[r.InputOffset():], ": \t\r\n"), "[")
		}
	}
	return false
}

func (r *lister) entries() error {
	if _, err := r.Token(); err != nil {
		return err
	}
	for r.More() {
		var raw json.RawMessage
		if err := r.Decode(&raw); err != nil {
			return err
		}
		if r.Listed++; r.Listed <= r.most {
			r.Entries = append(r.Entries, raw)
		}
	}
	_, err := r.Token()
	return err
}

// Mend makes of JSON with faults that leave no doubt a text that is right, and
// refuses one that nests deeper than most, before anything recursive sees it:
// line breaks and tabs that stand in a string as they are (RFC 8259, 7, wants
// them escaped), and a comma before the end of an object or a list (5, 6). What
// it leaves is not JSON for certain.
func Mend(text string, most int) (out string, mended bool, err error) {
	depth, quoted, comma, from := 0, false, -1, 0
	var b strings.Builder
	put := func(i int, in string) {
		b.WriteString(text[from:i])
		b.WriteString(in)
		from = i + 1
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '\\':
			i++
			continue
		case quoted && c < ' ':
			put(i, controls[c])
			continue
		case c == '"':
			quoted = !quoted
		case quoted, c == ' ', c == '\t', c == '\n', c == '\r':
			continue
		case c == '{' || c == '[':
			if depth++; depth > most {
				return text, false, Deep
			}
		case c == '}' || c == ']':
			if depth--; comma >= from {
				put(comma, "")
			}
		}
		if comma = -1; c == ',' {
			comma = i
		}
	}
	if from == 0 {
		return text, false, nil
	}
	b.WriteString(text[from:])
	return b.String(), true, nil
}

// controls are the escapes of what stands raw in a string; Legal left no others.
var controls = map[byte]string{'\n': `\n`, '\r': `\r`, '\t': `\t`}
