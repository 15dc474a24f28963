package region

import (
	"reflect"

	"github.com/plonegov/carillon/federation"
)

// Write is a region file that [Parse] reads back to the same values. Keys whose
// value is that of their absence are left out.
func Write(cat *federation.Catalogue) []byte {
	var file pairs
	for _, n := range nouns {
		if n.write != nil {
			file.put(n.write(cat))
		}
	}
	if len(file) == 0 {
		return []byte("members: []\n")
	}
	return []byte(yamlText(file))
}

// put adds a key unless its value is empty.
func (p *pairs) put(key string, value any) {
	if v := reflect.ValueOf(value); v.IsZero() || (v.Kind() == reflect.Slice || v.Kind() == reflect.Map) && v.Len() == 0 {
		return
	}
	*p = append(*p, pair{key, value})
}

func list[T any](values []T, one func(T) pairs) (out []pairs) {
	for _, v := range values {
		out = append(out, one(v))
	}
	return out
}
