package federation_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plonegov/carillon/federation"
)

// memoryLog is a change log with one cursor.
type memoryLog struct {
	mu      sync.Mutex
	rows    []federation.Change
	cursors map[string]federation.Cursor
	grown   chan struct{} // closed by append
	failing error         // of SaveCursor
}

func newMemoryLog(n int) *memoryLog {
	l := &memoryLog{cursors: map[string]federation.Cursor{}, grown: make(chan struct{})}
	l.append(n)
	return l
}

// append adds n rows whose numbers leave gaps.
func (l *memoryLog) append(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for range n {
		l.rows = append(l.rows, federation.Change{Seq: int64(3 * (len(l.rows) + 1)), Kind: federation.ItemSaved})
	}
	close(l.grown)
	l.grown = make(chan struct{})
}

func (l *memoryLog) Changes(_ context.Context, after federation.Cursor, limit int) ([]federation.Change, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.rows, func(c federation.Change) bool { return c.Seq > int64(after) })
	if i < 0 {
		return nil, nil
	}
	return slices.Clone(l.rows[i:min(i+limit, len(l.rows))]), nil
}

func (l *memoryLog) WaitChange(ctx context.Context, after federation.Cursor) error {
	l.mu.Lock()
	grown, last := l.grown, l.rows[len(l.rows)-1].Seq
	l.mu.Unlock()
	if last > int64(after) {
		return nil
	}
	select {
	case <-grown:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *memoryLog) Cursor(_ context.Context, name string) (federation.Cursor, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cursors[name], nil
}

func (l *memoryLog) SaveCursor(_ context.Context, name string, c federation.Cursor) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failing == nil {
		l.cursors[name] = c
	}
	return l.failing
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// TestFollowNeverSkips has a follower that fails often and at every place.
func TestFollowNeverSkips(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog(2500)
		ctx, cancel := context.WithCancel(t.Context())
		var done []int64
		calls := 0
		finished := make(chan error)
		go func() {
			finished <- federation.Follow(ctx, quiet(), log, log, "x", func(_ context.Context, batch []federation.Change) error {
				if calls++; calls%3 != 0 {
					return errors.New("not now")
				}
				for _, c := range batch {
					done = append(done, c.Seq)
				}
				return nil
			})
		}()
		time.Sleep(10 * time.Minute) // of the bubble's clock
		log.append(700)
		time.Sleep(10 * time.Minute)
		cancel()
		if err := <-finished; err != nil {
			t.Errorf("Follow = %v, want nil when ctx is done", err)
		}
		if len(done) != 3200 {
			t.Fatalf("Follow handed out %d changes that were dealt with, want 3200", len(done))
		}
		for i, seq := range done {
			if seq != int64(3*(i+1)) {
				t.Fatalf("change %d is number %d, want %d: none twice, none left out", i, seq, 3*(i+1))
			}
		}
		if got := log.cursors["x"]; got != 9600 {
			t.Errorf("cursor = %d, want that of the last change", got)
		}
	})
}

// TestFollowRepeats has a cursor that cannot be saved: the same batch comes
// again, and Follow waits longer each time, up to half a minute.
func TestFollowRepeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog(1)
		log.failing = errors.New("disk full")
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		var times []time.Time
		err := federation.Follow(ctx, quiet(), log, log, "x", func(_ context.Context, batch []federation.Change) error {
			if batch[0].Seq != 3 {
				t.Errorf("offered change %d, want 3 again", batch[0].Seq)
			}
			times = append(times, time.Now())
			return nil
		})
		if err != nil {
			t.Errorf("Follow = %v, want nil when ctx is done", err)
		}
		if n := len(times); n < 120 || n > 140 {
			t.Errorf("Follow tried %d times in an hour, want about every 30 s", n)
		}
		if first := times[1].Sub(times[0]); first != 100*time.Millisecond {
			t.Errorf("first pause = %v, want 100ms", first)
		}
	})
}

func TestDrain(t *testing.T) {
	log := newMemoryLog(1001)
	sizes := []int{}
	count := func(_ context.Context, batch []federation.Change) error {
		sizes = append(sizes, len(batch))
		return nil
	}
	n, err := federation.Drain(t.Context(), log, log, "x", count)
	if n != 1001 || err != nil || !slices.Equal(sizes, []int{1000, 1}) {
		t.Errorf("Drain = %d, %v in batches of %v", n, err, sizes)
	}
	if n, err := federation.Drain(t.Context(), log, log, "x", count); n != 0 || err != nil {
		t.Errorf("Drain of nothing new = %d, %v", n, err)
	}
	if n, err := federation.Drain(t.Context(), log, log, "another", count); n != 1001 || err != nil {
		t.Errorf("Drain by another name = %d, %v, want its own cursor", n, err)
	}
	broken := errors.New("broken")
	log.append(1)
	if n, err := federation.Drain(t.Context(), log, log, "x", func(context.Context, []federation.Change) error { return broken }); n != 0 || !errors.Is(err, broken) {
		t.Errorf("Drain with a failing fn = %d, %v", n, err)
	}
	if n, _ := federation.Drain(t.Context(), log, log, "x", count); n != 1 {
		t.Errorf("Drain after a failure = %d, want the same change again", n)
	}
}
