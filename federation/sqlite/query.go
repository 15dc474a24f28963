package sqlite

import (
	"context"
	"fmt"

	"github.com/plonegov/carillon/federation"
)

// AddQueries implements [federation.Queries].
func (s *Store) AddQueries(ctx context.Context, counts []federation.QueryCount) error {
	err := s.update(ctx, func(t *tx) error {
		for _, c := range counts {
			_, err := t.exec(ctx, `
				INSERT INTO query (day, language, key, words, asked, empty, found) VALUES ($1, $2, $3, $4, $5, $6, $7)
				ON CONFLICT (day, language, key) DO UPDATE SET words = excluded.words, found = excluded.found,
					asked = query.asked + excluded.asked, empty = query.empty + excluded.empty`,
				federation.NormalText(c.Day), federation.NormalText(c.Language), federation.NormalText(c.Key), federation.NormalText(c.Words), c.Asked, c.Nothing, c.Found)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("add %d counts of queries: %w", len(counts), err)
	}
	return nil
}

// QueriesBetween implements [federation.Queries].
func (s *Store) QueriesBetween(ctx context.Context, first, last string, n int) (list []federation.QueryCount, err error) {
	err = s.with(func(r runner) (err error) {
		list, err = collect(ctx, r, scanQuery, `
			SELECT day, language, key, words, asked, empty, found FROM query
			WHERE day >= $1 AND day <= $2 ORDER BY day DESC, asked DESC, key, language LIMIT $3`, first, last, n)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("get the queries from %s to %s: %w", first, last, err)
	}
	return list, nil
}

func scanQuery(row scanner) (c federation.QueryCount, err error) {
	err = row.Scan(&c.Day, &c.Language, &c.Key, &c.Words, &c.Asked, &c.Nothing, &c.Found)
	return c, err
}

// ForgetQueries implements [federation.Queries].
func (s *Store) ForgetQueries(ctx context.Context, before string) error {
	err := s.update(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM query WHERE day < $1`, before)
		return err
	})
	if err != nil {
		return fmt.Errorf("forget the queries before %s: %w", before, err)
	}
	return nil
}
