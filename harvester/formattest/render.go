package formattest

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Render writes everything that was decoded, or one item of it, a line for each
// field that is set: a field that federation gains is shown without a word here.
func Render[T federation.Decoded | federation.Item](v T) string {
	var b strings.Builder
	write(&b, "", reflect.ValueOf(v))
	return b.String()
}

// When is a time as Render writes it, "" for none.
func When(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func write(b *strings.Builder, name string, v reflect.Value) {
	line := func(s string) {
		if s != "" {
			fmt.Fprintf(b, "%s: %s\n", name, s)
		}
	}
	if v.Kind() == reflect.Pointer {
		if v = v.Elem(); !v.IsValid() {
			return
		}
	}
	if v.IsZero() {
		return
	}
	switch x := v.Interface().(type) {
	case time.Time:
		line(When(x))
		return
	case fmt.Stringer:
		line(x.String())
		return
	case []string:
		line(strings.Join(x, " | "))
		return
	}
	switch {
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				write(b, strings.TrimPrefix(name+"."+v.Type().Field(i).Name, "."), v.Field(i))
			}
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			if name == "Items" || name == "Pages" {
				b.WriteByte('\n')
			}
			write(b, strings.TrimSuffix(name, "s"), v.Index(i))
		}
	default:
		line(fmt.Sprintf("%v", v.Interface()))
	}
}
