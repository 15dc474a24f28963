package feed

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// TestParseAlone has a feed that must be read item by item: what it says of
// itself is kept, and is not read again with each item.
func TestParseAlone(t *testing.T) {
	items := append(slices.Repeat([]string{"<item><title>x</title></item>"}, 500), "")
	f := rewritten{head: "<rss><channel><title>T" + strings.Repeat("x", 1<<20) + "</title>", items: items, tail: "</channel></rss>"}
	r := &reading{Decoded: &federation.Decoded{}}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	entries, err := r.parse(&f, "")
	runtime.ReadMemStats(&after)
	if err != nil || len(entries) != 500 || !strings.HasPrefix(r.Title, "Tx") || len(r.Warnings) != 1 {
		t.Errorf("parse = %d entries, %v, title %.10q, warnings %q", len(entries), err, r.Title, r.Warnings)
	}
	if spent := (after.TotalAlloc - before.TotalAlloc) >> 20; spent > 256 {
		t.Errorf("parse allocated %d MiB for 1 MiB", spent)
	}
}
