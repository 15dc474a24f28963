package searchtest

import (
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// testTopics: an item is found by every word of the topics it is filed under,
// in any language, and a topic that loses its words is not found by them any
// more once its items are put again.
func testTopics(t *testing.T, h *harness) {
	filed := func(name, title, category string) federation.Item {
		it := item(name, title, "")
		it.Categories = []string{category}
		return it
	}
	items := []federation.Item{filed("a", "Nouveau calendrier", "environment"), filed("b", "Fermeture le lundi", "Environment"), filed("c", "Piscine", "sport"),
		filed("d", "Les déchets", "sport")}
	topics := map[string][]string{"environment": {"Umwelt", "Environnement", "Milieu", "Déchets", "propreté publique"}, "sport": {"Sport und Freizeit"}}
	h.put(items...)
	h.apply(search.Batch{Put: items, Topics: topics})
	h.wantQuerySet(words("milieu "), "a", "b")
	h.wantQuerySet(words("umwelt "), "a", "b")
	h.wantQuerySet(words("proprete "), "a", "b")
	h.wantQuerySet(words("environnement lundi "), "b")
	h.wantQuerySet(words("freizeit "), "c", "d")
	// What speaks of it comes before what is filed under it.
	h.wantQuerySet(words("déchets "), "a", "b", "d")
	if first := h.listed(h.find(words("déchets ")))[0]; first != "d" {
		t.Errorf("%s comes first, want d, whose title says it", first)
	}
	if got := h.find(words("milieu ")).Total; got != 2 {
		t.Errorf("%d are filed under it, want 2", got)
	}
	h.wantCounts(h.faceted(""), search.ByCategory, "environment 2", "sport 2")

	h.apply(search.Batch{Put: items, Topics: map[string][]string{"environment": {"Umwelt"}}})
	h.wantQuerySet(words("umwelt "), "a", "b")
	h.wantQuerySet(words("milieu "))
}
