package search_test

import (
	"log/slog"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/text"
)

// TestSynonymsOfTheHub: a query takes the shipped synonyms and the operator's
// to the engine, made once until the operator's are others.
func TestSynonymsOfTheHub(t *testing.T) {
	hub := federation.Hub{Synonyms: "fr:\n  - [kot, logement étudiant]\n"}
	catalogue, err := federation.NewCatalogues(t.Context(), append(stubDirectory(), &hub))
	if err != nil {
		t.Fatal(err)
	}
	index := &stubIndex{}
	svc := search.NewService(slog.New(slog.DiscardHandler), index, &federation.Reader{Held: stubItems{}}, catalogue)
	synonyms := func(query string) *text.Synonyms {
		t.Helper()
		if _, err := svc.Search(t.Context(), ask(t, query)); err != nil {
			t.Fatal(err)
		}
		return index.asked.Synonyms
	}
	first := synonyms("q=kot")
	if first.Of([]string{"kots"}) == nil || first.Of([]string{"dechets"}) == nil {
		t.Error("the query lacks the operator's synonyms or those that ship")
	}
	if err := catalogue.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if synonyms("q=autre") != first {
		t.Error("the synonyms were made anew though they are the same")
	}
	if synonyms("member=huy") != nil {
		t.Error("a query without words has synonyms")
	}
	hub.Synonyms = "fr:\n  - [recyparc, ressourcerie]\n"
	if err := catalogue.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := synonyms("q=kot"); s.Of([]string{"kot"}) != nil || s.Of([]string{"recyparc"}) == nil {
		t.Error("after a change the query has not the new synonyms")
	}
}
