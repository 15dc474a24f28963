package widgets

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
)

// Option is one thing that an embedder may choose of a kind of widget.
type Option struct {
	Name      string   // in the region file
	Query     string   // in a query; "" = Name
	Attribute string   // in a snippet, after "data-"; "" = Query
	Form      Form     // of its values
	Min, Max  int      // of a Number; of Words, Max is how many characters each may have
	Among     []string // of a Choice
	Default   any      // chosen where the option is absent; nil = see Help
	Saved     bool     // of a saved widget alone: of others it is passed over
	Fault     string   // code of the sentence for readers, see federation.InvalidError; "" = that of Form

	Label, Help federation.Text // for who chooses, in every one of federation.Languages
}

// Form is what the values of an option are.
type Form string

// The forms, with the Go type of their values.
const (
	Switch Form = "switch" // bool
	Number Form = "number" // int
	Choice Form = "choice" // string
	Words  Form = "words"  // federation.Text
)

var faults = map[Form]string{Switch: "switch", Number: "token", Choice: "token", Words: "long"}

// fault is what is wrong with a value, without the field; nil = nothing.
func (o Option) fault(value any) *federation.InvalidError {
	switch o.Form {
	case Switch:
		if _, ok := value.(bool); !ok {
			return o.refuse(value, "must be true or false")
		}
	case Number:
		if n, ok := value.(int); !ok || n < o.Min || n > o.Max {
			return o.refuse(value, "must be "+strconv.Itoa(o.Min)+" to "+strconv.Itoa(o.Max))
		}
	case Choice:
		if s, ok := value.(string); !ok || !slices.Contains(o.Among, s) {
			return o.refuse(value, "must be one of "+strings.Join(o.Among, ", "))
		}
	case Words:
		text, ok := value.(federation.Text)
		for _, s := range text {
			ok = ok && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl) && utf8.RuneCountInString(s) <= o.Max
		}
		if !ok {
			return o.refuse(strconv.Itoa(o.Max), "must be at most "+strconv.Itoa(o.Max)+" characters of text")
		}
	}
	return nil
}

func (o Option) refuse(value any, reason string) *federation.InvalidError {
	code := o.Fault
	if code == "" {
		code = faults[o.Form]
	}
	shown, _ := value.(string)
	return &federation.InvalidError{Reason: reason, Code: code, Value: shown}
}

// but is the option with another default.
func (o Option) but(chosen any) Option {
	o.Default = chosen
	return o
}

// read is the value that a text of a query stands for; lang is the language of
// words.
func (o Option) read(text, lang string) any {
	switch o.Form {
	case Switch:
		switch text {
		case "", "true", "1", "yes": // an attribute without a value is one that is on
			return true
		case "false", "0", "no":
			return false
		}
	case Number:
		if n, err := strconv.Atoi(text); err == nil {
			return n
		}
	case Words:
		return federation.Text{lang: text}
	}
	return text
}

// key is the name of the option in a query.
func (o Option) key() string {
	if o.Query != "" {
		return o.Query
	}
	return o.Name
}

// Query returns o with what a query says of a widget's options, and the rest of
// the query. Of an unsaved widget, options of saved ones are passed over. Words
// are in the language that the widget then speaks, else in lang. An empty value
// chooses nothing, but for a switch, which it turns on. What is wrong is
// ErrInvalid at the key of the query.
func (k Kind) Query(o federation.Options, query url.Values, lang string, saved bool) (federation.Options, url.Values, error) {
	rest := make(url.Values, len(query))
	for key, values := range query {
		rest[key] = values
	}
	for _, words := range []bool{false, true} { // words last: the language is known by then
		for _, option := range k.Options {
			values := rest[option.key()]
			if (option.Form == Words) != words || values == nil {
				continue
			}
			delete(rest, option.key())
			value, err := option.given(values, lang)
			if err != nil {
				return nil, nil, err
			}
			if value != nil && (saved || !option.Saved) {
				o = o.With(option.Name, value)
			}
		}
		if l, ok := o["language"].(string); ok {
			lang = l
		}
	}
	return o, rest, nil
}

// given is the value of an option in a query; nil = it chooses nothing.
func (o Option) given(values []string, lang string) (any, error) {
	if len(values) > 1 {
		return nil, federation.InvalidAs("repeated", o.key(), "", "is given %d times; once is enough", len(values))
	}
	if values[0] == "" && o.Form != Switch {
		return nil, nil
	}
	value := o.read(values[0], lang)
	fault := o.fault(value)
	if fault == nil {
		return value, nil
	}
	fault.Field = o.key()
	if o.Form != Words {
		fault.Value = values[0]
		fault.Reason = strconv.Quote(values[0]) + " " + fault.Reason
	}
	return nil, fault
}
