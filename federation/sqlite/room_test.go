package sqlite

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
)

// TestFullDisk limits the file instead of filling the disk: reading goes on, a
// store that is in trouble says so and does not try again at once, the reserve
// is given up for one more write, and all is well by itself once there is room.
func TestFullDisk(t *testing.T) {
	s := openHere(t)
	now := time.Unix(1_000_000, 0)
	s.room.now = func() time.Time { return now }
	s.keepReserve(1 << 20)
	reserve := s.path + reserveSuffix
	wantReserve := func(want bool) {
		t.Helper()
		if _, err := os.Stat(reserve); (err == nil) != want {
			t.Errorf("the reserve is there: %v, want %v", err == nil, want)
		}
	}
	wantReserve(true)
	if err := s.Trouble(t.Context()); err != nil {
		t.Errorf("Trouble() with room = %v", err)
	}
	if err := saveOne(t, s, "first", ""); err != nil {
		t.Fatal(err)
	}
	s.must(t, `PRAGMA max_page_count = 70`)
	large := strings.Repeat("x", 1<<20)
	tries := func() (n int) {
		for i := range 50 {
			err := s.InTx(t.Context(), func(tx federation.Tx) error {
				n++
				it := federation.Item{ID: federation.NewItemID("alba/news", "large"), Source: "alba/news", Member: "alba", OriginID: "large", Summary: large, Version: 1}
				return tx.SaveItem(t.Context(), it, now)
			})
			if !errors.Is(err, federation.ErrUnavailable) {
				t.Fatalf("write %d without room = %v, want ErrUnavailable", i, err)
			}
		}
		return n
	}
	if n := tries(); n != 2 {
		t.Errorf("50 writes without room were tried %d times, want one, and one more with the reserve", n)
	}
	wantReserve(false)
	if now = now.Add(pause); tries() != 1 {
		t.Error("50 writes a moment later were not tried once")
	}
	if _, err := s.Item(t.Context(), federation.NewItemID("alba/news", "first")); err != nil {
		t.Errorf("Item(…) without room = %v", err)
	}
	err := s.Trouble(t.Context())
	if !errors.Is(err, federation.ErrUnavailable) || !strings.Contains(err.Error(), "disk of the store is full: free some space") {
		t.Errorf("Trouble() = %v, want it to say that the disk is full", err)
	}
	s.must(t, `PRAGMA max_page_count = 1000000`)
	if now = now.Add(lookForRoom); s.Trouble(t.Context()) != nil {
		t.Errorf("Trouble() with room again = %v", s.Trouble(t.Context()))
	}
	wantReserve(true)
	if err := saveOne(t, s, "large", large); err != nil {
		t.Errorf("SaveItem(room again) = %v", err)
	}
	if info, err := os.Stat(s.path + "-wal"); err != nil || info.Size() > 8<<20 {
		t.Errorf("the log was not cut off: %v, %v", info, err)
	}
}

// TestTroubleEndsByAWrite: nobody has to ask.
func TestTroubleEndsByAWrite(t *testing.T) {
	s := openHere(t)
	now := time.Unix(1_000_000, 0)
	s.room.now = func() time.Time { return now }
	s.must(t, `PRAGMA max_page_count = 70`)
	if err := saveOne(t, s, "large", strings.Repeat("x", 1<<20)); !errors.Is(err, federation.ErrUnavailable) {
		t.Fatalf("a write without room = %v", err)
	}
	s.must(t, `PRAGMA max_page_count = 1000000`)
	now = now.Add(lookForRoom)
	if err := saveOne(t, s, "small", ""); err != nil || s.room.troubled() {
		t.Errorf("a write with room again = %v, in trouble %v", err, s.room.troubled())
	}
}
