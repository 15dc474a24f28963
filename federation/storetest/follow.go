package storetest

import (
	"context"
	"log/slog"
	"slices"
	"sync"

	"github.com/plonegov/carillon/federation"
)

var followCases = []testCase{
	{"Drain deals with all there is, once", drain},
	{"a batch that failed is offered again", drainAgain},
	{"a follower misses nothing that is written meanwhile", follow},
}

func (s store) follower(name string, deal func(context.Context, []federation.Change) error) *federation.Follower {
	return federation.NewFollower(slog.New(slog.DiscardHandler), name, s, s, deal)
}

func drain(s store) {
	s.withMembers("alba", "brume")
	var seen []string
	note := func(_ context.Context, list []federation.Change) error {
		for _, c := range list {
			seen = append(seen, string(c.Kind)+" "+c.Key)
		}
		return nil
	}
	if n, err := s.follower("test", note).Drain(s.ctx); n != 4 || err != nil {
		s.Errorf("Drain(…) = %d, %v, want 4", n, err)
	}
	s.same("what Drain handed over", seen, s.log())
	if n, err := s.follower("test", note).Drain(s.ctx); n != 0 || err != nil {
		s.Errorf("Drain(…) again = %d, %v, want 0", n, err)
	}
	if n, err := s.follower("another", note).Drain(s.ctx); n != 4 || err != nil {
		s.Errorf("Drain(another follower) = %d, %v, want 4", n, err)
	}
}

func drainAgain(s store) {
	s.withMembers("alba")
	var offered [][]int64
	fn := func(_ context.Context, list []federation.Change) error {
		var seqs []int64
		for _, c := range list {
			seqs = append(seqs, c.Seq)
		}
		offered = append(offered, seqs)
		if len(offered) < 3 {
			return errStop
		}
		return nil
	}
	for range 2 {
		n, err := s.follower("test", fn).Drain(s.ctx)
		s.wantErr("Drain(fn that fails)", err, errStop)
		if n != 0 {
			s.Errorf("Drain(fn that fails) = %d, want 0", n)
		}
	}
	if n, err := s.follower("test", fn).Drain(s.ctx); n != 2 || err != nil {
		s.Errorf("Drain(…) after failures = %d, %v, want 2", n, err)
	}
	if len(offered) != 3 || !slices.Equal(offered[0], offered[1]) || !slices.Equal(offered[1], offered[2]) {
		s.Errorf("batches offered = %v, want the same one three times", offered)
	}
}

// follow writes from four goroutines while a follower reads whose fn fails now
// and then: every change is dealt with, in order.
func follow(s store) {
	const writers, each = 4, 15
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	var dealt []int64
	calls := 0
	ended := make(chan error, 1)
	go func() {
		ended <- s.follower("test", func(_ context.Context, list []federation.Change) error {
			if calls++; calls == 2 {
				return errStop
			}
			for _, c := range list {
				dealt = append(dealt, c.Seq)
			}
			if len(dealt) >= writers*each {
				cancel()
			}
			return nil
		}).Run(ctx)
	}()
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				it := item("alba", string(rune('a'+w))+string(rune('a'+i)))
				if err := s.InTx(s.ctx, func(tx federation.Tx) error { return tx.SaveItem(s.ctx, it, day(1)) }); err != nil {
					s.Errorf("InTx(…) = %v", err)
				}
			}
		})
	}
	wg.Wait()
	if err := <-ended; err != nil {
		s.Errorf("Run(…) = %v", err)
	}
	var want []int64
	for _, c := range must[[]federation.Change](s, "Changes")(s.Changes(s.ctx, 0, 1000)) {
		want = append(want, c.Seq)
	}
	s.same("the changes the follower dealt with", dealt, want)
}
