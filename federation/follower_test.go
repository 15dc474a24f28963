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

func following(log *memoryLog, name string, deal func(context.Context, []federation.Change) error) *federation.Follower {
	return federation.NewFollower(quiet(), name, log, log, deal)
}

// TestFollowNeverSkips has a follower that fails often and at every place.
func TestFollowNeverSkips(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog(2500)
		ctx, cancel := context.WithCancel(t.Context())
		var done []int64
		calls := 0
		finished := make(chan error)
		go func() {
			finished <- following(log, "x", func(_ context.Context, batch []federation.Change) error {
				if calls++; calls%3 != 0 {
					return errors.New("not now")
				}
				for _, c := range batch {
					done = append(done, c.Seq)
				}
				return nil
			}).Run(ctx)
		}()
		time.Sleep(10 * time.Minute) // of the bubble's clock
		log.append(700)
		time.Sleep(10 * time.Minute)
		cancel()
		if err := <-finished; err != nil {
			t.Errorf("Run = %v, want nil when ctx is done", err)
		}
		if len(done) != 3200 {
			t.Fatalf("Run handed out %d changes that were dealt with, want 3200", len(done))
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
// again, and Run waits longer each time, up to half a minute.
func TestFollowRepeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog(1)
		log.failing = errors.New("disk full")
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		var times []time.Time
		err := following(log, "x", func(_ context.Context, batch []federation.Change) error {
			if batch[0].Seq != 3 {
				t.Errorf("offered change %d, want 3 again", batch[0].Seq)
			}
			times = append(times, time.Now())
			return nil
		}).Run(ctx)
		if err != nil {
			t.Errorf("Run = %v, want nil when ctx is done", err)
		}
		if n := len(times); n < 120 || n > 140 {
			t.Errorf("Run tried %d times in an hour, want about every 30 s", n)
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
	n, err := following(log, "x", count).Drain(t.Context())
	if n != 1001 || err != nil || !slices.Equal(sizes, []int{1000, 1}) {
		t.Errorf("Drain = %d, %v in batches of %v", n, err, sizes)
	}
	if n, err := following(log, "x", count).Drain(t.Context()); n != 0 || err != nil {
		t.Errorf("Drain of nothing new = %d, %v", n, err)
	}
	if n, err := following(log, "another", count).Drain(t.Context()); n != 1001 || err != nil {
		t.Errorf("Drain by another name = %d, %v, want its own cursor", n, err)
	}
	broken := errors.New("broken")
	log.append(1)
	if n, err := following(log, "x", func(context.Context, []federation.Change) error { return broken }).Drain(t.Context()); n != 0 || !errors.Is(err, broken) {
		t.Errorf("Drain with a failing fn = %d, %v", n, err)
	}
	if n, _ := following(log, "x", count).Drain(t.Context()); n != 1 {
		t.Errorf("Drain after a failure = %d, want the same change again", n)
	}
}

// TestDealtComesAfter has one follower behind another: it is handed what the
// first one has dealt with, and waits for it.
func TestDealtComesAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog(2500)
		ctx, cancel := context.WithCancel(t.Context())
		var first *federation.Follower
		first = following(log, "first", func(ctx context.Context, batch []federation.Change) error {
			if last := batch[len(batch)-1].Seq; first.Done(last) {
				t.Errorf("Done(%d) while it is dealt with", last)
			}
			time.Sleep(time.Minute)
			return nil
		})
		n := 0
		second := federation.NewFollower(quiet(), "second", first.Dealt(), federation.CursorAt(30), func(_ context.Context, batch []federation.Change) error {
			if last := batch[len(batch)-1].Seq; !first.Done(last) {
				t.Errorf("the second was handed change %d, with the first at %d", last, first.At())
			}
			n += len(batch)
			return nil
		})
		var ended sync.WaitGroup
		for _, f := range []*federation.Follower{second, first} {
			ended.Go(func() {
				if err := f.Run(ctx); err != nil {
					t.Errorf("Run = %v, want nil when ctx is done", err)
				}
			})
		}
		if err := second.Wait(ctx, 7500); err != nil || n != 2490 || first.At() != 7500 {
			t.Errorf("Wait(7500) = %v with %d changes dealt with and the first at %d, want 2490 and 7500", err, n, first.At())
		}
		log.append(1)
		if err := second.Wait(ctx, 7503); err != nil || n != 2491 {
			t.Errorf("Wait(7503) = %v with %d changes dealt with, want 2491", err, n)
		}
		cancel()
		ended.Wait()
		if err := second.Wait(ctx, 7506); !errors.Is(err, context.Canceled) {
			t.Errorf("Wait for what is not there = %v, want the error of ctx", err)
		}
	})
}
