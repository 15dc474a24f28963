package region

import (
	"strings"

	"github.com/plonegov/carillon/federation"
)

// theme reads tokens spelled with hyphens or underscores.
func theme(tokens map[string]string) (federation.Theme, error) {
	var t federation.Theme
	known := map[string]*string{}
	for _, tok := range t.Tokens() {
		known[tok.Name] = tok.Value
	}
	for name, value := range tokens {
		target := known[strings.ReplaceAll(name, "_", "-")]
		if target == nil {
			return t, federation.Invalid("theme."+name, "is not a token of a theme")
		}
		*target = value
	}
	return t, nil
}

func themePairs(t federation.Theme) pairs {
	var p pairs
	for _, tok := range t.Tokens() {
		p.put(tok.Name, *tok.Value)
	}
	return p
}
