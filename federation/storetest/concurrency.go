package storetest

import (
	"context"
	"fmt"
	"sync"

	"github.com/plonegov/carillon/federation"
)

var concurrencyCases = []testCase{
	{"readers see the state before a transaction, and do not wait", readersDuringWrite},
	{"transactions take turns", transactionsTakeTurns},
	{"a context that is done", contextDone},
	{"Close waits for a transaction", closeWaits},
}

// readersDuringWrite reads from inside a transaction through the store, which
// would hang where readers waited for the writer.
func readersDuringWrite(s store) {
	s.withMembers("alba")
	it := item("alba", "1")
	s.saveItem(it)
	two := next(it, "Deux")
	before := must[[]federation.Change](s, "Changes")(s.Changes(s.ctx, 0, 10))
	last := federation.Cursor(before[len(before)-1].Seq)
	s.in(func(tx federation.Tx) error {
		if err := tx.SaveItem(s.ctx, two, day(2)); err != nil {
			return err
		}
		if err := tx.SaveItem(s.ctx, item("alba", "2"), day(2)); err != nil {
			return err
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if got, err := s.Item(s.ctx, it.ID); err != nil || got.Version != 1 {
					s.Errorf("Item(…) during a transaction has version %d, %v, want 1", got.Version, err)
				}
				n := 0
				at, err := s.EachItem(s.ctx, federation.Part{}, func(federation.Item) error { n++; return nil })
				if err != nil || n != 1 || at != last {
					s.Errorf("EachItem(…) during a transaction yields %d at %d, %v, want 1 at %d", n, at, err, last)
				}
			})
		}
		wg.Wait()
		return nil
	})
	if got := must[federation.Item](s, "Item")(s.Item(s.ctx, it.ID)); got.Version != 2 {
		s.Errorf("Item(…) after the transaction has version %d, want 2", got.Version)
	}
}

// transactionsTakeTurns has eight writers add a version to one item each time
// they see its last: none is lost, none written twice.
func transactionsTakeTurns(s store) {
	it := item("alba", "1")
	s.saveItem(it)
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 5 {
				err := s.InTx(s.ctx, func(tx federation.Tx) error {
					heads, err := tx.Heads(s.ctx, it.Source)
					if err != nil {
						return err
					}
					it := it
					it.Version = heads[it.ID].Version
					return tx.SaveItem(s.ctx, next(it, fmt.Sprint(w, i)), day(2))
				})
				if err != nil {
					s.Errorf("InTx(…) = %v", err)
				}
			}
		})
	}
	wg.Wait()
	versions := must[[]federation.Version](s, "Versions")(s.Versions(s.ctx, it.ID))
	if len(versions) != 41 || versions[0].Number != 41 {
		s.Errorf("Versions(…) has %d, want 41", len(versions))
	}
}

func contextDone(s store) {
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	err := s.InTx(ctx, func(federation.Tx) error { return nil })
	s.wantErr("InTx(cancelled)", err, context.Canceled)
	_, err = federation.All[federation.Member](ctx, s)
	s.wantErr("Members(cancelled)", err, context.Canceled)
	ctx, cancel = context.WithCancel(s.ctx)
	err = s.InTx(ctx, func(tx federation.Tx) error {
		_, err := federation.Save(ctx, tx, member("alba"))
		cancel()
		return err
	})
	s.wantErr("InTx(cancelled in fn)", err, context.Canceled)
	s.same("Changes", s.log(), []string(nil))
}

func closeWaits(s store) {
	inside, closed := make(chan struct{}), make(chan error, 1)
	ended := make(chan error, 1)
	finish := make(chan struct{})
	go func() {
		ended <- s.InTx(s.ctx, func(tx federation.Tx) error {
			close(inside)
			<-finish
			_, err := federation.Save(s.ctx, tx, member("alba"))
			return err
		})
	}()
	<-inside
	go func() { closed <- s.Close() }()
	select {
	case err := <-closed:
		s.Errorf("Close() = %v during a transaction", err)
	default:
	}
	close(finish)
	if err := <-ended; err != nil {
		s.Errorf("InTx(…) while the store closes = %v", err)
	}
	if err := <-closed; err != nil {
		s.Errorf("Close() = %v", err)
	}
}
