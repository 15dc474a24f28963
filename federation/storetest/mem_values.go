package storetest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// noNUL drops NUL from encoded JSON; a backslash of the text stands as two.
var noNUL = strings.NewReplacer(`\\`, `\\`, `\u0000`, ``)

// encode is how Mem keeps values: what comes back cannot share memory with
// what went in, and is valid UTF-8.
func encode(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("%w: cannot be stored: %w", federation.ErrInvalid, err)
	}
	return noNUL.Replace(string(b)), nil
}

func decode[T any](data string) (v T, err error) {
	err = json.Unmarshal([]byte(data), &v)
	return v, err
}

// decodeAll decodes the values of a map in the order of their names.
func decodeAll[T any](all map[string]string) ([]T, error) {
	list := make([]T, 0, len(all))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		v, err := decode[T](all[name])
		if err != nil {
			return nil, fmt.Errorf("read %q: %w", name, err)
		}
		list = append(list, v)
	}
	return list, nil
}

// utc is t at the precision of a store.
func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}

// copyState also brings the times to the precision of a store.
func copyState(s federation.SourceState) federation.SourceState {
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
	s.Former, s.Weeks, s.Hubs = slices.Clone(s.Former), slices.Clone(s.Weeks), slices.Clone(s.Hubs)
	if s.Failure != nil {
		f := *s.Failure
		f.Time = utc(f.Time)
		s.Failure = &f
	}
	s.Warnings = slices.Clone(s.Warnings)
	return s
}
