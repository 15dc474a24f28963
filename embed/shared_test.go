package embed_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/federation/shareddata"
)

// TestSharedTrials opens the pages of the trials of widgets, with this hub in
// the place of theirs.
func TestSharedTrials(t *testing.T) {
	h := newHub(t, region)
	b := browsertest.New(t)
	open := func(trial, file string, options ...browsertest.Option) *browsertest.Page {
		body, err := os.ReadFile(shareddata.Dir(t, "trials", "hub", trial, file))
		if err != nil {
			t.Fatal(err)
		}
		page := strings.NewReplacer("http://127.0.0.1:18315", h.URL, "samb-actus", "actus").Replace(string(body))
		site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, page)
		}))
		t.Cleanup(site.Close)
		return b.Open(t, site.URL, options...)
	}
	p := open("17-widget-reloads-on-foreign-data-attribute", "a.html")
	p.WaitFor(both("el.shadowRoot"))
	before := embeds(p)
	var focused bool
	p.Eval(`(async () => {
		const all = document.querySelectorAll("carillon-widget,[data-carillon]");
		all[0].shadowRoot.querySelectorAll("a")[2].focus();
		all.forEach(el => { for (let i = 0; i < 5; i++) el.setAttribute("data-gtm-vis-first-on-screen-" + i, i) });
		await new Promise(requestAnimationFrame);
		return !!all[0].shadowRoot.activeElement;
	})()`, &focused)
	if n := embeds(p) - before; n != 0 || !focused {
		t.Errorf("17: %d requests, focus kept: %v", n, focused)
	}
	if pdf := open("18-widget-below-the-fold-not-printed", "deep.html").PDF(); !bytes.Contains(pdf, []byte("/URI (https://www.sambre.example/actus/4)")) {
		t.Error("18: the print-out lacks the items")
	}
	h.lost.Store(2)
	p = open("19-widget-never-tries-again", "a.html", browsertest.Script(`window.faults = 0; addEventListener("carillon:error", () => faults++)`))
	p.WaitFor("faults == 2")
	p.Eval(`document.querySelectorAll("carillon-widget,[data-carillon]").forEach(el => { const p = el.parentNode; el.remove(); p.append(el) })`, nil)
	p.WaitFor(both("el.shadowRoot"))
}
