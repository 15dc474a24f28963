package restapi

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// Object is a JSON object as it came. Numbers are [json.Number].
type Object map[string]any

// Has reports whether the object has a member of that name, whatever it is.
func (o Object) Has(key string) bool {
	_, ok := o[key]
	return ok
}

// Object is the member as an object; nil when it is none.
func (o Object) Object(key string) Object { return object(o[key]) }

// Objects are the objects of a member that is a list.
func (o Object) Objects(key string) []Object { return objects(o[key]) }

// Text is the member as plain text on one line: a string, a number, the title
// of a vocabulary term, or the data of a text.
func (o Object) Text(key string) string { return plain(scalar(o[key])) }

// Lines is like Text, and keeps line breaks.
func (o Object) Lines(key string) string { return lines(scalar(o[key])) }

// Texts are the texts of a member that is a list, or the only one.
func (o Object) Texts(key string) []string { return texts(o[key]) }

// True reports whether the member is true.
func (o Object) True(key string) bool {
	b, _ := o[key].(bool)
	return b
}

// Number is the member as a number, 0 when it is none.
func (o Object) Number(key string) float64 {
	f, err := strconv.ParseFloat(strings.TrimSpace(scalar(o[key])), 64)
	if err != nil {
		return 0
	}
	return f
}

// Int is the member as a whole number of use for sizes, 0 when it is none.
func (o Object) Int(key string) int {
	n := o.Number(key)
	if n < 1 || n > 1<<40 {
		return 0
	}
	return int(n)
}

// Raw is the member when it is a string, as it came.
func (o Object) Raw(key string) string {
	s, _ := o[key].(string)
	return none(s)
}

func object(v any) Object {
	switch v := v.(type) {
	case map[string]any:
		return v
	case Object:
		return v
	}
	return nil
}

func objects(v any) []Object {
	list, _ := v.([]any)
	var out []Object
	for _, v := range list {
		if o := object(v); o != nil {
			out = append(out, o)
		}
	}
	return out
}

func texts(v any) []string {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var out []string
	for _, v := range list {
		if s := plain(scalar(v)); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// scalar is what stands for v in a sentence.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return none(v)
	case json.Number:
		return v.String()
	case bool:
		return ""
	}
	o := object(v)
	for _, key := range []string{"title", "Title", "label", "text", "data", "token", "value"} {
		switch s := o[key].(type) {
		case string:
			if none(s) != "" {
				return s
			}
		case json.Number:
			return s.String()
		}
	}
	return ""
}

// none takes a Python None that was made a string for what it is.
func none(s string) string {
	if s == "None" {
		return ""
	}
	return s
}

// plain makes s, which is no HTML, the text of one line.
func plain(s string) string {
	if s == "" {
		return ""
	}
	return markup.Text(read.Escape(s))
}

func lines(s string) string {
	var out []string
	for line := range strings.Lines(strings.ReplaceAll(s, "\r\n", "\n")) {
		out = append(out, plain(line))
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
