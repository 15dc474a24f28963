package region

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Difference is one line of what [Apply] did or would do.
type Difference struct {
	Act  string `json:"act"`  // add, change or remove
	Kind string `json:"kind"` // hub, best_bets, member, source, channel, placement or topic
	Name string `json:"name"` // "" for the hub and the best bets
}

func (d Difference) String() string {
	sign := map[string]string{"add": "+", "change": "~", "remove": "-"}[d.Act]
	return strings.TrimSpace(fmt.Sprintf("%s %s %s", sign, d.Kind, d.Name))
}

// errDiff rolls back a transaction whose only purpose was to be seen.
var errDiff = errors.New("only the difference is wanted")

// Diff returns what [Apply] would change, and changes nothing.
func Diff(ctx context.Context, store federation.Store, f *File, now time.Time, prune bool) ([]Difference, error) {
	return apply(ctx, store, f, now, prune, errDiff)
}

// Apply makes the store hold what the file says, in one transaction, and
// returns what that changed: none when the file was applied before. With prune,
// what the file lacks is removed. now is when items of a source are taken over
// that goes on for another.
func Apply(ctx context.Context, store federation.Store, f *File, now time.Time, prune bool) ([]Difference, error) {
	return apply(ctx, store, f, now, prune, nil)
}

// apply ends its transaction with end.
func apply(ctx context.Context, store federation.Store, f *File, now time.Time, prune bool, end error) ([]Difference, error) {
	held, err := federation.LoadCatalogue(ctx, store)
	if err != nil {
		return nil, err
	}
	var diff []Difference
	err = store.InTx(ctx, func(tx federation.Tx) error {
		a := applier{ctx: ctx, tx: tx, now: now, held: held, hub: held.Hub, keep: map[string]bool{}}
		err := a.save(f)
		if err == nil && prune {
			err = a.prune(f)
		}
		diff = a.diff
		if err == nil {
			err = end
		}
		return err
	})
	if err != nil && !errors.Is(err, errDiff) {
		return nil, err
	}
	return diff, nil
}

// applier is one run of a transaction that applies a file.
type applier struct {
	ctx  context.Context
	tx   federation.Tx
	now  time.Time
	held *federation.Catalogue // as it was before
	hub  federation.Hub        // as it is by now
	keep map[string]bool       // "member x" of what is not pruned
	diff []Difference
}

func (a *applier) save(f *File) error {
	for _, n := range nouns {
		if err := n.save(a, f); err != nil {
			return err
		}
	}
	return nil
}

func (a *applier) prune(f *File) error {
	if err := a.retire(f); err != nil {
		return err
	}
	for _, n := range slices.Backward(nouns) {
		if err := n.prune(a, f); err != nil {
			return err
		}
	}
	return nil
}

// saved notes what a save has done.
func (a *applier) saved(kind, name string, held, changed bool, err error) error {
	switch {
	case err != nil:
		return fmt.Errorf("save %s %s: %w", kind, name, err)
	case changed && held:
		a.diff = append(a.diff, Difference{"change", kind, name})
	case changed:
		a.diff = append(a.diff, Difference{"add", kind, name})
	}
	return nil
}

// gone reports whether the source was removed just now.
func (a *applier) gone(source string) bool {
	return slices.Contains(a.diff, Difference{"remove", "source", source})
}
