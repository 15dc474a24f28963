package sqlite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
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

// utc is t at the precision of the store.
func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}

// text is s as every engine can hold it; see the package comment.
func text(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD")
}

// noNUL drops NUL from encoded JSON. A backslash of the text stands as two, so
// that pairs are passed over and what is left is an escape.
var noNUL = strings.NewReplacer(`\\`, `\\`, `\u0000`, ``)

// encode writes v as the data column. A value that JSON has no way to write (a
// number that is none, a year of five digits) is ErrInvalid.
func encode(v any) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return "", fmt.Errorf("%w: cannot be stored: %w", federation.ErrInvalid, err)
	}
	return noNUL.Replace(strings.TrimSuffix(b.String(), "\n")), nil
}

// decode reads a data column; kind and name say which row is broken.
func decode(data []byte, v any, kind, name string) error {
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("read stored %s %q: %w", kind, name, err)
	}
	return nil
}
