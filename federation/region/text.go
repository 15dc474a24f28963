package region

import (
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/plonegov/carillon/federation"
)

// textYAML is a text: a map of languages, or one string in a language that
// only the surroundings know.
type textYAML struct {
	one   string
	texts map[string]string
}

// UnmarshalYAML reads either form.
func (t *textYAML) UnmarshalYAML(n ast.Node) error {
	if yaml.NodeToValue(n, &t.one) == nil {
		return nil
	}
	t.one = ""
	if yaml.NodeToValue(n, &t.texts) != nil {
		return faultAt(n, "a text is one string, or a map of languages such as {fr: Bonjour, nl: Goeiedag}")
	}
	return nil
}

// in returns the text with the single string, if it is one, in lang.
func (t textYAML) in(lang string) federation.Text {
	if t.one != "" {
		return federation.Text{lang: t.one}
	}
	return t.texts
}

// textValue is a text as a person would write it: one string when it is in the
// language that the surroundings suppose.
func textValue(t federation.Text, lang string) any {
	if s := t[lang]; len(t) == 1 && s != "" {
		return s
	}
	return map[string]string(t)
}
