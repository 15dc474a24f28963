package storetest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

func fileOrder(a, b federation.File) int {
	return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.URL, b.URL))
}

func copyFile(f federation.File, withText bool) federation.File {
	f.ETag, f.LastModified = slices.Clone(f.ETag), slices.Clone(f.LastModified)
	f.Pages = slices.Clone(f.Pages)
	if !withText {
		f.Pages = nil
	}
	return f
}

// filesWhere returns the files of live items that are wanted.
func (s *memState) filesWhere(withText bool, want func(federation.File, memItem) bool) []federation.File {
	var list []federation.File
	for _, f := range s.files {
		if i := s.items[f.Item]; i.live() && want(f, i) {
			list = append(list, copyFile(f, withText))
		}
	}
	slices.SortFunc(list, fileOrder)
	return list
}

// ItemFiles implements [federation.Files].
func (m *Mem) ItemFiles(ctx context.Context, ids []string) ([]federation.File, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	return s.filesWhere(true, func(f federation.File, _ memItem) bool { return slices.Contains(ids, f.Item) && fileSize(f) > 0 }), nil
}

// DueFiles implements [federation.Files].
func (m *Mem) DueFiles(ctx context.Context, source string, now time.Time, n int) ([]federation.File, error) {
	s, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	list := s.filesWhere(false, func(f federation.File, i memItem) bool {
		return i.source == source && !f.Due.IsZero() && !f.Due.After(now)
	})
	slices.SortStableFunc(list, func(a, b federation.File) int { return a.Due.Compare(b.Due) })
	return list[:min(len(list), max(n, 0))], nil
}

// NextFile implements [federation.Files].
func (m *Mem) NextFile(ctx context.Context, source string) (next time.Time, err error) {
	s, err := m.view(ctx)
	if err != nil {
		return next, err
	}
	for _, f := range s.filesWhere(false, func(f federation.File, i memItem) bool { return i.source == source && !f.Due.IsZero() }) {
		if next.IsZero() || f.Due.Before(next) {
			next = f.Due
		}
	}
	return next, nil
}

// FileCounts implements [federation.Files].
func (m *Mem) FileCounts(ctx context.Context, source string) (c federation.FileCounts, err error) {
	s, err := m.view(ctx)
	if err != nil {
		return c, err
	}
	for _, f := range s.filesWhere(true, func(_ federation.File, i memItem) bool { return i.source == source }) {
		c.Files++
		c.Bytes += int64(fileSize(f))
		switch {
		case f.Reason != "":
			if c.Reasons == nil {
				c.Reasons = map[federation.FileReason]int{}
			}
			c.Reasons[f.Reason]++
		case f.Read.IsZero():
			c.Waiting++
		}
	}
	return c, nil
}

// fileSize counts as a store does that keeps the pages as one text.
func fileSize(f federation.File) int { return len(strings.Join(f.Pages, "\f")) }

// Files implements [federation.FileWriter].
func (t *memTx) Files(_ context.Context, item string) ([]federation.File, error) {
	var list []federation.File
	for _, f := range t.files {
		if f.Item == item {
			list = append(list, copyFile(f, false))
		}
	}
	slices.SortFunc(list, fileOrder)
	return list, nil
}

// SaveFile implements [federation.FileWriter].
func (t *memTx) SaveFile(_ context.Context, f federation.File, now time.Time) error {
	i, ok := t.items[f.Item]
	if !ok || !i.live() {
		return fmt.Errorf("save file %q of item %q: %w", f.URL, f.Item, federation.ErrNotFound)
	}
	f = copyFile(f, true)
	f.Due, f.Read, f.URL, f.Hash = federation.NormalTime(f.Due), federation.NormalTime(f.Read), federation.NormalText(f.URL), federation.NormalText(f.Hash)
	key := [2]string{f.Item, f.URL}
	old := t.files[key]
	if f.Pages == nil {
		f.Pages = old.Pages
		t.files[key] = f
		return nil
	}
	for n, p := range f.Pages {
		f.Pages[n] = federation.NormalText(strings.ReplaceAll(p, "\f", " "))
	}
	if fileSize(f) == 0 {
		f.Pages = nil
	}
	t.files[key] = f
	if strings.Join(old.Pages, "\f") != strings.Join(f.Pages, "\f") {
		t.filesRead(i, now)
	}
	return nil
}

func (t *memTx) filesRead(i memItem, now time.Time) {
	t.append(federation.Change{Time: now, Kind: federation.FilesRead, Key: i.head.ID, Member: i.member, Source: i.source, Version: i.head.Version})
}

// RemoveFile implements [federation.FileWriter].
func (t *memTx) RemoveFile(_ context.Context, item, url string, now time.Time) error {
	key := [2]string{item, federation.NormalText(url)}
	f, ok := t.files[key]
	delete(t.files, key)
	if ok && fileSize(f) > 0 {
		t.filesRead(t.items[item], now)
	}
	return nil
}

// dropFiles forgets the files of an item.
func (t *memTx) dropFiles(item string) {
	maps.DeleteFunc(t.files, func(key [2]string, _ federation.File) bool { return key[0] == item })
}
