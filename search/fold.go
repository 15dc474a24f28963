package search

import (
	"strconv"

	"github.com/plonegov/carillon/federation"
)

// FoldKey names what a list shows once: items with one key say the same, word
// for word. "" is the key of what stands for itself: alerts, notices and
// decisions always, and whatever is not known to be the same as anything.
func FoldKey(it federation.Item) string {
	if it.Group == "" || it.Wording == 0 || !it.Type.Folds() {
		return ""
	}
	return it.Group + " " + strconv.FormatInt(it.Wording, 36)
}

// Precedence tells which of the matches with one [FoldKey] is shown for all:
// the least. What decides is nothing that a member can choose: on whose site
// the item is, the operator's order of authority, and when the hub first saw
// this text.
type Precedence uint64

// Elsewhere is the precedence from which on an item is shown for no other: its
// address is on another member's site.
const Elsewhere Precedence = 1 << 63

const (
	sinceBits = 56 // microseconds since 1970, until the year 4253
	maxRank   = 100
)

// precedence places an item of a group among those that say the same.
func precedence(cat *federation.Catalogue, it federation.Item) Precedence {
	rank := 0
	if m, err := cat.Member(it.Member); err == nil {
		rank = m.Rank()
	}
	since := it.Since.UnixMicro()
	if it.Since.IsZero() || since < 0 {
		since = 1<<sinceBits - 1 // unknown: last among its equals
	}
	p := Precedence(maxRank-rank)<<sinceBits | Precedence(since)
	if cat.Elsewhere(it.Member, it.URL) {
		p |= Elsewhere
	}
	return p
}
