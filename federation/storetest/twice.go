package storetest

import (
	"context"
	"errors"

	"github.com/plonegov/carillon/federation"
)

// Twice is a store that runs the function of every transaction twice, and keeps
// what the second run did: the worst that the contract of InTx allows.
func Twice(s federation.Store) federation.Store { return twice{s} }

type twice struct{ federation.Store }

// Unwrap returns the store below.
func (s twice) Unwrap() federation.Store { return s.Store }

var errAgain = errors.New("once more")

func (s twice) InTx(ctx context.Context, fn func(federation.Tx) error) error {
	err := s.Store.InTx(ctx, func(tx federation.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errAgain
	})
	if !errors.Is(err, errAgain) {
		return err
	}
	return s.Store.InTx(ctx, fn)
}
