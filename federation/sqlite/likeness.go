package sqlite

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Likenesses implements [federation.Likenesses].
func (s *Store) Likenesses(ctx context.Context, ids []string) (map[string]federation.Likeness, error) {
	out := make(map[string]federation.Likeness, len(ids))
	want, err := json.Marshal(ids)
	if err == nil {
		err = s.with(func(r runner) error {
			return each(ctx, r, func(row scanner) error {
				l, err := scanLikeness(row)
				out[l.Item] = l
				return err
			}, selectLikenesses, string(want))
		})
	}
	if err != nil {
		return nil, fmt.Errorf("get likeness of %d items: %w", len(ids), err)
	}
	return out, nil
}

const (
	selectLikenesses = `
		SELECT l.item, l."group", l.digest, l.keys, l.version, l.wording, l.since,
			CASE WHEN i.withdrawn IS NULL THEN i.version ELSE 0 END, i.first_seen, l.fingerprint
		FROM json_each($1) AS want JOIN likeness AS l ON l.item = want.value JOIN item AS i ON i.id = l.item`
	// selectHeld is what saving needs to know: the item, and the likeness if any.
	selectHeld = `
		SELECT CASE WHEN i.withdrawn IS NULL THEN i.version ELSE 0 END, i.id, coalesce(l."group", ''), coalesce(l.version, 0),
			coalesce(l.wording, 0), l.since, coalesce(l.keys, '[]')
		FROM json_each($1) AS want JOIN item AS i ON i.id = want.value LEFT JOIN likeness AS l ON l.item = i.id`
)

func scanLikeness(row scanner) (l federation.Likeness, err error) {
	var keys []byte
	if err := row.Scan(&l.Item, &l.Group, &l.Digest, &keys, &l.Version, &l.Wording, instant{&l.Since},
		&l.Current, instant{&l.FirstSeen}, &l.Fingerprint); err != nil {
		return l, err
	}
	return l, decode(keys, &l.Keys, "likeness of item", l.Item)
}

func scanHeld(row scanner) (l federation.Likeness, err error) {
	var keys []byte
	if err := row.Scan(&l.Current, &l.Item, &l.Group, &l.Version, &l.Wording, instant{&l.Since}, &keys); err != nil {
		return l, err
	}
	return l, decode(keys, &l.Keys, "likeness of item", l.Item)
}

// Sharing implements [federation.Likenesses]. It looks at one key after the
// other, so that one that half of all items have costs no more than another.
func (s *Store) Sharing(ctx context.Context, keys []int64, n int) (list []federation.Sharer, err error) {
	if n < 1 {
		return nil, nil
	}
	want, err := json.Marshal(keys)
	if err == nil {
		err = s.with(func(r runner) (err error) {
			list, err = collect(ctx, r, scanSharer, selectSharing, string(want), n)
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("find items that share %d keys: %w", len(keys), err)
	}
	slices.SortFunc(list, func(a, b federation.Sharer) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Item, b.Item))
	})
	return list, nil
}

const selectSharing = `
	SELECT k.key, l.item, l."group"
	FROM json_each($1) AS want JOIN likeness_key AS k ON k.key = want.value
		AND k.number <= coalesce((SELECT number FROM likeness_key WHERE key = want.value ORDER BY number LIMIT 1 OFFSET $2 - 1), k.number)
	JOIN likeness AS l ON l.number = k.number JOIN item AS i ON i.id = l.item
	WHERE i.withdrawn IS NULL`

func scanSharer(row scanner) (s federation.Sharer, err error) {
	err = row.Scan(&s.Key, &s.Item, &s.Group)
	return s, err
}

