package federation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// storedState is a source's state as JSON. The validators are bytes, since a
// server may send any (RFC 9110, 5.5: obs-text) and must get the same ones
// back. The last fetches are a record of their own: lists of states do without
// them.
type storedState struct {
	SourceState
	ETag         []byte `json:",omitempty"`
	LastModified []byte `json:",omitempty"`
	Fetches      any    `json:",omitempty"` // always nil
}

// Record implements [Noun].
func (s SourceState) Record() Record {
	return Record{Kind: stateRecord, Key: s.Source, Owner: s.Source}
}

func (s SourceState) stored() any {
	return storedState{SourceState: s, ETag: []byte(s.ETag), LastModified: []byte(s.LastModified)}
}

// Journal is the last fetches of the source, as they are stored.
func (s SourceState) Journal() Noun { return journal{s.Source, s.Fetches} }

type journal struct {
	source  string
	fetches []Fetch
}

// Record implements [Noun].
func (j journal) Record() Record {
	return Record{Kind: journalRecord, Key: j.source, Owner: j.source}
}

func (j journal) stored() any { return j.fetches }

func readState(r Record) (SourceState, error) {
	var s storedState
	if err := json.Unmarshal([]byte(r.Value), &s); err != nil {
		return SourceState{}, fmt.Errorf("read stored state of source %q: %w", r.Key, err)
	}
	s.SourceState.ETag, s.SourceState.LastModified = string(s.ETag), string(s.LastModified)
	return s.SourceState, nil
}

// StateOf returns the state of a source: zero but for Source when it was never
// fetched. An unknown source is ErrNotFound.
func StateOf(ctx context.Context, from Records, source string) (SourceState, error) {
	if _, err := from.Record(ctx, sourceRecord, source); err != nil {
		return SourceState{}, err
	}
	r, err := from.Record(ctx, stateRecord, source)
	if errors.Is(err, ErrNotFound) {
		return SourceState{Source: source}, nil
	}
	if err != nil {
		return SourceState{}, err
	}
	s, err := readState(r)
	if err != nil {
		return SourceState{}, err
	}
	if r, err = from.Record(ctx, journalRecord, source); err == nil {
		err = json.Unmarshal([]byte(r.Value), &s.Fetches)
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return SourceState{}, fmt.Errorf("read stored fetches of source %q: %w", source, err)
	}
	return s, nil
}

// States returns the states of all sources by full name, without those never
// fetched, and without Fetches.
func States(ctx context.Context, from Records) (map[string]SourceState, error) {
	records, err := from.Records(ctx, stateRecord, "")
	if err != nil {
		return nil, err
	}
	states := make(map[string]SourceState, len(records))
	for _, r := range records {
		if states[r.Key], err = readState(r); err != nil {
			return nil, err
		}
	}
	return states, nil
}

// SaveState saves the state of a source. One that is gone is ErrNotFound, so
// that a harvest which was under way when its source was removed brings nothing
// back.
func SaveState(ctx context.Context, tx Tx, s SourceState) error {
	if _, err := tx.Record(ctx, sourceRecord, s.Source); err != nil {
		return fmt.Errorf("save state: %w", err)
	}
	if err := put(ctx, tx, s); err != nil {
		return err
	}
	return put(ctx, tx, s.Journal())
}
