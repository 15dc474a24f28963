package portal

import (
	"net/http/httptest"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation"
)

// TestPagesAreValidHTML gives every kind of page in every language to the Nu
// Html Checker.
func TestPagesAreValidHTML(t *testing.T) {
	h := newHub(t)
	pages := map[string]string{}
	for kind, path := range h.kinds() {
		for _, lang := range federation.Languages {
			w := httptest.NewRecorder()
			h.router.ServeHTTP(w, httptest.NewRequest("GET", withUI(path, lang), nil))
			pages[kind+" "+lang] = w.Body.String()
		}
	}
	for _, fault := range browsertest.CheckHTML(t, pages) {
		t.Error(fault)
	}
	t.Logf("%d pages checked", len(pages))
}

// TestCheckerFindsFaults: the check above can fail.
func TestCheckerFindsFaults(t *testing.T) {
	page := `<!doctype html><html lang="en"><head><title>x</title></head><body><ul><p>no item</p></ul></body></html>`
	if got := browsertest.CheckHTML(t, map[string]string{"bad": page}); len(got) != 1 {
		t.Errorf("CheckHTML of a page with one fault = %q", got)
	}
}
