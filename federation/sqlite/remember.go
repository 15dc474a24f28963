package sqlite

import (
	"context"
	"encoding/json"
	"errors"
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
		source, text(originID), a.Item, micros(a.Gone))
	if err != nil {
		return fmt.Errorf("save alias %q of source %q: %w", originID, source, err)
	}
	return nil
}

// Pages implements [federation.Tx].
func (t *tx) Pages(ctx context.Context, source string) (map[string]federation.PageState, error) {
	pages := map[string]federation.PageState{}
	err := each(ctx, t.runner, func(row scanner) error {
		var p federation.PageState
		var data []byte
		if err := row.Scan(&p.URL, &data); err != nil {
			return err
		}
		if err := decode(data, &p, "page", p.URL); err != nil {
			return err
		}
		pages[p.URL] = p
		return nil
	}, `SELECT url, data FROM page WHERE source = $1`, source)
	if err != nil {
		return nil, fmt.Errorf("get pages of source %q: %w", source, err)
	}
	return pages, nil
}

// SavePage implements [federation.Tx]. A source that is gone is ErrNotFound.
func (t *tx) SavePage(ctx context.Context, source string, p federation.PageState) error {
	p.Read = utc(p.Read)
	data, err := encode(p)
	if err == nil {
		_, err = t.exec(ctx, `
			INSERT INTO page (source, url, data) VALUES ($1, $2, $3)
			ON CONFLICT (source, url) DO UPDATE SET data = excluded.data`, source, text(p.URL), data)
	}
	if err != nil {
		return fmt.Errorf("save page %q of source %q: %w", p.URL, source, err)
	}
	return nil
}

// RemovePage implements [federation.Tx]. One that is not held is no error.
func (t *tx) RemovePage(ctx context.Context, source, url string) error {
	if _, err := t.exec(ctx, `DELETE FROM page WHERE source = $1 AND url = $2`, source, text(url)); err != nil {
		return fmt.Errorf("remove page %q of source %q: %w", url, source, err)
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
	owner, err := t.names(ctx, `SELECT member FROM source WHERE name = $1`, to)
	if err != nil {
		return 0, err
	}
	if len(owner) == 0 {
		return 0, federation.NotFound("source", to)
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
	live, err := t.names(ctx, `SELECT id FROM item WHERE source = $1 AND withdrawn IS NULL ORDER BY id`, from)
	if err != nil {
		return 0, err
	}
	n, err := t.exec(ctx, `UPDATE item SET source = $2, member = $3, absent = 0 WHERE source = $1`, from, to, owner[0])
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

// Entries implements [federation.Directory].
func (s *Store) Entries(ctx context.Context, source string) (entries map[string]string, err error) {
	var data []byte
	err = s.with(func(r runner) (err error) {
		data, err = one(ctx, r, value[[]byte], `SELECT data FROM entry WHERE source = $1`, source)
		return err
	})
	switch {
	case errors.Is(err, errNoRow):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("get entries of source %q: %w", source, err)
	}
	return entries, decode(data, &entries, "entries of source", source)
}

// SaveEntries implements [federation.Tx].
func (t *tx) SaveEntries(ctx context.Context, source string, entries map[string]string) error {
	data, err := json.Marshal(entries)
	if err == nil {
		_, err = t.exec(ctx, `
			INSERT INTO entry (source, data) VALUES ($1, $2)
			ON CONFLICT (source) DO UPDATE SET data = excluded.data`, source, string(data))
	}
	if err != nil {
		return fmt.Errorf("save entries of source %q: %w", source, err)
	}
	return nil
}
