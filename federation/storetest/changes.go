package storetest

import (
	"context"
	"errors"
	"time"

	"github.com/plonegov/carillon/federation"
)

var changeCases = []testCase{
	{"pages after a cursor, in order", changePages},
	{"none of a transaction that fails", changesRolledBack},
	{"none of a transaction that panics", changesOfPanic},
	{"cursors", cursors},
	{"a wait ends at once when there is one", waitNotNeeded},
	{"a wait ends with a change", waitWakes},
	{"a wait ends with its context", waitCancelled},
	{"a wait ends when the store closes", waitClosed},
}

func changePages(s store) {
	s.withMembers("a", "b", "c")
	all := must[[]federation.Change](s, "Changes")(s.Changes(s.ctx, 0, 100))
	if len(all) != 6 {
		s.Fatalf("Changes(0, 100) has %d, want 6", len(all))
	}
	for i := range all[1:] {
		if all[i].Seq <= 0 || all[i+1].Seq <= all[i].Seq {
			s.Errorf("Changes(…) has seq %d before %d", all[i].Seq, all[i+1].Seq)
		}
	}
	var paged []federation.Change
	at := federation.Cursor(0)
	for {
		page := must[[]federation.Change](s, "Changes")(s.Changes(s.ctx, at, 4))
		if len(page) == 0 {
			break
		}
		if len(page) > 4 {
			s.Fatalf("Changes(%d, 4) has %d", at, len(page))
		}
		paged, at = append(paged, page...), federation.Cursor(page[len(page)-1].Seq)
	}
	s.same("Changes in pages", paged, all)
	s.same("Changes(beyond the end)", must[[]federation.Change](s, "Changes")(s.Changes(s.ctx, at+1000, 4)), []federation.Change(nil))
}

var errStop = errors.New("stop")

func changesRolledBack(s store) {
	s.withMembers("alba")
	held := item("alba", "held")
	s.saveItem(held)
	before := s.log()
	err := s.InTx(s.ctx, func(tx federation.Tx) error {
		_, err := federation.Save(s.ctx, tx, member("brume"))
		return errors.Join(err,
			tx.SaveItem(s.ctx, item("alba", "1"), day(1)),
			tx.SaveItem(s.ctx, next(held, "Deux"), day(1)),
			tx.WithdrawItem(s.ctx, held.ID, "", day(1)),
			federation.SaveState(s.ctx, tx, federation.SourceState{Source: "alba/news", Validators: federation.Validators{ETag: "x"}}),
			errStop)
	})
	s.wantErr("InTx(fn that fails)", err, errStop)
	s.same("Changes after a failure", s.log(), before)
	s.same("EachItem after a failure", s.live(), []string{held.ID})
	s.same("Item after a failure", must[federation.Item](s, "Item")(s.Item(s.ctx, held.ID)), held)
	_, err = federation.Get[federation.Member](s.ctx, s, "brume")
	s.wantErr("Member(rolled back)", err, federation.ErrNotFound)
	if st := must[federation.SourceState](s, "SourceState")(federation.StateOf(s.ctx, s, "alba/news")); st.ETag != "" {
		s.Error("SourceState(…) kept a validator of a transaction that failed")
	}
	s.saveItem(item("alba", "2")) // the store goes on
}

func changesOfPanic(s store) {
	func() {
		defer func() {
			if recover() == nil {
				s.Error("InTx swallowed a panic")
			}
		}()
		_ = s.InTx(s.ctx, func(tx federation.Tx) error {
			if _, err := federation.Save(s.ctx, tx, member("alba")); err != nil {
				s.Error(err)
			}
			panic("a bug")
		})
	}()
	s.same("Changes after a panic", s.log(), []string(nil))
	s.withMembers("brume") // the store goes on
}

func cursors(s store) {
	get := func(name string) federation.Cursor {
		return must[federation.Cursor](s, "Cursor")(s.Cursor(s.ctx, name))
	}
	if c := get("search"); c != 0 {
		s.Errorf("Cursor(never saved) = %d, want 0", c)
	}
	for _, c := range []federation.Cursor{5, 1 << 40, 3, 0} { // back too: that is how to reindex
		if err := s.SaveCursor(s.ctx, "search", c); err != nil {
			s.Fatalf("SaveCursor(%d) = %v", c, err)
		}
		if got := get("search"); got != c {
			s.Errorf("Cursor after SaveCursor(%d) = %d", c, got)
		}
	}
	if err := s.SaveCursor(s.ctx, "other", 9); err != nil || get("search") != 0 {
		s.Errorf("SaveCursor(other) = %v moved another cursor to %d", err, get("search"))
	}
	s.same("Changes", s.log(), []string(nil))
}

func waitNotNeeded(s store) {
	s.withMembers("alba")
	if err := s.WaitChange(s.ctx, 0); err != nil {
		s.Errorf("WaitChange(0) with changes = %v", err)
	}
}

// waitWakes waits and looks again, as Follow does, until the change is there.
func waitWakes(s store) {
	s.withMembers("alba")
	at := federation.Cursor(must[[]federation.Change](s, "Changes")(s.Changes(s.ctx, 0, 10))[1].Seq)
	ctx, cancel := context.WithTimeout(s.ctx, 30*time.Second)
	defer cancel()
	got := make(chan error, 1)
	go func() {
		for {
			err := s.WaitChange(ctx, at)
			list, err2 := s.Changes(ctx, at, 1)
			if err := errors.Join(err, err2); err != nil || len(list) > 0 {
				got <- err
				return
			}
		}
	}()
	s.saveItem(item("alba", "1"))
	if err := <-got; err != nil {
		s.Errorf("WaitChange(%d) = %v, want a change", at, err)
	}
}

func waitCancelled(s store) {
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	s.wantErr("WaitChange(cancelled)", s.WaitChange(ctx, 0), context.Canceled)
}

func waitClosed(s store) {
	got := make(chan error, 1)
	go func() { got <- s.WaitChange(s.ctx, 0) }()
	if err := s.Close(); err != nil {
		s.Fatalf("Close() = %v", err)
	}
	s.wantErr("WaitChange while the store closes", <-got, federation.ErrUnavailable)
	_, err := federation.All[federation.Member](s.ctx, s)
	s.wantErr("Members on a closed store", err, federation.ErrUnavailable)
	s.wantErr("InTx on a closed store", s.InTx(s.ctx, func(federation.Tx) error { return nil }), federation.ErrUnavailable)
}
