package portal

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/plonegov/carillon/federation"
)

// void elements have no end tag (HTML, 13.1.2).
var void = strings.Fields("area base br col embed hr img input link meta source track wbr")

// TestPagesAreWellFormed: every element is closed in its place, no attribute
// and no id stands twice, and what names an id names one that is there.
func TestPagesAreWellFormed(t *testing.T) {
	h := newHub(t)
	for kind, path := range h.kinds() {
		for _, lang := range federation.Languages {
			for _, fault := range faultsOf(h.get(withUI(path, lang)).Body.String()) {
				t.Errorf("%s in %s: %s", kind, lang, fault)
			}
		}
	}
}

func faultsOf(page string) (faults []string) {
	var open, wanted []string
	ids := map[string]int{}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				faults = append(faults, err.Error())
			}
			for _, id := range wanted {
				if ids[id] == 0 {
					faults = append(faults, "nothing has the id "+id)
				}
			}
			for id, n := range ids {
				if n > 1 {
					faults = append(faults, "the id "+id+" stands twice")
				}
			}
			return append(faults, open...)
		case html.StartTagToken:
			tok := z.Token()
			seen := map[string]bool{}
			for _, a := range tok.Attr {
				if seen[a.Key] {
					faults = append(faults, "<"+tok.Data+"> has "+a.Key+" twice")
				}
				seen[a.Key] = true
				switch a.Key {
				case "id":
					ids[a.Val]++
				case "for", "aria-labelledby", "aria-describedby", "form":
					wanted = append(wanted, strings.Fields(a.Val)...)
				}
			}
			if !slices.Contains(void, tok.Data) {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				return append(faults, "</"+name+"> closes "+strings.Join(open, " "))
			}
			open = open[:len(open)-1]
		}
	}
}
