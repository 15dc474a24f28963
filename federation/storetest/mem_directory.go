package storetest

import (
	"context"
	"maps"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// Member implements [federation.Directory].
func (m *Mem) Member(ctx context.Context, slug string) (federation.Member, error) {
	return get[federation.Member](ctx, m, "member", slug, func(s *memState) map[string]string { return s.members })
}

// Members implements [federation.Directory].
func (m *Mem) Members(ctx context.Context) ([]federation.Member, error) {
	return list[federation.Member](ctx, m, func(s *memState) map[string]string { return s.members })
}

// Source implements [federation.Directory].
func (m *Mem) Source(ctx context.Context, name string) (federation.Source, error) {
	return get[federation.Source](ctx, m, "source", name, func(s *memState) map[string]string { return s.sources })
}

// Sources implements [federation.Directory].
func (m *Mem) Sources(ctx context.Context) ([]federation.Source, error) {
	return list[federation.Source](ctx, m, func(s *memState) map[string]string { return s.sources })
}

// Channel implements [federation.Directory].
func (m *Mem) Channel(ctx context.Context, slug string) (federation.Channel, error) {
	return get[federation.Channel](ctx, m, "channel", slug, func(s *memState) map[string]string { return s.channels })
}

// Channels implements [federation.Directory].
func (m *Mem) Channels(ctx context.Context) ([]federation.Channel, error) {
	return list[federation.Channel](ctx, m, func(s *memState) map[string]string { return s.channels })
}

// Placement implements [federation.Directory].
func (m *Mem) Placement(ctx context.Context, slug string) (federation.Placement, error) {
	return get[federation.Placement](ctx, m, "placement", slug, func(s *memState) map[string]string { return s.placements })
}

// Placements implements [federation.Directory].
func (m *Mem) Placements(ctx context.Context) ([]federation.Placement, error) {
	return list[federation.Placement](ctx, m, func(s *memState) map[string]string { return s.placements })
}

// Topics implements [federation.Directory].
func (m *Mem) Topics(ctx context.Context) ([]federation.Topic, error) {
	return list[federation.Topic](ctx, m, func(s *memState) map[string]string { return s.topics })
}

// Hub implements [federation.Directory].
func (m *Mem) Hub(ctx context.Context) (federation.Hub, error) {
	s, err := m.view(ctx)
	if err != nil {
		return federation.Hub{}, err
	}
	data, err := encode(s.hub)
	if err != nil {
		return federation.Hub{}, err
	}
	return decode[federation.Hub](data)
}

// SourceState implements [federation.Directory]. An unknown source is
// ErrNotFound.
func (m *Mem) SourceState(ctx context.Context, name string) (federation.SourceState, error) {
	s, err := m.view(ctx)
	if err != nil {
		return federation.SourceState{}, err
	}
	return s.sourceState(name)
}

func (s *memState) sourceState(name string) (federation.SourceState, error) {
	if _, ok := s.sources[name]; !ok {
		return federation.SourceState{}, federation.NotFound("source", name)
	}
	st := copyState(s.states[name])
	st.Source = name
	return st, nil
}

// SourceStates implements [federation.Directory]. Sources never fetched are
// left out.
func (m *Mem) SourceStates(ctx context.Context) (map[string]federation.SourceState, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	states := maps.Clone(s.states)
	for name, st := range states {
		st.Fetches = nil
		states[name] = copyState(st)
	}
	return states, nil
}

func get[T any](ctx context.Context, m *Mem, kind, name string, in func(*memState) map[string]string) (v T, err error) {
	s, err := m.view(ctx)
	if err != nil {
		return v, err
	}
	data, ok := in(s)[name]
	if !ok {
		return v, federation.NotFound(kind, name)
	}
	return decode[T](data)
}

func list[T any](ctx context.Context, m *Mem, in func(*memState) map[string]string) ([]T, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	return decodeAll[T](in(s))
}

// sortedNames are the names of a map for which keep holds.
func sortedNames(all map[string]string, keep func(data string) bool) []string {
	var names []string
	for name, data := range all {
		if keep(data) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