// Twins implements [federation.Likenesses].
func (s *Store) Twins(ctx context.Context, groups []string) (list []federation.Twin, err error) {
	want, err := json.Marshal(groups)
	if err == nil {
		err = s.with(func(r runner) (err error) {
			list, err = collect(ctx, r, scanTwin, selectTwins, string(want))
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("get the items of %d groups: %w", len(groups), err)
	}
	return list, nil
}

const selectTwins = `
	SELECT i.id, l."group", i.member, i.source, v.url, v.title, v.language, i.first_seen, ` + wording + `
	FROM likeness AS l JOIN item AS i ON i.id = l.item` + current + `
	WHERE l."group" <> '' AND l."group" IN (SELECT value FROM json_each($1)) AND i.withdrawn IS NULL
	ORDER BY i.first_seen, i.id`

func scanTwin(row scanner) (t federation.Twin, err error) {
	err = row.Scan(&t.ID, &t.Group, &t.Member, &t.Source, &t.URL, &t.Title, &t.Language, instant{&t.FirstSeen}, &t.Wording)
	return t, err
}

// SaveLikenesses implements [federation.Tx].
func (t *tx) SaveLikenesses(ctx context.Context, list []federation.Likeness, now time.Time) error {
	if err := t.saveLikenesses(ctx, list, now); err != nil {
		return fmt.Errorf("save likeness of %d items: %w", len(list), err)
	}
	return nil
}

func (t *tx) saveLikenesses(ctx context.Context, list []federation.Likeness, now time.Time) error {
	ids := make([]string, len(list))
	for i, l := range list {
		ids[i] = l.Item
	}
	held, err := t.held(ctx, ids)
	if err != nil {
		return err
	}
	var rekeyed []string
	for _, l := range list {
		old, known := held[l.Item]
		if !known {
			return federation.NotFound("item", l.Item)
		}
		if !slices.Equal(old.Keys, l.Keys) {
			rekeyed = append(rekeyed, l.Item)
			if err := t.dropKeys(ctx, l.Item, old.Keys); err != nil {
				return err
			}
		}
		if err := t.saveLikeness(ctx, l); err != nil {
			return err
		}
		if old.Current == 0 || l.Tells(old, old.Current) {
			continue
		}
		if err := t.itemChanged(ctx, federation.ItemLinked, l.Item, now); err != nil {
			return err
		}
	}
	return t.saveKeys(ctx, rekeyed)
}

// held is what is held of the items, by id, of those that there are.
func (t *tx) held(ctx context.Context, ids []string) (map[string]federation.Likeness, error) {
	want, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	list, err := collect(ctx, t.runner, scanHeld, selectHeld, string(want))
	held := make(map[string]federation.Likeness, len(list))
	for _, l := range list {
		held[l.Item] = l
	}
	return held, err
}

func (t *tx) saveLikeness(ctx context.Context, l federation.Likeness) error {
	keys, err := encodeKeys(l.Keys)
	if err == nil {
		_, err = t.exec(ctx, saveLikeness, l.Item, l.Group, l.Version, l.Wording, micros(l.Since), l.Digest, keys, l.Fingerprint)
	}
	return err
}

// saveKeys makes the items found by their keys: in the order of the keys, so
// that each page of their tree is come to once.
func (t *tx) saveKeys(ctx context.Context, items []string) error {
	if len(items) == 0 {
		return nil
	}
	want, err := json.Marshal(items)
	if err == nil {
		_, err = t.exec(ctx, saveLikenessKeys, string(want))
	}
	return err
}

const (
	saveLikeness = `
		INSERT INTO likeness (item, "group", version, wording, since, digest, keys, fingerprint) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (item) DO UPDATE SET "group" = excluded."group", version = excluded.version, wording = excluded.wording,
			since = excluded.since, digest = excluded.digest, keys = excluded.keys, fingerprint = excluded.fingerprint`
	saveLikenessKeys = `
		INSERT INTO likeness_key (key, number)
		SELECT k.value, l.number FROM json_each($1) AS want JOIN likeness AS l ON l.item = want.value, json_each(l.keys) AS k
		WHERE true ORDER BY k.value ON CONFLICT (key, number) DO NOTHING`
	dropLikenessKeys = `
		DELETE FROM likeness_key WHERE number = (SELECT number FROM likeness WHERE item = $2) AND key IN (SELECT value FROM json_each($1))`
)

func encodeKeys(keys []int64) (string, error) {
	if keys == nil {
		keys = []int64{}
	}
	b, err := json.Marshal(keys)
	return string(b), err
}

func (t *tx) dropKeys(ctx context.Context, item string, held []int64) error {
	if len(held) == 0 {
		return nil
	}
	keys, err := encodeKeys(held)
	if err == nil {
		_, err = t.exec(ctx, dropLikenessKeys, keys, item)
	}
	return err
}

// RemoveLikeness implements [federation.Tx].
func (t *tx) RemoveLikeness(ctx context.Context, item string) error {
	held, err := t.held(ctx, []string{item})
	if err == nil {
		err = t.dropKeys(ctx, item, held[item].Keys)
	}
	if err == nil {
		_, err = t.exec(ctx, `DELETE FROM likeness WHERE item = $1`, item)
	}
	if err != nil {
		return fmt.Errorf("remove likeness of item %q: %w", item, err)
	}
	return nil
}
