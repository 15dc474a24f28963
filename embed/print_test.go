package embed_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/plonegov/carillon/embed/browsertest"
	"github.com/plonegov/carillon/widgets"
)

// TestPrintedPageHoldsTheItems prints at once what nobody has scrolled to.
func TestPrintedPageHoldsTheItems(t *testing.T) {
	h := newHub(t, region)
	b := browsertest.New(t)
	const deep = `<div class="deep">Haut</div>`
	room := widgets.Snippet{Hub: "HUB", Placement: "actus", Link: "HUB/", Label: "Lien", Room: reserved("actus")}.String()
	for name, p := range map[string]town{
		"in sight":                  {body: mount("actus", "") + script},
		"below the fold":            {body: deep + mount("actus", "") + script},
		"below the fold, with room": {body: deep + room},
		"too little room":           {body: deep + mount("actus", `data-height="200"`) + script},
		"div":                       {body: deep + `<div data-carillon="1" data-hub="HUB" data-placement="actus"><a href="HUB/">Lien</a></div>` + script},
		"several":                   {body: deep + mount("agenda", "") + deep + mount("actus", "") + script},
		"strict policy": {policy: "default-src 'none'; style-src 'self'; script-src HUB; connect-src HUB; img-src HUB data:",
			body: deep + mount("actus", "") + script},
		"left alone, Trusted Types": {policy: "require-trusted-types-for 'script'; trusted-types 'none'", body: deep + mount("actus", "") + script},
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Open(t, serveTown(t, h, p))
			if name == "in sight" || name == "left alone, Trusted Types" { // which has no parser for what must come at once
				page.WaitFor(shown(0))
			}
			pdf := page.PDF()
			for n := range 5 {
				if link := fmt.Sprintf("/URI (https://www.sambre.example/actus/%d)", n); !bytes.Contains(pdf, []byte(link)) {
					t.Errorf("the PDF of %d bytes has no %s", len(pdf), link)
				}
			}
			if got := page.ConsoleErrors(); len(got) != 0 {
				t.Errorf("errors: %q", got)
			}
		})
	}
}
