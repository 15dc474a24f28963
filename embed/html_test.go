package embed_test

import (
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// TestValidHTML gives frames, and fragments as a site includes them, in every
// language to the Nu Html Checker.
func TestValidHTML(t *testing.T) {
	h := newHub(t, region)
	pages := map[string]string{}
	for _, lang := range federation.Languages {
		for _, name := range []string{"tout", "actus", "agenda"} {
			pages["frame of "+name+" in "+lang] = body(t, h.URL+"/embed/"+name+"?ui="+lang)
			pages["fragment of "+name+" in "+lang] = `<!doctype html><html lang="` + lang + `"><head><title>Town</title></head><body><h1>Town</h1><h2>Page</h2>` +
				body(t, h.URL+"/embed/"+name+".html?ui="+lang) + `</body></html>`
		}
		for _, k := range widgets.Kinds {
			for state, query := range map[string]string{"full": "images&summary&limit=9", "empty": "from=2099-01-01"} {
				pages["frame of "+k.Name+", "+state+", in "+lang] = body(t, h.URL+"/embed/widget/"+k.Name+"?"+query+"&ui="+lang)
			}
		}
	}
	for _, fault := range browsertest.CheckHTML(t, pages) {
		t.Error(fault)
	}
}

func body(t *testing.T, address string) string {
	t.Helper()
	_, text := get(t, address)
	return text
}
