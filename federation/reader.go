package federation

import "context"

// Readable is what a [Reader] reads of a store; every [Store] is one.
type Readable interface {
	Item(ctx context.Context, id string) (Item, error)
	ItemsByID(ctx context.Context, ids []string) ([]Item, error)
	Versions(ctx context.Context, id string) ([]Version, error)
	Twins(ctx context.Context, groups []string) ([]Twin, error)
	ItemFiles(ctx context.Context, ids []string) ([]File, error)
}

// Layer is what members add to items of others.
type Layer interface {
	// Over puts what the member as adds over the items, in place; one to which
	// it adds nothing stays as it is. What two items share must not be changed.
	Over(ctx context.Context, as string, items []Item) error
}

// Reader gives items as the readers of a member may see them: the one door
// from the store to pages, JSON, feeds, widgets and pictures. What says as is
// the slug of that member or a postal code, as in [Selection.As]; "" is
// nobody's, and the item is as it was published. Withdrawn items are never
// given. Errors are those of the store. Safe for concurrent use.
type Reader struct {
	Held  Readable
	Layer Layer // nil = nobody adds anything: all see the same, at no cost
}

// Item returns a live item; ErrGone for a withdrawn one.
func (r *Reader) Item(ctx context.Context, id, as string) (Item, error) {
	it, err := r.Held.Item(ctx, id)
	if err != nil || r.Layer == nil || as == "" {
		return it, err
	}
	one := []Item{it}
	err = r.Layer.Over(ctx, as, one)
	return one[0], err
}

// Items returns the live ones among ids, in the order of ids; others are left
// out.
func (r *Reader) Items(ctx context.Context, ids []string, as string) ([]Item, error) {
	items, err := r.Held.ItemsByID(ctx, ids)
	if err == nil && r.Layer != nil && as != "" {
		err = r.Layer.Over(ctx, as, items)
	}
	return items, err
}

// Versions returns an item's history, newest first, as it was published,
// whoever reads it.
func (r *Reader) Versions(ctx context.Context, id string) ([]Version, error) {
	return r.Held.Versions(ctx, id)
}

// Twins returns the live items of groups that are alike; see
// [Likenesses.Twins].
func (r *Reader) Twins(ctx context.Context, groups []string) ([]Twin, error) {
	return r.Held.Twins(ctx, groups)
}

// ItemFiles returns the files of items that have text; see [Files.ItemFiles].
func (r *Reader) ItemFiles(ctx context.Context, ids []string) ([]File, error) {
	return r.Held.ItemFiles(ctx, ids)
}
