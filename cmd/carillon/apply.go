package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/plonegov/carillon/federation"
)

// difference is one line of what apply did or would do.
type difference struct {
	Act  string `json:"act"`  // add, change or remove
	Kind string `json:"kind"` // member, source, channel or placement
	Name string `json:"name"`
}

func (d difference) String() string {
	sign := map[string]string{"add": "+", "change": "~", "remove": "-"}[d.Act]
	return fmt.Sprintf("%s %s %s", sign, d.Kind, d.Name)
}

// errDryRun rolls back a transaction whose only purpose was to be seen.
var errDryRun = errors.New("dry run")

// applyRegion makes the store hold what the file says, in one transaction,
// and returns what that changed. With prune, what the file lacks is removed.
// With dryRun the same is done and rolled back.
func applyRegion(ctx context.Context, store federation.Store, r *region, now time.Time, prune, dryRun bool) ([]difference, error) {
	cat, err := federation.LoadCatalogue(ctx, store)
	if err != nil {
		return nil, err
	}
	var diff []difference
	err = store.InTx(ctx, func(tx federation.Tx) error {
		a := applier{ctx: ctx, tx: tx, cat: cat}
		err := a.save(r)
		if err == nil && prune {
			err = a.prune(r)
		}
		diff = a.diff
		if err == nil && dryRun {
			err = errDryRun
		}
		return err
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return nil, err
	}
	if dryRun {
		return diff, nil
	}
	return diff, scheduleNew(ctx, store, diff, now)
}

// scheduleNew makes new and changed sources due at once.
func scheduleNew(ctx context.Context, store federation.Store, diff []difference, now time.Time) error {
	for _, d := range diff {
		if d.Kind != "source" || d.Act == "remove" {
			continue
		}
		if err := store.PutTask(ctx, federation.Task{Kind: federation.TaskHarvest, Key: d.Name, Due: now}); err != nil {
			return err
		}
	}
	return nil
}

type applier struct {
	ctx  context.Context
	tx   federation.Tx
	cat  *federation.Catalogue
	diff []difference
}

func (a *applier) save(r *region) error {
	for _, m := range r.Members {
		_, err := a.cat.Member(m.Slug)
		if err := saved(a, "member", m.Slug, err == nil, m, a.tx.SaveMember); err != nil {
			return err
		}
	}
	for _, s := range r.Sources {
		_, err := a.cat.Source(s.Name())
		if err := saved(a, "source", s.Name(), err == nil, s, a.tx.SaveSource); err != nil {
			return err
		}
	}
	for _, c := range r.Channels {
		_, err := a.cat.Channel(c.Slug)
		if err := saved(a, "channel", c.Slug, err == nil, c, a.tx.SaveChannel); err != nil {
			return err
		}
	}
	for _, p := range r.Placements {
		_, err := a.cat.Placement(p.Slug)
		if err := saved(a, "placement", p.Slug, err == nil, p, a.tx.SavePlacement); err != nil {
			return err
		}
	}
	return nil
}

func saved[T any](a *applier, kind, name string, known bool, v T, save func(context.Context, T) (bool, error)) error {
	changed, err := save(a.ctx, v)
	if err != nil {
		return fmt.Errorf("save %s %s: %w", kind, name, err)
	}
	switch {
	case changed && known:
		a.diff = append(a.diff, difference{"change", kind, name})
	case changed:
		a.diff = append(a.diff, difference{"add", kind, name})
	}
	return nil
}

// prune removes what the file lacks, dependants first.
func (a *applier) prune(r *region) error {
	keep := map[string]bool{}
	for _, m := range r.Members {
		keep["member "+m.Slug] = true
	}
	for _, s := range r.Sources {
		keep["source "+s.Name()] = true
	}
	for _, c := range r.Channels {
		keep["channel "+c.Slug] = true
	}
	for _, p := range r.Placements {
		keep["placement "+p.Slug] = true
	}
	for _, p := range a.cat.Placements {
		if err := a.remove("placement", p.Slug, keep, a.tx.RemovePlacement); err != nil {
			return err
		}
	}
	for _, c := range a.cat.Channels {
		if err := a.remove("channel", c.Slug, keep, a.tx.RemoveChannel); err != nil {
			return err
		}
	}
	for _, s := range a.cat.Sources {
		if err := a.remove("source", s.Name(), keep, a.tx.RemoveSource); err != nil {
			return err
		}
	}
	for _, m := range a.cat.Members {
		if err := a.remove("member", m.Slug, keep, a.tx.RemoveMember); err != nil {
			return err
		}
	}
	return nil
}

func (a *applier) remove(kind, name string, keep map[string]bool, remove func(context.Context, string) error) error {
	if keep[kind+" "+name] {
		return nil
	}
	if err := remove(a.ctx, name); err != nil {
		return fmt.Errorf("remove %s %s: %w", kind, name, err)
	}
	a.diff = append(a.diff, difference{"remove", kind, name})
	return nil
}

// printDifferences writes a line a difference, or that there is none.
func printDifferences(w io.Writer, diff []difference, dryRun bool) {
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
