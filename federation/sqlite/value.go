package sqlite

import (
	"encoding/json"
	"fmt"
	"time"
)

// micros is t as it is stored: microseconds since 1970 UTC, NULL when zero.
func micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// instant reads back what micros wrote.
type instant struct{ t *time.Time }

// Scan implements sql.Scanner.
func (i instant) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*i.t = time.Time{}
	case int64:
		*i.t = time.UnixMicro(v).UTC()
	default:
		return fmt.Errorf("a time is stored as %T", src)
	}
	return nil
}

// decode reads a data column; kind and name say which row is broken.
func decode(data []byte, v any, kind, name string) error {
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("read stored %s %q: %w", kind, name, err)
	}
	return nil
}
