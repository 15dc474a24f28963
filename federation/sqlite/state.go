package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// state is a source's state as JSON. The validators are bytes, since a server
// may send any (RFC 9110, 5.5: obs-text) and must get the same ones back.
type state struct {
	federation.SourceState
	ETag         []byte `json:",omitempty"`
	LastModified []byte `json:",omitempty"`
	Fetches      any    `json:",omitempty"` // always nil: they have a column of their own
}

func newState(s federation.SourceState) state {
	for _, t := range []*time.Time{&s.LastFetch, &s.LastSuccess, &s.LastChange, &s.NextFetch, &s.FailingSince, &s.Gone, &s.QuietUntil, &s.Whole, &s.LastNew, &s.Asked} {
		*t = utc(*t)
	}
	s.Fetches = slices.Clone(s.Fetches)
	for i := range s.Fetches {
		s.Fetches[i].Time, s.Fetches[i].Next = utc(s.Fetches[i].Time), utc(s.Fetches[i].Next)
	}
	if s.Move != nil {
		m := *s.Move
		m.Since = utc(m.Since)
		s.Move = &m
	}
	if s.Failure != nil {
		f := *s.Failure
		f.Time = utc(f.Time)
		s.Failure = &f
	}
	return state{SourceState: s, ETag: []byte(s.ETag), LastModified: []byte(s.LastModified)}
}

func (s state) value() federation.SourceState {
	s.SourceState.ETag, s.SourceState.LastModified = string(s.ETag), string(s.LastModified)
	return s.SourceState
}

const selectState = `
	SELECT source.name, coalesce(source_state.data, '{}'), coalesce(source_state.journal, '[]')
	FROM source LEFT JOIN source_state ON source_state.source = source.name
	WHERE source.name = $1`

// SourceState implements [federation.Directory]. An unknown source is
// ErrNotFound.
func (s *Store) SourceState(ctx context.Context, name string) (federation.SourceState, error) {
	var st federation.SourceState
	err := s.with(func(r runner) (err error) {
		st, err = sourceState(ctx, r, name)
		return err
	})
	return st, err
}

func sourceState(ctx context.Context, r runner, name string) (federation.SourceState, error) {
	st, err := one(ctx, r, scanState, selectState, name)
	if errors.Is(err, errNoRow) {
		err = federation.NotFound("source", name)
	} else if err != nil {
		err = fmt.Errorf("get state of source %q: %w", name, err)
	}
	st.Source = name
	return st, err
}

func scanState(row scanner) (federation.SourceState, error) {
	var name string
	var data, journal []byte
	if err := row.Scan(&name, &data, &journal); err != nil {
		return federation.SourceState{}, err
	}
	var st state
	if err := decode(data, &st, "source state", name); err != nil {
		return federation.SourceState{}, err
	}
	v := st.value()
	return v, decode(journal, &v.Fetches, "journal", name)
}

// SourceState implements [federation.Tx].
func (t *tx) SourceState(ctx context.Context, name string) (federation.SourceState, error) {
	return sourceState(ctx, t.runner, name)
}

// SourceStates implements [federation.Directory]. Sources never fetched are
// left out.
func (s *Store) SourceStates(ctx context.Context) (map[string]federation.SourceState, error) {
	list, err := all[state](ctx, s, "source state", `SELECT source, data FROM source_state ORDER BY source`)
	if err != nil {
		return nil, err
	}
	states := make(map[string]federation.SourceState, len(list))
	for _, st := range list {
		states[st.Source] = st.value()
	}
	return states, nil
}

// SaveSourceState implements [federation.Tx]. A source that is gone is
// ErrNotFound, so that a harvest which was under way when its source was
// removed brings nothing back.
func (t *tx) SaveSourceState(ctx context.Context, s federation.SourceState) error {
	_, err := one(ctx, t.runner, value[string], `SELECT name FROM source WHERE name = $1`, s.Source)
	if errors.Is(err, errNoRow) {
		return fmt.Errorf("save state: %w", federation.NotFound("source", s.Source))
	}
	if err != nil {
		return fmt.Errorf("save state of source %q: %w", s.Source, err)
	}
	st := newState(s)
	data, err := encode(st)
	if err != nil {
		return fmt.Errorf("save state of source %q: %w", s.Source, err)
	}
	journal, err := encode(st.SourceState.Fetches)
	if err == nil {
		_, err = t.exec(ctx, `
			INSERT INTO source_state (source, data, journal) VALUES ($1, $2, $3)
			ON CONFLICT (source) DO UPDATE SET data = excluded.data, journal = excluded.journal`, s.Source, data, journal)
	}
	if err != nil {
		return fmt.Errorf("save state of source %q: %w", s.Source, err)
	}
	return nil
}
