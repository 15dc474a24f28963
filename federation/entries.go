package federation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// entries are what the entries of a source's last document gave.
type entries struct {
	source string
	hashes map[string]string
}

// Record implements [Noun].
func (e entries) Record() Record {
	return Record{Kind: entriesRecord, Key: e.source, Owner: e.source}
}

func (e entries) stored() any { return e.hashes }

// Entries returns what [SaveEntries] saved last of the source, nil when nothing
// was.
func Entries(ctx context.Context, from Records, source string) (hashes map[string]string, err error) {
	r, err := from.Record(ctx, entriesRecord, source)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(r.Value), &hashes); err != nil {
		return nil, fmt.Errorf("read stored entries of source %q: %w", source, err)
	}
	return hashes, nil
}

// SaveEntries keeps what the entries of the source's last document gave: the
// content hash of an item by the hash of its entry (see [Decoded.Entries]). A
// source that is gone is ErrNotFound.
func SaveEntries(ctx context.Context, tx Tx, source string, hashes map[string]string) error {
	if _, err := tx.Record(ctx, sourceRecord, source); err != nil {
		return fmt.Errorf("save entries: %w", err)
	}
	return put(ctx, tx, entries{source, hashes})
}
