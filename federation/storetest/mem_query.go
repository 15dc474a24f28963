package storetest

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// AddQueries implements [federation.Queries].
func (m *Mem) AddQueries(ctx context.Context, counts []federation.QueryCount) error {
	return m.update(ctx, func(s *memTx) error {
		for _, c := range counts {
			key := [3]string{c.Day, c.Language, c.Key}
			old := s.queries[key]
			c.Asked, c.Nothing = c.Asked+old.Asked, c.Nothing+old.Nothing
			s.queries[key] = c
		}
		return nil
	})
}

// QueriesBetween implements [federation.Queries].
func (m *Mem) QueriesBetween(ctx context.Context, first, last string, n int) ([]federation.QueryCount, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	list := slices.Collect(maps.Values(s.queries))
	list = slices.DeleteFunc(list, func(c federation.QueryCount) bool { return c.Day < first || c.Day > last })
	slices.SortFunc(list, func(a, b federation.QueryCount) int {
		return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(b.Asked, a.Asked), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Language, b.Language))
	})
	return list[:min(n, len(list))], nil
}

// ForgetQueries implements [federation.Queries].
func (m *Mem) ForgetQueries(ctx context.Context, before string) error {
	return m.update(ctx, func(s *memTx) error {
		maps.DeleteFunc(s.queries, func(_ [3]string, c federation.QueryCount) bool { return c.Day < before })
		return nil
	})
}
