package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Aliases implements [federation.Tx].
func (t *tx) Aliases(ctx context.Context, source string) (map[string]federation.Alias, error) {
	aliases := map[string]federation.Alias{}
	err := each(ctx, t.runner, func(row scanner) error {
		var origin string
		var a federation.Alias
		err := row.Scan(&origin, &a.Item, instant{&a.Gone})
		aliases[origin] = a
		return err
	}, selectAliases, source)
	if err != nil {
		return nil, fmt.Errorf("get aliases of source %q: %w", source, err)
	}
	return aliases, nil
}

const selectAliases = `SELECT origin_id, item, gone FROM alias WHERE source = $1`

// SaveAlias implements [federation.Tx].
func (t *tx) SaveAlias(ctx context.Context, source, originID string, a federation.Alias) error {
	_, err := t.exec(ctx, `
		INSERT INTO alias (source, origin_id, item, gone) VALUES ($1, $2, $3, $4)
		ON CONFLICT (source, origin_id) DO UPDATE SET item = excluded.item, gone = excluded.gone`,
		source, federation.NormalText(originID), a.Item, micros(a.Gone))
	if err != nil {
		return fmt.Errorf("save alias %q of source %q: %w", originID, source, err)
	}
	return nil
}

// AdoptItems implements [federation.Tx].
func (t *tx) AdoptItems(ctx context.Context, from, to string, now time.Time) (int, error) {
	n, err := t.adopt(ctx, from, to, now)
	if err != nil {
		return 0, fmt.Errorf("adopt items of source %q for %q: %w", from, to, err)
	}
	return n, nil
}

func (t *tx) adopt(ctx context.Context, from, to string, now time.Time) (int, error) {
	source, err := t.Record(ctx, "source", to)
	if err != nil {
		return 0, err
	}
	for _, query := range []string{
		`INSERT INTO alias (source, origin_id, item) SELECT $2, origin_id, id FROM item WHERE source = $1
			ON CONFLICT (source, origin_id) DO NOTHING`,
		`INSERT INTO alias (source, origin_id, item, gone) SELECT $2, origin_id, item, gone FROM alias WHERE source = $1
			ON CONFLICT (source, origin_id) DO NOTHING`,
		`DELETE FROM alias WHERE source = $1 AND $2 <> ''`,
	} {
		if _, err := t.exec(ctx, query, from, to); err != nil {
			return 0, err
		}
	}
	live, err := t.LiveItems(ctx, from)
	if err != nil {
		return 0, err
	}
	n, err := t.exec(ctx, `UPDATE item SET source = $2, member = $3, absent = 0 WHERE source = $1`, from, to, source.Owner)
	if err != nil {
		return 0, err
	}
	for _, id := range live {
		if err := t.itemChanged(ctx, federation.ItemSaved, id, now); err != nil {
			return 0, err
		}
	}
	return int(n), nil
}
