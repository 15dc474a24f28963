package dila

import (
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// TestTextsStandWhole holds every <Texte> of the real sheets to stand in the
// item letter for letter, without a word of ours between its words.
func TestTextsStandWhole(t *testing.T) {
	texts := 0
	for name, body := range sharedSheets(t) {
		root, _, err := parse(federation.Document{Body: body})
		if err != nil {
			t.Fatal(err)
		}
		d, err := Format().Decode(federation.Document{Body: body})
		if err != nil {
			t.Fatal(err)
		}
		content := squeeze(d.Items[0].Content.Text())
		for _, text := range outermost(root, "Texte") {
			texts++
			if s := squeeze(words(text)); !strings.Contains(content, s) {
				t.Errorf("%s: a text does not stand whole: %.80q…", name, s)
			}
		}
	}
	t.Logf("%d texts", texts)
	if texts == 0 {
		t.Error("the sheets hold no texts")
	}
}

func outermost(n *read.Node, name string) []*read.Node {
	var out []*read.Node
	for _, k := range n.Kids {
		if k.Name == name {
			out = append(out, k)
			continue
		}
		out = append(out, outermost(k, name)...)
	}
	return out
}
