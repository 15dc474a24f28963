package api

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// told is a part that remembers what it was told.
type told struct {
	noWidgets
	changes []federation.Change
	err     error
}

func (w *told) Changed(_ context.Context, changes []federation.Change) error {
	w.changes = append(w.changes, changes...)
	return w.err
}

func TestChangedReachesEveryPart(t *testing.T) {
	store := newRegion(1)
	h := serveRegion(t, store)
	w := &told{}
	h.embeds = []embeds{w}
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
	if len(w.changes) != 1 {
		t.Errorf("the widgets were told %v, want %v", w.changes, changes)
	}
	w.err = errors.New("full")
	if err := h.Changed(t.Context(), changes); !errors.Is(err, w.err) {
		t.Errorf("Changed = %v, want the error of the part, so that it is offered again", err)
	}
}

// TestTitlesReadDuringAChange: what was read before a change is not kept after.
func TestTitlesReadDuringAChange(t *testing.T) {
	slow := &slowStates{started: make(chan struct{}), goOn: make(chan struct{})}
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

type slowStates struct{ started, goOn chan struct{} }

func (s *slowStates) SourceStates(context.Context) (map[string]federation.SourceState, error) {
	close(s.started)
	<-s.goOn
	return map[string]federation.SourceState{"a/b": {Title: "old"}}, nil
}
