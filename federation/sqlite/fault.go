package sqlite

import (
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/plonegov/carillon/federation"
)

// fault marks what passes by itself as ErrUnavailable. Extended result codes
// carry the primary one in their low byte (sqlite.org/rescode.html).
func fault(err error) error {
	var e *driver.Error
	if err == nil || errors.Is(err, federation.ErrUnavailable) || !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_FULL, lib.SQLITE_IOERR, lib.SQLITE_CANTOPEN, lib.SQLITE_NOMEM:
		return fmt.Errorf("%w: %w", federation.ErrUnavailable, err)
	}
	return err
}
