package searchtest

import (
	"testing"

	"github.com/plonegov/carillon/search/text"
)

// testCorrections: what is put right is what was likeliest mistyped, and a word
// that is one is left alone.
func testCorrections(t *testing.T, h *harness) {
	h.put(item("order", "Ordre du jour du conseil", ""), item("seek", "Des bénévoles recherchent un local", ""),
		item("decrees", "Décrets et ordonnances", ""), item("waste", "Collecte des déchets", ""), item("town", "Visite de Namur", "Vivre à Namur."),
		item("park", "Le parc du château", ""), item("school", "L'école primaire", ""), item("dutch", "Cours de néerlandais et d'allemand", ""),
		item("board", "Le CPAS reçoit", ""), item("code", "Secteur 5060", ""), item("number", "Appelez le 071/00.45.67", ""))
	synonyms := text.NewSynonyms(text.DefaultSynonyms())
	for query, want := range map[string]string{
		// A word of a language is not misspelt because no item has it.
		"ordure": "", "ordure ": "", "crèche": "", "crèches ": "", "rat ": "", "comment ": "",
		// The likeliest slip wins, not the first or the most frequent.
		"dechtes ": "déchets ", "dechest ": "déchets ", "décrtes ": "décrets ", "ecoel ": "école ", "primiare ": "primaire ",
		"edchets ": "déchets ", "collcete ": "collecte ", "chteau ": "château ",
		// As titles write it.
		"namru ": "Namur ", "néerlanais ": "néerlandais ", "cours namru ": "cours Namur ",
		// Short words: two neighbours exchanged, nothing else.
		"pacr ": "parc ", "porc ": "", "paro ": "", "pac ": "", "prac ": "parc ",
		// Numbers are what they are.
		"5061 ": "", "5600 ": "", "071004568 ": "",
		// What is known stays, and what is far from everything.
		"décret ": "", "chateau ": "", "benevole ": "", "xyzzyx ": "", "zeitung ": "",
	} {
		q := words(query)
		q.Synonyms = synonyms
		if got := h.find(q).Corrected; got != want {
			t.Errorf("Search(%q).Corrected = %q, want %q", query, got, want)
		}
	}
	// Nobody gets the first letter wrong in a word that goes on.
	if got := h.find(words("crèche")); got.Total != 0 {
		t.Errorf(`Search("crèche") = %v, want nothing: recherchent is another word`, h.listed(got))
	}
	h.wantQuerySet(words("dechtes "), "waste")
}
