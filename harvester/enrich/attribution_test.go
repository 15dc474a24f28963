package enrich

import (
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestAttribution: the region file's sentence takes the place of what a
// document says, and is another content: an item under it is saved anew.
func TestAttribution(t *testing.T) {
	claim := federation.Item{OriginID: "1", Title: "Avis", Provenance: federation.Provenance{Attribution: "Le gouverneur"}}
	given := func(attribution string, it federation.Item) federation.Item {
		d := federation.Decoded{Items: []federation.Item{it}}
		warner.Complete(&d, Origin{Source: federation.Source{Member: "samb", Slug: "actus", Attribution: attribution}, URL: "https://x.example/rss", Hash: "h", Time: noon})
		return d.Items[0]
	}
	claimed, ours, silent := given("", claim), given("© Commune de Samb", claim), given("© Commune de Samb", federation.Item{OriginID: "1", Title: "Avis"})
	if p := claimed.Provenance; p.Given || p.Attribution != "Le gouverneur" {
		t.Errorf("what the document says: %+v, want it as its word", p)
	}
	for name, it := range map[string]federation.Item{"over a claim": ours, "of a silent document": silent} {
		if p := it.Provenance; !p.Given || p.Attribution != "© Commune de Samb" {
			t.Errorf("the region file's, %s: %+v", name, p)
		}
	}
	if same := given("Le gouverneur", claim); same.Hash == claimed.Hash {
		t.Error("the same name on the operator's word has the hash of a claim")
	}
}
