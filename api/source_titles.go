package api

import (
	"context"
	"log/slog"
	"sync"

	"github.com/plonegov/carillon/federation"
)

// sourceTitles remembers what sources call themselves, which the store keeps
// with their health, until a change. Safe for concurrent use.
type sourceTitles struct {
	log    *slog.Logger
	states federation.Records

	mu         sync.Mutex
	generation int
	titles     map[string]string // by full name; nil = to be read
}

// load reads the titles when they were forgotten. A store that fails here
// costs titles, not the answer.
func (t *sourceTitles) load(ctx context.Context) {
	t.mu.Lock()
	generation, have := t.generation, t.titles != nil
	t.mu.Unlock()
	if have {
		return
	}
	states, err := federation.States(ctx, t.states)
	if err != nil {
		t.log.WarnContext(ctx, "the titles of the sources cannot be read", "err", err)
		return
	}
	titles := make(map[string]string, len(states))
	for name, st := range states {
		titles[name] = st.Title
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.generation == generation { // no change came meanwhile
		t.titles = titles
	}
}

func (t *sourceTitles) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.generation++
	t.titles = nil
}

// of is the configured title in the member's language, else the source's own.
func (t *sourceTitles) of(src *federation.Source, m *federation.Member) string {
	var languages []string
	if m != nil {
		languages = m.Languages
	}
	if configured := src.Title.In(languages...); configured != "" {
		return configured
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.titles[src.Name()]
}
