package harvester

import (
	"context"
	"errors"
	"time"

	"github.com/plonegov/carillon/federation"
)

const expireBatch = 500

// expire withdraws live items whose end date has passed, whether or not their
// source is read again.
func expire(ctx context.Context, store federation.Store, now time.Time) error {
	for {
		ids, err := store.Expired(ctx, now, expireBatch)
		if err != nil || len(ids) == 0 {
			return err
		}
		items, err := store.ItemsByID(ctx, ids) // for their sources
		if err != nil {
			return err
		}
		err = store.InTx(ctx, func(tx federation.Tx) error {
			sources := map[string]int{}
			for _, it := range items {
				sources[it.Source]++
				if err := tx.WithdrawItem(ctx, it.ID, "its end date has passed", now); err != nil {
					return err
				}
			}
			for name, n := range sources {
				if err := recount(ctx, tx, name, n); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// recount puts the number of live items of a source right after n of them
// have ended.
func recount(ctx context.Context, tx federation.Tx, source string, n int) error {
	state, err := federation.StateOf(ctx, tx, source)
	if errors.Is(err, federation.ErrNotFound) {
		return nil // its items are withdrawn with it
	}
	if err != nil {
		return err
	}
	heads, err := tx.Heads(ctx, source)
	if err != nil {
		return err
	}
	state.Ended(n, live(heads))
	return federation.SaveState(ctx, tx, state)
}
