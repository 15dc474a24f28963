package federation

import (
	"context"
	"time"
)

// ItemLinked tells that an item came into a group of items that are alike, or
// left one; the item itself is as it was. Key is its id.
const ItemLinked ChangeKind = "item-linked"

// Likeness is what is kept of an item to find others that say the same, and
// the group it stands in. federation/likeness computes it.
type Likeness struct {
	Item    string
	Version int       // of the item, that the rest was made from; of another one Wording is not told
	Digest  int64     // of what is compared; equal = nothing to find anew
	Keys    []int64   // two items that have one in common may be alike
	Group   string    // id of the item that the group is about; "" = none is alike
	Wording int64     // see [Item]
	Since   time.Time // when the hub first saw this wording, whichever version had it
	// Fingerprint is what the version is compared with others by; nil = it is to
	// be made of the item.
	Fingerprint []byte

	// A store fills these, and saves them not.
	Current   int       // version of the item as it is now; 0 = it was withdrawn
	FirstSeen time.Time // see [Item]
}

// Sharer is a live item that has a key.
type Sharer struct {
	Key         int64
	Item, Group string // Group: see [Likeness]
}

// Tells reports whether l and old tell the same of the live item at a version:
// one group and, within it, one wording since one moment.
func (l Likeness) Tells(old Likeness, version int) bool {
	if l.Group != old.Group || l.Group == "" {
		return l.Group == old.Group
	}
	now, then := l.told(version), old.told(version)
	return now == then && (now == 0 || l.Since.Equal(old.Since))
}

// told is the wording that a store tells of the item at a version.
func (l Likeness) told(version int) int64 {
	if l.Version != version {
		return 0
	}
	return l.Wording
}

// Twin is an item of a group, as the pages of the others name it.
type Twin struct {
	ID, Group, Member, Source string
	URL, Title, Language      string
	FirstSeen                 time.Time
	Wording                   int64 // see [Item]
}

// Likenesses reads which items are alike.
type Likenesses interface {
	// Likenesses returns those held of the items ids, by id, whether the
	// items are live or not.
	Likenesses(ctx context.Context, ids []string) (map[string]Likeness, error)
	// Sharing returns the live items that have one of the keys, once for each
	// that they have, by key and then by id. Of each key it looks at up to n.
	Sharing(ctx context.Context, keys []int64, n int) ([]Sharer, error)
	// Twins returns the live items of the groups, earliest seen first, then by
	// id. A group may have one left, until its likeness is saved anew.
	Twins(ctx context.Context, groups []string) ([]Twin, error)
}

// LikenessWriter is the part of a transaction that links items.
type LikenessWriter interface {
	// SaveLikenesses replaces what is held of the items, each of which is there
	// once. A live item whose group, or whose wording within one, changes by it
	// gets an ItemLinked change stamped now, in the order of the list. An unknown
	// item is ErrNotFound.
	SaveLikenesses(ctx context.Context, list []Likeness, now time.Time) error
	// RemoveLikeness forgets the item; one that is not held is no error.
	RemoveLikeness(ctx context.Context, item string) error
}
