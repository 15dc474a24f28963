package federation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"
)

// Normal returns a copy of v as every store can hold it: times in UTC at
// microsecond precision, texts without NUL and with U+FFFD for bytes that are
// no UTF-8. It shares nothing with v but what is not exported. A field with the
// tag normal:"offset" keeps the offset of its times; one with normal:"-" is
// left as it is.
func Normal[T any](v T) T {
	normalise(reflect.ValueOf(&v).Elem(), false)
	return v
}

// NormalTime is t as a store holds it.
func NormalTime(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}

// NormalText is s as a store holds it.
func NormalText(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD")
}

// noNUL drops NUL from encoded JSON. A backslash of the text stands as two, so
// that pairs are passed over and what is left is an escape.
var noNUL = strings.NewReplacer(`\\`, `\\`, `\u0000`, ``)

// Encode writes v as JSON for a store, normal as [Normal] makes it. A value
// that JSON has no way to write (a number that is none, a year of five digits)
// is ErrInvalid.
func Encode(v any) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(Normal(v)); err != nil {
		return "", fmt.Errorf("%w: cannot be stored: %w", ErrInvalid, err)
	}
	return noNUL.Replace(strings.TrimSuffix(b.String(), "\n")), nil
}

var timeType = reflect.TypeFor[time.Time]()

// normalise makes v, which can be set, normal. What it points to is copied.
func normalise(v reflect.Value, offset bool) {
	if !mayChange(v.Type()) {
		return
	}
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); NormalText(s) != s {
			v.SetString(NormalText(s))
		}
	case reflect.Struct:
		normaliseStruct(v, offset)
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return
		}
		into := reflect.New(v.Elem().Type())
		into.Elem().Set(v.Elem())
		normalise(into.Elem(), offset)
		if v.Kind() == reflect.Interface {
			into = into.Elem()
		}
		v.Set(into)
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		into := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(into, v)
		for i := 0; i < into.Len() && mayChange(v.Type().Elem()); i++ {
			normalise(into.Index(i), offset)
		}
		v.Set(into)
	case reflect.Map:
		normaliseMap(v, offset)
	}
}

func normaliseStruct(v reflect.Value, offset bool) {
	if v.Type() == timeType {
		t := v.Interface().(time.Time)
		if offset {
			t = t.Truncate(time.Microsecond)
		} else {
			t = NormalTime(t)
		}
		v.Set(reflect.ValueOf(t))
		return
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if tag := f.Tag.Get("normal"); (f.IsExported() || f.Anonymous) && tag != "-" {
			normalise(v.Field(i), offset || tag == "offset")
		}
	}
}

func normaliseMap(v reflect.Value, offset bool) {
	if v.IsNil() {
		return
	}
	into := reflect.MakeMapWithSize(v.Type(), v.Len())
	for all := v.MapRange(); all.Next(); {
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		key.Set(all.Key())
		value.Set(all.Value())
		normalise(key, offset)
		normalise(value, offset)
		into.SetMapIndex(key, value)
	}
	v.Set(into)
}

// changing remembers mayChange by type.
var changing sync.Map

// mayChange reports whether values of the type hold what normalise looks at, or
// point to what a copy must not share.
func mayChange(t reflect.Type) bool {
	if known, ok := changing.Load(t); ok {
		return known.(bool)
	}
	may := false
	switch t.Kind() {
	case reflect.String, reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		may = true
	case reflect.Struct:
		may = t == timeType
		for i := 0; i < t.NumField() && !may; i++ {
			f := t.Field(i)
			may = (f.IsExported() || f.Anonymous) && mayChange(f.Type)
		}
	}
	changing.Store(t, may)
	return may
}
