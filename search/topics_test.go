package search_test

import (
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/local"
)

// TestTopics goes from the store to the answer: items that sources file under
// words of their own are one topic, found, counted and named in the reader's
// language, also when the topic comes after them.
func TestTopics(t *testing.T) {
	store := newStore(t)
	log := slog.New(slog.DiscardHandler)
	index, err := local.New(log, "")
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	tx := func(fn func(federation.Tx) error) {
		t.Helper()
		if err := store.InTx(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	ids := map[string]string{}
	tx(func(tx federation.Tx) error {
		if _, err := federation.Save(t.Context(), tx, federation.Member{Slug: "m", Kind: federation.KindCommune, Name: federation.Text{"fr": "M"}}); err != nil {
			return err
		}
		if _, err := federation.Save(t.Context(), tx, federation.Source{Member: "m", Slug: "s", URL: "https://m.example/"}); err != nil {
			return err
		}
		for title, categories := range map[string][]string{"Calendrier": {"Déchets"}, "Tri": {"environnement", "Déchets"}, "Compost": {"environment"}, "Piscine": {"Sport"}} {
			it := federation.Item{ID: federation.NewItemID("m/s", title), Member: "m", Source: "m/s", OriginID: title, Type: federation.News, Title: title,
				Categories: categories, Version: 1, Hash: title, Language: "fr"}
			ids[it.ID] = title
			if err := tx.SaveItem(t.Context(), it, it.FirstSeen); err != nil {
				return err
			}
		}
		return nil
	})
	cats, err := federation.NewCatalogues(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	indexer := search.NewIndexer(log, index, store, cats)
	if err := indexer.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	svc := search.NewService(log, index, &federation.Reader{Held: store}, cats)
	find := func(sel, lang string) (titles map[string]bool, facet map[string]int) {
		t.Helper()
		s, err := federation.ParseSelection(sel)
		if err != nil {
			t.Fatal(err)
		}
		a, err := svc.Search(t.Context(), search.Request{Select: s, Language: lang, Facets: search.Facets})
		if err != nil {
			t.Fatal(err)
		}
		titles, facet = map[string]bool{}, map[string]int{}
		for _, f := range a.Items {
			titles[ids[f.ID]] = true
		}
		for _, c := range a.Facets[search.ByCategory] {
			facet[c.Value+" "+c.Label] = c.Count.Count
		}
		return titles, facet
	}
	if got, _ := find("q=milieu", "nl"); len(got) != 0 {
		t.Errorf("before there are topics q=milieu finds %v", got)
	}
	tx(func(tx federation.Tx) error {
		_, err := federation.Save(t.Context(), tx, federation.Topic{Slug: "environment", Name: federation.Text{"fr": "Environnement", "nl": "Milieu", "de": "Umwelt"}, From: []string{"déchets"}})
		return err
	})
	if err := indexer.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{"Calendrier": true, "Tri": true, "Compost": true}
	for _, sel := range []string{"q=milieu", "q=Umwelt", "q=d%C3%A9chets", "q=environnement", "category=environment", "category=D%C3%A9chets", "category=milieu"} {
		if got, _ := find(sel, "nl"); !cmp.Equal(got, all) {
			t.Errorf("%s finds %v, want %v", sel, got, all)
		}
	}
	for lang, name := range map[string]string{"fr": "Environnement", "nl": "Milieu", "de": "Umwelt"} {
		for _, sel := range []string{"", "category=environment", "category=d%C3%A9chets"} {
			_, facet := find(sel, lang)
			if want := map[string]int{"environment " + name: 3, "sport sport": 1}; !cmp.Equal(facet, want) {
				t.Errorf("the topics of %q in %s are %v, want %v", sel, lang, facet, want)
			}
		}
	}
}
