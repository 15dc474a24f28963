package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
)

type applyCommand struct {
	hubConfig
	File   string `arg:"" help:"Region file (YAML)."`
	DryRun bool   `help:"Show the difference and write nothing."`
	Prune  bool   `help:"Remove what the file lacks."`
	Yes    bool   `help:"With --prune: do not ask, even when every member is removed."`
	JSON   bool   `name:"json" help:"Print one JSON object a line."`
}

// Run reads the file, checks all of it, and then writes all of it.
func (c *applyCommand) Run(ctx context.Context, s streams) (err error) {
	store, err := openStore(ctx, c.logger(s.err), c.hubConfig)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	held, err := federation.LoadCatalogue(ctx, store)
	if err != nil {
		return err
	}
	r, err := region.Read(c.File, regionOptions(held, c.Prune))
	if err != nil {
		return err
	}
	if c.Prune && !c.Yes && !c.DryRun {
		if err := confirmPrune(s, c.File, held, r); err != nil {
			return err
		}
	}
	apply := region.Apply
	if c.DryRun {
		apply = region.Diff
	}
	diff, err := apply(ctx, store, r, time.Now(), c.Prune)
	if err != nil {
		return err
	}
	if !c.JSON {
		printDifferences(s.out, diff, c.DryRun)
		return nil
	}
	lines := json.NewEncoder(s.out)
	for _, d := range diff {
		if err := lines.Encode(d); err != nil {
			return err
		}
	}
	return nil
}

// printDifferences writes a line a difference, or that there is none.
func printDifferences(w io.Writer, diff []region.Difference, dryRun bool) {
	for _, d := range diff {
		fmt.Fprintln(w, d)
	}
	switch {
	case len(diff) == 0:
		fmt.Fprintln(w, "nothing to change")
	case dryRun:
		fmt.Fprintln(w, "nothing was written (--dry-run)")
	}
}
