package search_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// readsOf is what a search of a query notes.
func readsOf(t *testing.T, s *search.Service, query string) *search.Reads {
	t.Helper()
	r := &search.Reads{}
	if _, err := s.Search(search.WithReads(t.Context(), r), ask(t, query)); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestTouchOfManyItems: of a large batch member and source decide, without a
// look at the store.
func TestTouchOfManyItems(t *testing.T) {
	s, _ := stage(t)
	var changes []federation.Change
	for i := range 500 {
		changes = append(changes, federation.Change{Kind: federation.ItemSaved, Key: fmt.Sprint("new ", i), Member: "huy", Source: "huy/rss", Version: 1})
	}
	touch := s.Touch(t.Context(), changes)
	for query, want := range map[string]bool{"": true, "member=huy": true, "member=huy&type=news": true, "source=huy/rss": true, "channel=events": true,
		"member=namur": false, "source=namur/rss": false, "channel=namur": false, "channel=here": false, "channel=nowhere": false} {
		if got := readsOf(t, s, query).Touched(touch); got != want {
			t.Errorf("500 new items of huy touch %q: %v, want %v", query, got, want)
		}
	}
}

// TestTouchOfConfiguration: a change of the directory touches what names it.
func TestTouchOfConfiguration(t *testing.T) {
	s, _ := stage(t)
	for _, c := range []struct {
		change federation.Change
		query  string
		want   bool
	}{
		{federation.Change{Kind: federation.ChannelSaved, Key: "namur"}, "channel=namur", true},
		{federation.Change{Kind: federation.ChannelSaved, Key: "events"}, "channel=namur", false},
		{federation.Change{Kind: federation.MemberSaved, Key: "huy"}, "member=huy", true},
		{federation.Change{Kind: federation.MemberSaved, Key: "huy"}, "member=namur", false},
		{federation.Change{Kind: federation.MemberSaved, Key: "huy"}, "", true}, // it shows an item of huy
		{federation.Change{Kind: federation.MemberSaved, Key: "dinant"}, "postcode=5100", true},
		{federation.Change{Kind: federation.MemberSaved, Key: "dinant"}, "near=50,4", true},
		{federation.Change{Kind: federation.MemberSaved, Key: "dinant"}, "q=fete", true}, // its authority may be another
		{federation.Change{Kind: federation.MemberSaved, Key: "dinant"}, "type=news", false},
		{federation.Change{Kind: federation.SourceSaved, Key: "namur/rss"}, "member=namur", true},
		{federation.Change{Kind: federation.SourceSaved, Key: "huy/rss"}, "member=namur", false},
		{federation.Change{Kind: federation.TopicSaved, Key: "waste"}, "category=waste", true},
		{federation.Change{Kind: federation.TopicSaved, Key: "waste"}, "member=namur", false},
		{federation.Change{Kind: federation.PlacementSaved, Key: "p"}, "member=namur", false},
		{federation.Change{Kind: "a kind of tomorrow", Key: "x"}, "member=namur", true},
	} {
		touch := s.Touch(t.Context(), []federation.Change{c.change})
		if got := readsOf(t, s, c.query).Touched(touch); got != c.want {
			t.Errorf("%s %s touches %q: %v, want %v", c.change.Kind, c.change.Key, c.query, got, c.want)
		}
	}
}

// unreadable is a store of items that fails.
type unreadable struct{ stubItems }

var errUnreadable = errors.New("disk gone")

func (unreadable) ItemsByID(context.Context, []string) ([]federation.Item, error) {
	return nil, errUnreadable
}

// TestTouchOfWhatCannotBeRead: then everything is stale.
func TestTouchOfWhatCannotBeRead(t *testing.T) {
	catalogue, err := federation.NewCatalogues(t.Context(), stubDirectory())
	if err != nil {
		t.Fatal(err)
	}
	s := search.NewService(slog.New(slog.DiscardHandler), &stubIndex{}, &federation.Reader{Held: unreadable{}}, catalogue)
	if s.Touch(t.Context(), []federation.Change{{Kind: federation.ItemSaved, Key: "h", Member: "huy", Source: "huy/rss"}}) != search.Everything {
		t.Error("a change that cannot be read touches less than everything")
	}
}
