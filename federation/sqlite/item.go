package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

const (
	// fields are what scanItem reads; of i, a row of item, and v, one of version.
	fields = `
		i.id, i.member, i.source, i.origin_id, i.first_seen, i.withdrawn,
		v.number, v.saved, v.type, v.language, v.url, v.title, v.content, v.policy,
		v.published, v.updated, v.expires, v.hash, v.data,
		coalesce(l."group", ''), ` + wording + `, CASE WHEN ` + wording + ` <> 0 THEN l.since END`

	// wording is told of the version that it was made from alone: until the
	// linker has seen a new text, nothing is known to be the same as it.
	wording = `CASE WHEN l.version = v.number THEN l.wording ELSE 0 END`

	linked = ` LEFT JOIN likeness AS l ON l.item = i.id `

	current = ` JOIN version AS v ON v.item = i.id AND v.number = i.version `

	selectItem = `SELECT ` + fields + ` FROM item AS i` + current + linked + `WHERE i.id = $1`

	selectItemsByID = `SELECT ` + fields + `
		FROM json_each($1) AS want JOIN item AS i ON i.id = want.value` + current + linked + `
		WHERE i.withdrawn IS NULL`

	selectEachItem = `SELECT ` + fields + ` FROM item AS i` + current + linked + `WHERE i.withdrawn IS NULL`

	// '0' comes after '/', which ends the name of the member in that of a source.
	ofMember = ` AND i.id IN (SELECT id FROM item WHERE source >= $1 || '/' AND source < $1 || '0')`
	grouped  = ` AND i.id IN (SELECT item FROM likeness WHERE "group" <> '')`
	byID     = ` ORDER BY i.id`

	selectVersions = `SELECT ` + fields + `
		FROM item AS i JOIN version AS v ON v.item = i.id` + linked + `
		WHERE i.id = $1 ORDER BY v.number DESC`

	// '~' comes after every character of an id.
	selectStamps = `
		SELECT i.id, v.saved FROM item AS i` + current + `
		WHERE i.id >= $1 AND i.id < $1 || '~' AND i.withdrawn IS NULL ORDER BY i.id LIMIT $2`

	selectExpired = `
		SELECT id FROM item WHERE withdrawn IS NULL AND expires IS NOT NULL AND expires <= $1
		ORDER BY expires, id LIMIT $2`
)

// Item implements [federation.Items].
func (s *Store) Item(ctx context.Context, id string) (it federation.Item, err error) {
	err = s.with(func(r runner) error {
		v, err := one(ctx, r, scanVersion, selectItem, id)
		it = v.Item
		return err
	})
	switch {
	case errors.Is(err, errNoRow):
		return federation.Item{}, federation.NotFound("item", id)
	case err != nil:
		return federation.Item{}, fmt.Errorf("get item %q: %w", id, err)
	case !it.Withdrawn.IsZero():
		return federation.Item{}, fmt.Errorf("item %q: %w", id, federation.ErrGone)
	}
	return it, nil
}

// ItemsByID implements [federation.Items].
func (s *Store) ItemsByID(ctx context.Context, ids []string) ([]federation.Item, error) {
	want, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("get %d items: %w", len(ids), err)
	}
	items := make([]federation.Item, 0, len(ids))
	err = s.with(func(r runner) error { return each(ctx, r, scanItems(&items), selectItemsByID, string(want)) })
	if err != nil {
		return nil, fmt.Errorf("get %d items: %w", len(ids), err)
	}
	// SQLite would sort whole rows, with their texts.
	at := make(map[string]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	slices.SortStableFunc(items, func(a, b federation.Item) int { return at[a.ID] - at[b.ID] })
	return items, nil
}

func scanItems(items *[]federation.Item) func(scanner) error {
	return func(row scanner) error {
		v, err := scanVersion(row)
		*items = append(*items, v.Item)
		return err
	}
}

// Versions implements [federation.Items].
func (s *Store) Versions(ctx context.Context, id string) (list []federation.Version, err error) {
	err = s.with(func(r runner) (err error) {
		list, err = collect(ctx, r, scanVersion, selectVersions, id)
		return err
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("get versions of item %q: %w", id, err)
	case len(list) == 0:
		return nil, federation.NotFound("item", id)
	case !list[0].Item.Withdrawn.IsZero():
		return nil, fmt.Errorf("versions of item %q: %w", id, federation.ErrGone)
	}
	return list, nil
}

// EachItem implements [federation.Items]. It reads in one transaction, row by
// row; while it runs, the file's log cannot be taken back into the file, so
// fn should not dawdle.
func (s *Store) EachItem(ctx context.Context, part federation.Part, fn func(federation.Item) error) (at federation.Cursor, err error) {
	query, args := selectEachItem, []any(nil)
	if part.Member != "" {
		query, args = query+ofMember, append(args, part.Member)
	}
	if part.Grouped {
		query += grouped
	}
	err = s.with(func(r runner) error {
		tx, err := s.readers.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }() // it only read
		r = r.in(tx)
		if at, err = one(ctx, r, value[federation.Cursor], selectLastChange); err != nil {
			return err
		}
		return each(ctx, r, func(row scanner) error {
			v, err := scanVersion(row)
			if err != nil {
				return err
			}
			return fn(v.Item)
		}, query+byID, args...)
	})
	if err != nil {
		return 0, fmt.Errorf("read items: %w", err)
	}
	return at, nil
}

// Stamps implements [federation.Items].
func (s *Store) Stamps(ctx context.Context, prefix string, n int) (list []federation.Stamp, err error) {
	scan := func(row scanner) (st federation.Stamp, err error) {
		err = row.Scan(&st.ID, instant{&st.Saved})
		return st, err
	}
	err = s.with(func(r runner) (err error) {
		list, err = collect(ctx, r, scan, selectStamps, prefix, max(n, 0))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list items by %q: %w", prefix, err)
	}
	return list, nil
}

// Expired implements [federation.Items].
func (s *Store) Expired(ctx context.Context, now time.Time, n int) (ids []string, err error) {
	err = s.with(func(r runner) (err error) {
		ids, err = collect(ctx, r, value[string], selectExpired, now.UnixMicro(), max(n, 0))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list expired items: %w", err)
	}
	return ids, nil
}

// scanVersion reads fields.
func scanVersion(row scanner) (v federation.Version, err error) {
	var content string
	var policy int
	var data []byte
	it := &v.Item
	err = row.Scan(&it.ID, &it.Member, &it.Source, &it.OriginID, instant{&it.FirstSeen}, instant{&it.Withdrawn},
		&v.Number, instant{&v.Saved}, &it.Type, &it.Language, &it.URL, &it.Title, &content, &policy,
		instant{&it.Published}, instant{&it.Updated}, instant{&it.Expires}, &it.Hash, &data,
		&it.Group, &it.Wording, instant{&it.Since})
	if err != nil {
		return federation.Version{}, err
	}
	var d document
	if err := decode(data, &d, "item", it.ID); err != nil {
		return federation.Version{}, err
	}
	d.fill(it)
	it.Version, it.Content = v.Number, markup.Stored(content, policy)
	it.DropAhead(v.Saved) // saved before such dates were refused
	return v, nil
}
