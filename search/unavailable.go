package search

import (
	"time"

	"github.com/plonegov/carillon/federation"
)

// UnavailableError is an engine that cannot answer or take a batch now. It
// wraps federation.ErrUnavailable.
type UnavailableError struct {
	Reason string        // what was being done
	Err    error         // why not; never nil
	After  time.Duration // when the server wants to be asked again; 0 = it did not say
	// Lost is that the index is not there, or not the one that was made: it has
	// to be made anew, and trying again is no use.
	Lost bool
}

func (e *UnavailableError) Error() string { return e.Reason + ": " + e.Err.Error() }

// Unwrap makes the cause and federation.ErrUnavailable found.
func (e *UnavailableError) Unwrap() []error { return []error{federation.ErrUnavailable, e.Err} }
