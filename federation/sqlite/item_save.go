package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

const (
	saveNewItem = `
		INSERT INTO item (id, source, member, origin_id, first_seen, version, hash, updated, expires)
		VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8)
		ON CONFLICT (id) DO NOTHING`

	// A version never moves an item to another source: the id would be forged.
	saveNextItem = `
		UPDATE item SET version = $3, hash = $4, updated = $5, expires = $6, absent = 0, withdrawn = NULL, reason = ''
		WHERE id = $1 AND source = $2 AND version = $3 - 1`

	saveVersion = `
		INSERT INTO version (item, number, saved, type, language, url, title, content, policy,
			published, updated, expires, hash, data)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`

	appendItemChange = `
		INSERT INTO change (time, kind, key, member, source, version)
		SELECT $1, $2, id, member, source, version FROM item WHERE id = $3`
)

// SaveItem implements [federation.Tx]. The first version decides member,
// origin id and first-seen time; later ones cannot change them. A version of
// another source's item is ErrConflict, one below 1 ErrInvalid.
func (t *tx) SaveItem(ctx context.Context, it federation.Item, now time.Time) error {
	if err := t.saveItem(ctx, it, now); err != nil {
		return fmt.Errorf("save item %q version %d: %w", it.ID, it.Version, err)
	}
	return nil
}

func (t *tx) saveItem(ctx context.Context, it federation.Item, now time.Time) error {
	if it.Version < 1 {
		return federation.Invalid("version", "must be 1 or more")
	}
	data, err := federation.Encode(newDocument(it))
	if err != nil {
		return err
	}
	if err := t.saveHead(ctx, it); err != nil {
		return err
	}
	_, err = t.exec(ctx, saveVersion, it.ID, it.Version, now.UnixMicro(), string(it.Type), federation.NormalText(it.Language), federation.NormalText(it.URL),
		federation.NormalText(it.Title), it.Content.String(), markup.Version,
		micros(it.Published), micros(it.Updated), micros(it.Expires), it.Hash, data)
	if err != nil {
		return err
	}
	return t.itemChanged(ctx, federation.ItemSaved, it.ID, now)
}

// itemChanged appends the change of an item as it is now held.
func (t *tx) itemChanged(ctx context.Context, kind federation.ChangeKind, id string, now time.Time) error {
	_, err := t.exec(ctx, appendItemChange, now.UnixMicro(), string(kind), id)
	t.changed = t.changed || err == nil
	return err
}

func (t *tx) saveHead(ctx context.Context, it federation.Item) error {
	var n int64
	var err error
	if it.Version == 1 {
		n, err = t.exec(ctx, saveNewItem, it.ID, it.Source, it.Member, federation.NormalText(it.OriginID), micros(it.FirstSeen),
			it.Hash, micros(it.Updated), micros(it.Expires))
	} else {
		n, err = t.exec(ctx, saveNextItem, it.ID, it.Source, it.Version, it.Hash, micros(it.Updated), micros(it.Expires))
	}
	if err == nil && n == 0 {
		err = federation.ErrConflict
	}
	return err
}

// WithdrawItem implements [federation.Tx]. An unknown item is ErrNotFound.
func (t *tx) WithdrawItem(ctx context.Context, id, reason string, now time.Time) error {
	n, err := t.exec(ctx, `
		UPDATE item SET withdrawn = $2, reason = $3, absent = 0 WHERE id = $1 AND withdrawn IS NULL`,
		id, now.UnixMicro(), federation.NormalText(reason))
	if err == nil && n == 0 {
		return t.hasItem(ctx, id)
	}
	if err == nil {
		_, err = t.exec(ctx, `DELETE FROM file WHERE item = $1`, id)
	}
	if err == nil {
		err = t.itemChanged(ctx, federation.ItemWithdrawn, id, now)
	}
	if err != nil {
		return fmt.Errorf("withdraw item %q: %w", id, err)
	}
	return nil
}

// BarItem implements [federation.Tx].
func (t *tx) BarItem(ctx context.Context, id, reason string, now time.Time) error {
	if err := t.WithdrawItem(ctx, id, reason, now); err != nil {
		return err
	}
	return t.bar(ctx, id, 1)
}

// UnbarItem implements [federation.Tx].
func (t *tx) UnbarItem(ctx context.Context, id string) error { return t.bar(ctx, id, 0) }

func (t *tx) bar(ctx context.Context, id string, barred int) error {
	n, err := t.exec(ctx, `UPDATE item SET barred = $2 WHERE id = $1`, id, barred)
	if err != nil {
		return fmt.Errorf("bar item %q: %w", id, err)
	}
	if n == 0 {
		return federation.NotFound("item", id)
	}
	return nil
}

// SaveAbsent implements [federation.Tx]. An unknown item is ErrNotFound.
func (t *tx) SaveAbsent(ctx context.Context, id string, absent int) error {
	n, err := t.exec(ctx, `UPDATE item SET absent = $2 WHERE id = $1`, id, absent)
	if err != nil {
		return fmt.Errorf("save absences of item %q: %w", id, err)
	}
	if n == 0 {
		return federation.NotFound("item", id)
	}
	return nil
}

// hasItem is ErrNotFound when nothing, not even a tombstone, has the id.
func (t *tx) hasItem(ctx context.Context, id string) error {
	_, err := one(ctx, t.runner, value[string], `SELECT id FROM item WHERE id = $1`, id)
	if errors.Is(err, errNoRow) {
		return federation.NotFound("item", id)
	}
	return err
}

// LiveItems implements [federation.Tx].
func (t *tx) LiveItems(ctx context.Context, source string) ([]string, error) {
	ids, err := collect(ctx, t.runner, value[string], `SELECT id FROM item WHERE source = $1 AND withdrawn IS NULL ORDER BY id`, source)
	if err != nil {
		return nil, fmt.Errorf("list items of source %q: %w", source, err)
	}
	return ids, nil
}

const selectHeads = `
	SELECT id, hash, version, updated, first_seen, withdrawn, absent, barred
	FROM item WHERE source = $1`

// Heads implements [federation.Tx].
func (t *tx) Heads(ctx context.Context, source string) (map[string]federation.Head, error) {
	heads := map[string]federation.Head{}
	err := each(ctx, t.runner, func(row scanner) error {
		var h federation.Head
		err := row.Scan(&h.ID, &h.Hash, &h.Version, instant{&h.Updated}, instant{&h.FirstSeen}, instant{&h.Withdrawn}, &h.Absent, &h.Barred)
		heads[h.ID] = h
		return err
	}, selectHeads, source)
	if err != nil {
		return nil, fmt.Errorf("get heads of source %q: %w", source, err)
	}
	return heads, nil
}
