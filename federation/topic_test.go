package federation_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/storetest"
)

// TestTopicWords: whatever a source calls it, in whatever language and
// spelling, it is one topic; what an operator wrote wins over a name.
func TestTopicWords(t *testing.T) {
	store := storetest.NewMem()
	err := store.InTx(t.Context(), func(tx federation.Tx) error {
		for _, topic := range []federation.Topic{
			{Slug: "environment", Name: federation.Text{"fr": "Environnement", "nl": "Milieu", "de": "Umwelt"}, From: []string{"Déchets", "Propreté, voirie"}},
			{Slug: "milieu", Name: federation.Text{"fr": "Milieu de vie"}, From: []string{"umwelt"}},
		} {
			if _, err := federation.Save(context.Background(), tx, topic); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	cat, err := federation.LoadCatalogue(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"environment": "environment", "ENVIRONNEMENT": "environment", "déchets": "environment", " DÉCHETS ": "environment", "propreté  voirie": "environment",
		"milieu":  "milieu", // a slug, before a name
		"Umwelt":  "milieu", // written under from, before a name
		"dechets": "", "sport": "", "": "",
	} {
		got := ""
		if topic := cat.TopicOf(word); topic != nil {
			got = topic.Slug
		}
		if got != want {
			t.Errorf("TopicOf(%q) = %q, want %q", word, got, want)
		}
	}
	raw := []string{"Déchets", "Sport", "environnement", "environment"}
	if diff := cmp.Diff([]string{"environment", "Sport"}, cat.Subjects(raw)); diff != "" || raw[0] != "Déchets" {
		t.Errorf("Subjects (-want +got):\n%s", diff)
	}
	sel := cat.Resolve(federation.Selection{Categories: []string{"déchets", "sport"}})
	for category, want := range map[string]bool{"Environnement": true, "Déchets": true, "environment": true, "SPORT": true, "Milieu": false, "Umwelt": false, "culture": false} {
		if got := sel.Match(federation.Item{Categories: []string{category}}); got != want {
			t.Errorf("an item filed under %q belongs to category=déchets,sport: %v, want %v", category, got, want)
		}
	}
}
