package sqlite

import (
	"errors"
	"fmt"

	lib "modernc.org/sqlite/lib"

	"github.com/plonegov/carillon/federation"
)

// fault marks what passes by itself as ErrUnavailable.
func fault(err error) error {
	if errors.Is(err, federation.ErrUnavailable) {
		return err
	}
	switch code(err) {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_FULL, lib.SQLITE_IOERR, lib.SQLITE_CANTOPEN, lib.SQLITE_NOMEM:
		return fmt.Errorf("%w: %w", federation.ErrUnavailable, err)
	}
	return err
}
