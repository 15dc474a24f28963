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
	for name, data := range map[string]any{"list": list{}, "fragment": list{}, "page": list{}, "title": list{}, "heading": card{}, "link": card{}} {
		if err := templatecheck.CheckHTML(r.templates.Lookup(name), data); err != nil {
			t.Errorf("template %q: %v", name, err)
		}
	}
}
