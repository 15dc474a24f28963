package federation

import "time"

// Alias is another origin id under which a source knows an item: an earlier
// message of the same alert, the id before a publisher changed its rules, or
// one that was declared deleted before the hub saw what it names.
type Alias struct {
	Item string // item id
	// Gone is the date of the tombstone of this origin id: what is dated no
	// later stays deleted. Zero when it was not declared deleted.
	Gone time.Time
}
