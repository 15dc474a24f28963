package web

import (
	"errors"
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// ErrBusy says that a class of requests has no room at the moment.
var ErrBusy = fmt.Errorf("no room for more of this at once: %w", federation.ErrUnavailable)

// RetryAfter is after how many seconds a 503 for err is worth another try
// (RFC 9110, 10.2.3).
func RetryAfter(err error) string {
	switch {
	case errors.Is(err, ErrBusy):
		return "1"
	case errors.Is(err, search.ErrNotLevel):
		return "5"
	}
	return "60"
}
