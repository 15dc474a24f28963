package api

import (
	"context"
	"sync"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/storetest"
)

func TestTitlesAfterAChange(t *testing.T) {
	store := newRegion(1)
	h := serveRegion(t, store)
	title := func() string {
		var it Item
		getJSON(t, h, "/api/v1/items/"+store.items[0].ID, &it)
		return it.Source.Title
	}
	old := title()
	store.states = map[string]federation.SourceState{"m00/actus": {Source: "m00/actus", Title: "Nouveau titre"}}
	if got := title(); got != old {
		t.Errorf("title %q before the change was told, want %q: nothing is read twice", got, old)
	}
	changes := []federation.Change{{Seq: 2, Kind: federation.ItemSaved}}
	if err := h.Changed(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	if got := title(); got != "Nouveau titre" {
		t.Errorf("title %q after the change, want the new one", got)
	}
}

// TestTitlesReadDuringAChange: what was read before a change is not kept after.
func TestTitlesReadDuringAChange(t *testing.T) {
	slow := &slowStates{Directory: storetest.Directory{federation.SourceState{Source: "a/b", Title: "old"}}, started: make(chan struct{}), goOn: make(chan struct{})}
	titles := sourceTitles{states: slow}
	var wg sync.WaitGroup
	wg.Go(func() { titles.load(t.Context()) })
	<-slow.started
	titles.forget()
	close(slow.goOn)
	wg.Wait()
	if titles.titles != nil {
		t.Errorf("titles read before a change are kept: %v", titles.titles)
	}
}

type slowStates struct {
	storetest.Directory
	started, goOn chan struct{}
}

func (s *slowStates) Records(ctx context.Context, kind, owner string) ([]federation.Record, error) {
	close(s.started)
	<-s.goOn
	return s.Directory.Records(ctx, kind, owner)
}
