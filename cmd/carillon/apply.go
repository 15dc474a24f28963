package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
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
	return strings.TrimSpace(fmt.Sprintf("%s %s %s", sign, d.Kind, d.Name)) // the hub has no name here
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
		a := applier{ctx: ctx, tx: tx, cat: cat, now: now}
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
	return diff, nil
}

type applier struct {
	ctx  context.Context
	tx   federation.Tx
	now  time.Time
	cat  *federation.Catalogue
	diff []difference
}

func (a *applier) save(r *region) error {
	if err := a.saveHub(r); err != nil {
		return err
	}
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
	if err := a.adopt(r); err != nil {
		return err
	}
	for _, t := range r.Topics {
		_, err := a.cat.Topic(t.Slug)
		if err := saved(a, "topic", t.Slug, err == nil, t, a.tx.SaveTopic); err != nil {
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

// adopt moves the items of sources that others go on for, and removes those.
func (a *applier) adopt(r *region) error {
	for _, s := range r.Sources {
		for _, old := range s.Formerly {
			if _, err := a.cat.Source(old); err != nil {
				continue // done before
			}
			if _, err := a.tx.AdoptItems(a.ctx, old, s.Name(), a.now); err != nil {
				return err
			}
			if err := a.tx.RemoveSource(a.ctx, old); err != nil {
				return fmt.Errorf("remove source %s: %w", old, err)
			}
			a.diff = append(a.diff, difference{"remove", "source", old})
		}
	}
	return nil
}

// retire keeps what belongs to members that were merged into one of the file:
// their items stay reachable, their sources are no longer asked.
func (a *applier) retire(r *region, keep map[string]bool) error {
	for _, m := range r.Members {
		for _, old := range m.Succeeds {
			if keep["member "+old] {
				continue // still in the file
			}
			keep["member "+old] = true
			for _, s := range a.cat.Sources {
				if s.Member != old || a.gone(s.Name()) {
					continue
				}
				keep["source "+s.Name()] = true
				s.Suspended = true
				if err := saved(a, "source", s.Name(), true, s, a.tx.SaveSource); err != nil {
					return err
				}
			}
			for _, p := range a.cat.Placements {
				keep["placement "+p.Slug] = keep["placement "+p.Slug] || p.Member == old
			}
		}
	}
	return nil
}

// gone reports whether the source was removed just now.
func (a *applier) gone(source string) bool {
	return slices.Contains(a.diff, difference{"remove", "source", source})
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
	for _, t := range r.Topics {
		keep["topic "+t.Slug] = true
	}
	if err := a.retire(r, keep); err != nil {
		return err
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
	for _, t := range a.cat.Topics {
		if err := a.remove("topic", t.Slug, keep, a.tx.RemoveTopic); err != nil {
			return err
		}
	}
	for _, s := range a.cat.Sources {
		if a.gone(s.Name()) {
			continue
		}
		if err := a.remove("source", s.Name(), keep, a.tx.RemoveSource); err != nil {
			return err
		}
	}
	if err := a.pruneHub(r); err != nil {
		return err
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
