package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// file is what is kept of a file as JSON, but for its text and what is asked by.
type file struct {
	ETag         []byte        `json:",omitempty"`
	LastModified []byte        `json:",omitempty"`
	Hash         string        `json:",omitempty"`
	Interval     time.Duration `json:",omitempty"`
	Failures     int           `json:",omitempty"`
	Paged        bool          `json:",omitempty"`
}

// pageEnd stands between the pages of a text, in which it does not occur.
const pageEnd = "\f"

// joinPages is the text column of the pages. A text of one empty page is none.
func joinPages(pages []string) string {
	clean := make([]string, len(pages))
	for i, p := range pages {
		clean[i] = federation.NormalText(strings.ReplaceAll(p, pageEnd, " "))
	}
	return strings.Join(clean, pageEnd)
}

const (
	fileColumns = `SELECT f.item, f.url, f.due, f.read, f.reason, f.data`

	selectItemFiles = fileColumns + `, f.text FROM file AS f JOIN item AS i ON i.id = f.item
		WHERE f.item IN (SELECT value FROM json_each($1)) AND f.size > 0 AND i.withdrawn IS NULL ORDER BY f.item, f.url`
	selectDueFiles = fileColumns + `, '' FROM item AS i JOIN file AS f ON f.item = i.id
		WHERE i.source = $1 AND i.withdrawn IS NULL AND f.due <= $2 ORDER BY f.due, f.item, f.url LIMIT $3`
	selectFiles = fileColumns + `, '' FROM file AS f WHERE f.item = $1 ORDER BY f.url`

	saveFile = `
		INSERT INTO file (item, url, due, read, reason, data) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (item, url) DO UPDATE SET due = excluded.due, read = excluded.read, reason = excluded.reason, data = excluded.data`
)

func scanFile(row scanner) (federation.File, error) {
	var f federation.File
	var data []byte
	var pages string
	if err := row.Scan(&f.Item, &f.URL, instant{&f.Due}, instant{&f.Read}, &f.Reason, &data, &pages); err != nil {
		return f, err
	}
	if pages != "" {
		f.Pages = strings.Split(pages, pageEnd)
	}
	var d file
	err := decode(data, &d, "file", f.URL)
	f.ETag, f.LastModified, f.Hash, f.Interval, f.Failures, f.Paged = d.ETag, d.LastModified, d.Hash, d.Interval, d.Failures, d.Paged
	return f, err
}

// ItemFiles implements [federation.Files].
func (s *Store) ItemFiles(ctx context.Context, ids []string) ([]federation.File, error) {
	want, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	return s.files(ctx, selectItemFiles, string(want))
}

// DueFiles implements [federation.Files].
func (s *Store) DueFiles(ctx context.Context, source string, now time.Time, n int) ([]federation.File, error) {
	return s.files(ctx, selectDueFiles, source, now.UnixMicro(), max(n, 0))
}

func (s *Store) files(ctx context.Context, query string, args ...any) (list []federation.File, err error) {
	err = s.with(func(r runner) (err error) {
		list, err = collect(ctx, r, scanFile, query, args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	return list, nil
}

// NextFile implements [federation.Files].
func (s *Store) NextFile(ctx context.Context, source string) (next time.Time, err error) {
	err = s.with(func(r runner) error {
		_, err := one(ctx, r, func(row scanner) (struct{}, error) { return struct{}{}, row.Scan(instant{&next}) }, `
			SELECT min(f.due) FROM item AS i JOIN file AS f ON f.item = i.id WHERE i.source = $1 AND i.withdrawn IS NULL`, source)
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("find the next file of source %q: %w", source, err)
	}
	return next, nil
}

// FileCounts implements [federation.Files].
func (s *Store) FileCounts(ctx context.Context, source string) (c federation.FileCounts, err error) {
	err = s.with(func(r runner) error {
		return each(ctx, r, func(row scanner) error {
			var reason federation.FileReason
			var files, waiting int
			var size sql.NullInt64
			if err := row.Scan(&reason, &files, &waiting, &size); err != nil {
				return err
			}
			c.Files, c.Waiting, c.Bytes = c.Files+files, c.Waiting+waiting, c.Bytes+size.Int64
			if reason != "" {
				if c.Reasons == nil {
					c.Reasons = map[federation.FileReason]int{}
				}
				c.Reasons[reason] = files
			}
			return nil
		}, `
			SELECT f.reason, count(*), sum(f.read IS NULL AND f.reason = ''), sum(f.size)
			FROM item AS i JOIN file AS f ON f.item = i.id WHERE i.source = $1 AND i.withdrawn IS NULL GROUP BY f.reason`, source)
	})
	if err != nil {
		return federation.FileCounts{}, fmt.Errorf("count the files of source %q: %w", source, err)
	}
	return c, nil
}

// Files implements [federation.FileWriter].
func (t *tx) Files(ctx context.Context, item string) ([]federation.File, error) {
	list, err := collect(ctx, t.runner, scanFile, selectFiles, item)
	if err != nil {
		return nil, fmt.Errorf("list files of item %q: %w", item, err)
	}
	return list, nil
}

// SaveFile implements [federation.FileWriter].
func (t *tx) SaveFile(ctx context.Context, f federation.File, now time.Time) error {
	if err := t.saveFile(ctx, f, now); err != nil {
		return fmt.Errorf("save file %.200q of item %q: %w", f.URL, f.Item, err)
	}
	return nil
}

func (t *tx) saveFile(ctx context.Context, f federation.File, now time.Time) error {
	live, err := one(ctx, t.runner, value[bool], `SELECT withdrawn IS NULL FROM item WHERE id = $1`, f.Item)
	if errors.Is(err, errNoRow) || err == nil && !live {
		return federation.ErrNotFound
	}
	if err != nil {
		return err
	}
	data, err := federation.Encode(file{ETag: f.ETag, LastModified: f.LastModified, Hash: federation.NormalText(f.Hash), Interval: f.Interval, Failures: f.Failures, Paged: f.Paged})
	if err == nil {
		_, err = t.exec(ctx, saveFile, f.Item, federation.NormalText(f.URL), micros(f.Due), micros(f.Read), string(f.Reason), data)
	}
	if err != nil || f.Pages == nil {
		return err
	}
	pages := joinPages(f.Pages)
	n, err := t.exec(ctx, `UPDATE file SET text = $3, size = $4 WHERE item = $1 AND url = $2 AND text <> $3`, f.Item, federation.NormalText(f.URL), pages, len(pages))
	if err != nil || n == 0 {
		return err
	}
	return t.itemChanged(ctx, federation.FilesRead, f.Item, now)
}

// RemoveFile implements [federation.FileWriter].
func (t *tx) RemoveFile(ctx context.Context, item, url string, now time.Time) error {
	size, err := one(ctx, t.runner, value[int], `SELECT size FROM file WHERE item = $1 AND url = $2`, item, federation.NormalText(url))
	if errors.Is(err, errNoRow) {
		return nil
	}
	if err == nil {
		_, err = t.exec(ctx, `DELETE FROM file WHERE item = $1 AND url = $2`, item, federation.NormalText(url))
	}
	if err == nil && size > 0 {
		err = t.itemChanged(ctx, federation.FilesRead, item, now)
	}
	if err != nil {
		return fmt.Errorf("remove file %.200q of item %q: %w", url, item, err)
	}
	return nil
}
