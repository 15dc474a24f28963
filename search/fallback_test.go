package search_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/storetest"
	"github.com/plonegov/carillon/search"
)

// answering is an index that answers as it is told to.
type answering struct {
	*keptIndex
	asked  int
	answer func(ctx context.Context) error
}

func newAnswering() *answering {
	return &answering{keptIndex: newKept(), answer: func(context.Context) error { return nil }}
}

func (x *answering) Search(ctx context.Context, _ search.Query) (search.Result, error) {
	x.asked++
	return search.Result{Total: 1}, x.answer(ctx)
}

func (x *answering) Suggest(ctx context.Context, _ search.Beginning) (search.Completions, error) {
	x.asked++
	return search.Completions{}, x.answer(ctx)
}

func (x *answering) Close() error { return nil }

// hang waits until whoever asks gives up.
func hang(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

// withFallback runs a test by a clock of its own, with a server that is level.
func withFallback(t *testing.T, test func(t *testing.T, f *search.Fallback, server *answering)) {
	synctest.Test(t, func(t *testing.T) {
		store := storetest.NewMem()
		cats, err := federation.NewCatalogues(t.Context(), store)
		if err != nil {
			t.Fatal(err)
		}
		server := newAnswering()
		f := search.NewFallback(slog.New(slog.DiscardHandler), server, newAnswering(), nil)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- f.Run(ctx, store, cats) }()
		synctest.Wait()
		if f.Trouble() != "" {
			t.Fatalf("the server is not level: %s", f.Trouble())
		}
		test(t, f, server)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// aSecond is how long an answer may take whatever the server does.
const aSecond = time.Second

// TestAnswersWithinASecond: of a server that hangs nobody waits for more than
// part of a second, and the next ones do not wait at all, until it is asked
// again.
func TestAnswersWithinASecond(t *testing.T) {
	for name, ask := range map[string]func(ctx context.Context, f *search.Fallback) (standby bool, err error){
		"search": func(ctx context.Context, f *search.Fallback) (bool, error) {
			res, err := f.Search(ctx, search.Query{})
			return res.Standby, err
		},
		"suggest": func(ctx context.Context, f *search.Fallback) (bool, error) {
			_, err := f.Suggest(ctx, search.Beginning{})
			return f.Trouble() != "", err
		},
	} {
		t.Run(name, func(t *testing.T) {
			withFallback(t, func(t *testing.T, f *search.Fallback, server *answering) {
				if standby, err := ask(t.Context(), f); standby || err != nil {
					t.Fatalf("of a server that is well: standby %t, %v", standby, err)
				}
				server.answer = func(ctx context.Context) error {
					if by, set := ctx.Deadline(); !set || time.Until(by) >= aSecond {
						t.Errorf("the server is given until %v (%t), want less than a second", by, set)
					}
					return hang(ctx)
				}
				begin := time.Now()
				if standby, err := ask(t.Context(), f); !standby || err != nil {
					t.Errorf("of a server that hangs: standby %t, %v", standby, err)
				}
				if took := time.Since(begin); took >= aSecond {
					t.Errorf("the answer took %v, want less than a second", took)
				}
				begin, server.asked = time.Now(), 0
				for range 3 {
					if standby, err := ask(t.Context(), f); !standby || err != nil {
						t.Errorf("while the server is left alone: standby %t, %v", standby, err)
					}
				}
				if took := time.Since(begin); took > 0 || server.asked > 0 {
					t.Errorf("three more answers took %v and asked the server %d times, want neither", took, server.asked)
				}
				server.answer = func(context.Context) error { return nil }
				time.Sleep(10 * time.Second)
				if standby, err := ask(t.Context(), f); standby || err != nil {
					t.Errorf("of a server that is well again: standby %t, %v", standby, err)
				}
			})
		})
	}
}

// TestLeftAloneAsItAsks: a server that says when to come again is left alone
// for as long.
func TestLeftAloneAsItAsks(t *testing.T) {
	withFallback(t, func(t *testing.T, f *search.Fallback, server *answering) {
		server.answer = func(context.Context) error {
			return &search.UnavailableError{Reason: "search", Err: errors.New("503"), After: 2 * time.Minute}
		}
		standby := func() bool {
			res, err := f.Search(t.Context(), search.Query{})
			if err != nil {
				t.Fatal(err)
			}
			return res.Standby
		}
		if !standby() {
			t.Error("the server answered 503 and is said to have answered")
		}
		server.answer, server.asked = func(context.Context) error { return nil }, 0
		time.Sleep(2*time.Minute - time.Second)
		if !standby() || server.asked > 0 {
			t.Errorf("asked %d times before the two minutes were over", server.asked)
		}
		time.Sleep(2 * time.Second)
		if standby() {
			t.Error("not asked again after the two minutes")
		}
	})
}

// TestWhoLeavesIsNoFailure: a reader who does not wait for the answer tells
// nothing of the server, nor does a cursor that nobody gave.
func TestWhoLeavesIsNoFailure(t *testing.T) {
	withFallback(t, func(t *testing.T, f *search.Fallback, server *answering) {
		server.answer = hang
		ctx, leave := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer leave()
		if _, err := f.Search(ctx, search.Query{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Search for a reader who left = %v", err)
		}
		server.answer = func(context.Context) error { return federation.InvalidAs("cursor", "cursor", "", "is none") }
		if _, err := f.Search(t.Context(), search.Query{}); !errors.Is(err, federation.ErrInvalid) {
			t.Errorf("Search with a bad cursor = %v, want ErrInvalid", err)
		}
		if f.Trouble() != "" {
			t.Errorf("Trouble() = %q, want none", f.Trouble())
		}
	})
}

// TestWriteGivenUp: a server that takes no batch holds up no harvest for long,
// and is given it later.
func TestWriteGivenUp(t *testing.T) {
	withFallback(t, func(t *testing.T, f *search.Fallback, server *answering) {
		server.fail = errors.New("a task failed")
		if err := f.Apply(t.Context(), search.Batch{Cursor: 7}); err != nil {
			t.Errorf("Apply = %v, want none: the engine in the process has it", err)
		}
		synctest.Wait()
		if res, err := f.Search(t.Context(), search.Query{}); err != nil || !res.Standby {
			t.Errorf("Search behind a failed batch: standby %t, %v; want the engine in the process", res.Standby, err)
		}
	})
}
