package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/plonegov/carillon/federation"
)

// withdrawCommand takes items out of every output, whatever their source says.
type withdrawCommand struct {
	hubConfig
	Items   []string `arg:"" name:"id" help:"Ids of items, as in the address of their page."`
	Reason  string   `placeholder:"TEXT" default:"withdrawn by the operator" help:"Why, for the record."`
	Restore bool     `help:"Let them come back with the next reading of their source."`
}

// Run withdraws all of them, or none.
func (c *withdrawCommand) Run(ctx context.Context, s streams) (err error) {
	store, err := openStore(ctx, c.logger(s.err), c.hubConfig)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	now := time.Now()
	err = store.InTx(ctx, func(tx federation.Tx) error {
		for _, id := range c.Items {
			err := c.one(ctx, tx, id, now)
			if errors.Is(err, federation.ErrNotFound) {
				return fmt.Errorf("there is no item %q; the id is the last part of the address of its page", id)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	did := "withdrawn"
	if c.Restore {
		did = "comes back when its source is read again; `carillon harvest --force` with the name of the source does it now"
	}
	for _, id := range c.Items {
		fmt.Fprintf(s.out, "%s: %s\n", id, did)
	}
	return nil
}

func (c *withdrawCommand) one(ctx context.Context, tx federation.Tx, id string, now time.Time) error {
	if c.Restore {
		return tx.UnbarItem(ctx, id)
	}
	return tx.BarItem(ctx, id, c.Reason, now)
}
