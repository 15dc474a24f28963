package storetest

import (
	"cmp"
	"context"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// Record implements [federation.Records].
func (m *Mem) Record(ctx context.Context, kind, key string) (federation.Record, error) {
	s, err := m.view(ctx)
	if err != nil {
		return federation.Record{}, err
	}
	return s.record(kind, key)
}

// Record implements [federation.Records].
func (t *memTx) Record(_ context.Context, kind, key string) (federation.Record, error) {
	return t.record(kind, key)
}

func (s *memState) record(kind, key string) (federation.Record, error) {
	r, ok := s.records[[2]string{kind, federation.NormalText(key)}]
	if !ok {
		return r, federation.NotFound(kind, key)
	}
	return r, nil
}

// Records implements [federation.Records].
func (m *Mem) Records(ctx context.Context, kind, owner string) ([]federation.Record, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	return s.ofKind(kind, owner), nil
}

// Records implements [federation.Records].
func (t *memTx) Records(_ context.Context, kind, owner string) ([]federation.Record, error) {
	return t.ofKind(kind, owner), nil
}

func (s *memState) ofKind(kind, owner string) []federation.Record {
	var list []federation.Record
	for key, r := range s.records {
		if key[0] == kind && (owner == "" || r.Owner == owner) {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b federation.Record) int { return cmp.Compare(a.Key, b.Key) })
	return list
}

// SaveRecord implements [federation.RecordWriter].
func (t *memTx) SaveRecord(_ context.Context, r federation.Record) error {
	r.Key, r.Owner = federation.NormalText(r.Key), federation.NormalText(r.Owner)
	t.records[[2]string{r.Kind, r.Key}] = r
	return nil
}

// RemoveRecord implements [federation.RecordWriter].
func (t *memTx) RemoveRecord(_ context.Context, kind, key string) error {
	delete(t.records, [2]string{kind, federation.NormalText(key)})
	return nil
}

// Directory is records that do not change, for tests of what only reads them.
type Directory []federation.Noun

// Record implements [federation.Records].
func (d Directory) Record(ctx context.Context, kind, key string) (federation.Record, error) {
	list, err := d.Records(ctx, kind, "")
	for _, r := range list {
		if r.Key == key {
			return r, err
		}
	}
	return federation.Record{}, cmp.Or(err, error(federation.NotFound(kind, key)))
}

// Records implements [federation.Records].
func (d Directory) Records(_ context.Context, kind, owner string) ([]federation.Record, error) {
	var list []federation.Record
	for _, n := range d {
		if s, ok := n.(federation.SourceState); ok && kind == s.Journal().Record().Kind {
			n = s.Journal()
		}
		r := n.Record()
		if r.Kind != kind || owner != "" && r.Owner != owner {
			continue
		}
		r, err := federation.NewRecord(n)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b federation.Record) int { return cmp.Compare(a.Key, b.Key) })
	return list, nil
}
