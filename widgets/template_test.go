package widgets

import (
	"testing"

	"github.com/jba/templatecheck"
)

func TestTemplatesMatchTheirStructs(t *testing.T) {
	r, err := NewRenderer()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range Kinds {
		for name, data := range map[string]any{"widget": list{}, "fragment": list{}, "page": list{}, "title": list{}, "heading": card{}, "link": card{}} {
			if err := templatecheck.CheckHTML(r.templates[k.Name].Lookup(name), data); err != nil {
				t.Errorf("template %q of %s: %v", name, k.Name, err)
			}
		}
	}
}
