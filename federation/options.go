package federation

import (
	"encoding/json"
	"maps"
	"math"
)

// Options are what an embedder may choose of a widget besides selection and
// theme, by name. A value is a bool, an int, a string or a [Text]. Which there
// are of a kind of widget, what values they take and what is chosen where one
// is absent, the table of kinds in package widgets says. Nil chooses nothing.
type Options map[string]any

// OptionsFrom takes values as decoders of JSON and YAML give them; null is
// left out. A value of any other form is ErrInvalid at "options.NAME".
func OptionsFrom(values map[string]any) (Options, error) {
	var o Options
	for name, value := range values {
		if value == nil {
			continue
		}
		v, ok := optionValue(value)
		if !ok {
			return nil, Invalid("options."+name, "must be true or false, a whole number, a text, or a text in several languages")
		}
		if o == nil {
			o = Options{}
		}
		o[name] = v
	}
	return o, nil
}

func optionValue(value any) (any, bool) {
	switch v := value.(type) {
	case bool, string, int, Text:
		return v, true
	case int64:
		return int(v), int64(int(v)) == v
	case uint64:
		return int(v), v <= math.MaxInt32
	case float64:
		return int(v), v == math.Trunc(v) && math.Abs(v) <= math.MaxInt32
	case map[string]any:
		text := Text{}
		for lang, words := range v {
			s, ok := words.(string)
			if !ok {
				return nil, false
			}
			text[lang] = s
		}
		return text, true
	}
	return nil, false
}

// With returns o with a value more, or another; o stays as it is.
func (o Options) With(name string, value any) Options {
	if o = maps.Clone(o); o == nil {
		o = Options{}
	}
	o[name] = value
	return o
}

// UnmarshalJSON gives back the values that were encoded.
func (o *Options) UnmarshalJSON(data []byte) error {
	var values map[string]any
	err := json.Unmarshal(data, &values)
	if err == nil {
		*o, err = OptionsFrom(values)
	}
	return err
}
