package storetest

import (
	"fmt"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
)

var taskCases = []testCase{
	{"put, claim, finish", taskLife},
	{"putting twice is putting once", putTwice},
	{"one put while it is claimed is not lost", putClaimed},
	{"due, earliest first, of one kind", claimOrder},
	{"a lease that passed is free", leasePasses},
	{"a holder that lost its lease cannot finish", fencing},
	{"a token is never given twice", tokenNotReused},
	{"a lease is drawn out", leaseRenewed},
	{"a holder that lost its lease saves nothing", holdsOrSavesNothing},
	{"eight claimers", eightClaimers},
}

const kind = "test"

func (s store) put(key string, due time.Time) {
	s.Helper()
	if err := s.PutTask(s.ctx, federation.Task{Kind: kind, Key: key, Due: due}); err != nil {
		s.Fatalf("PutTask(%q) = %v", key, err)
	}
}

func (s store) claim(now time.Time, n int) []federation.Task {
	s.Helper()
	return must[[]federation.Task](s, "ClaimTasks")(s.ClaimTasks(s.ctx, kind, now, n, time.Minute))
}

func (s store) nextDue() time.Time {
	s.Helper()
	return must[time.Time](s, "NextDue")(s.NextDue(s.ctx, kind))
}

func taskLife(s store) {
	if due := s.nextDue(); !due.IsZero() {
		s.Errorf("NextDue(empty) = %v, want zero", due)
	}
	s.put("a", day(1))
	got := s.claim(day(2), 10)
	if len(got) != 1 {
		s.Fatalf("ClaimTasks(…) = %v, want one", got)
	}
	want := federation.Task{Kind: kind, Key: "a", Due: day(1), Attempts: 1, Token: got[0].Token, Leased: day(2).Add(time.Minute)}
	s.same("the task claimed", got[0], want)
	if again := s.claim(day(2), 10); len(again) != 0 {
		s.Errorf("ClaimTasks(…) of a claimed task = %v", again)
	}
	if err := s.FinishTask(s.ctx, got[0], day(5)); err != nil {
		s.Fatalf("FinishTask(next) = %v", err)
	}
	s.wantErr("FinishTask(again)", s.FinishTask(s.ctx, got[0], day(9)), federation.ErrConflict)
	if due := s.nextDue(); !due.Equal(day(5)) {
		s.Errorf("NextDue = %v, want %v", due, day(5))
	}
	if early := s.claim(day(4), 10); len(early) != 0 {
		s.Errorf("ClaimTasks(before it is due) = %v", early)
	}
	got = s.claim(day(5), 10)
	if len(got) != 1 || got[0].Attempts != 2 {
		s.Fatalf("ClaimTasks(again) = %v, want one with two attempts", got)
	}
	if err := s.FinishTask(s.ctx, got[0], time.Time{}); err != nil {
		s.Fatalf("FinishTask(zero) = %v", err)
	}
	if due := s.nextDue(); !due.IsZero() {
		s.Errorf("NextDue after the last one was finished = %v, want zero", due)
	}
	s.wantErr("FinishTask(deleted)", s.FinishTask(s.ctx, got[0], day(9)), federation.ErrConflict)
}

func putTwice(s store) {
	s.put("a", day(3))
	s.put("a", day(1))
	if due := s.nextDue(); !due.Equal(day(1)) {
		s.Errorf("NextDue = %v, want %v", due, day(1))
	}
	got := s.claim(day(2), 10)
	if len(got) != 1 {
		s.Fatalf("ClaimTasks(…) = %v, want one", got)
	}
	s.put("a", day(1)) // does not take it from its holder
	if again := s.claim(day(2), 10); len(again) != 0 {
		s.Errorf("ClaimTasks(…) after putting a claimed task = %v", again)
	}
	if err := s.FinishTask(s.ctx, got[0], day(4)); err != nil {
		s.Errorf("FinishTask(…) = %v", err)
	}
}

// putClaimed has a source that is changed while it is harvested: it is due
// again before the harvest under way says when.
func putClaimed(s store) {
	for _, test := range []struct{ put, next, want int }{{3, 9, 3}, {9, 4, 4}} {
		s.put("a", day(1))
		got := s.claim(day(2), 10)
		if len(got) != 1 {
			s.Fatalf("ClaimTasks(…) = %v, want one", got)
		}
		s.put("a", day(test.put))
		if err := s.FinishTask(s.ctx, got[0], day(test.next)); err != nil {
			s.Fatalf("FinishTask(…) = %v", err)
		}
		if due := s.nextDue(); !due.Equal(day(test.want)) {
			s.Errorf("NextDue of a task put for %v and finished until %v = %v", day(test.put), day(test.next), due)
		}
	}
}

func claimOrder(s store) {
	for key, d := range map[string]int{"c": 1, "a": 3, "b": 2, "later": 9} {
		s.put(key, day(d))
	}
	if err := s.PutTask(s.ctx, federation.Task{Kind: "another", Key: "x", Due: day(1)}); err != nil {
		s.Fatal(err)
	}
	keys := func(list []federation.Task) (keys []string) {
		for _, t := range list {
			keys = append(keys, t.Key)
		}
		return keys
	}
	s.same("ClaimTasks(0)", keys(s.claim(day(5), 0)), []string(nil))
	s.same("ClaimTasks(2)", keys(s.claim(day(5), 2)), []string{"c", "b"})
	s.same("ClaimTasks(the rest)", keys(s.claim(day(5), 10)), []string{"a"})
}

func leasePasses(s store) {
	s.put("a", day(1))
	first := s.claim(day(2), 1)[0]
	if got := s.claim(first.Leased.Add(-time.Microsecond), 1); len(got) != 0 {
		s.Errorf("ClaimTasks(before the lease passed) = %v", got)
	}
	if got := s.claim(first.Leased, 1); len(got) != 1 || got[0].Token <= first.Token || got[0].Attempts != 2 {
		s.Errorf("ClaimTasks(when the lease passed) = %v, want it with a token above %d", got, first.Token)
	}
}

func fencing(s store) {
	s.put("a", day(1))
	old := s.claim(day(2), 1)[0]
	now := s.claim(day(3), 1)[0]
	s.wantErr("FinishTask(old holder)", s.FinishTask(s.ctx, old, day(9)), federation.ErrConflict)
	s.wantErr("FinishTask(old holder, delete)", s.FinishTask(s.ctx, old, time.Time{}), federation.ErrConflict)
	if err := s.FinishTask(s.ctx, now, day(5)); err != nil {
		s.Errorf("FinishTask(holder) = %v", err)
	}
	if due := s.nextDue(); !due.Equal(day(5)) {
		s.Errorf("NextDue = %v, want what the holder set, %v", due, day(5))
	}
}

// leaseRenewed: by its holder, as often as it likes, and by nobody else.
func leaseRenewed(s store) {
	s.put("a", day(1))
	s.put("b", day(1))
	got := s.claim(day(2), 2)
	renew := func(want ...string) {
		s.Helper()
		held := must[[]federation.Task](s, "RenewTasks")(s.RenewTasks(s.ctx, got, day(4)))
		keys := []string{}
		for _, t := range held {
			keys = append(keys, t.Key)
			if !t.Leased.Equal(day(4)) || t.Token != got[0].Token {
				s.Errorf("RenewTasks(…) = %+v, want it leased until %v", t, day(4))
			}
		}
		s.same("the tasks renewed", keys, want)
	}
	renew("a", "b")
	renew("a", "b")
	if early := s.claim(day(3), 2); len(early) != 0 {
		s.Errorf("ClaimTasks(within the renewed lease) = %v", early)
	}
	if err := s.FinishTask(s.ctx, got[0], day(9)); err != nil {
		s.Fatal(err)
	}
	renew("b")
	if late := s.claim(day(4), 2); len(late) != 1 || late[0].Key != "b" {
		s.Errorf("ClaimTasks(after it) = %v, want b", late)
	}
	renew()
	s.same("RenewTasks of none", must[[]federation.Task](s, "RenewTasks")(s.RenewTasks(s.ctx, nil, day(4))), []federation.Task(nil))
}

// holdsOrSavesNothing: the claim is looked at in the transaction that saves.
func holdsOrSavesNothing(s store) {
	s.withMembers("alba")
	s.put("a", day(1))
	old := s.claim(day(2), 1)[0]
	save := func(t federation.Task, origin string) error {
		return s.InTx(s.ctx, func(tx federation.Tx) error {
			if err := tx.SaveItem(s.ctx, item("alba", origin), day(1)); err != nil {
				return err
			}
			return tx.HoldTask(s.ctx, t)
		})
	}
	if err := save(old, "held"); err != nil {
		s.Errorf("InTx by the holder = %v", err)
	}
	now := s.claim(day(3), 1)[0]
	s.wantErr("InTx by a holder that lost its lease", save(old, "lost"), federation.ErrConflict)
	if err := save(now, "taken over"); err != nil {
		s.Errorf("InTx by the new holder = %v", err)
	}
	if err := s.FinishTask(s.ctx, now, day(9)); err != nil {
		s.Fatal(err)
	}
	s.wantErr("InTx after it was finished", save(now, "finished"), federation.ErrConflict)
	s.wantErr("InTx for a task that never was", save(federation.Task{Kind: kind, Key: "none"}, "none"), federation.ErrConflict)
	if got := s.live(); len(got) != 2 {
		s.Errorf("%d items are held, want those of the two holders", len(got))
	}
}

// tokenNotReused: a task that was deleted and put again must not accept the
// holder of the one before.
func tokenNotReused(s store) {
	s.put("a", day(1))
	old := s.claim(day(2), 1)[0]
	now := s.claim(day(3), 1)[0]
	if err := s.FinishTask(s.ctx, now, time.Time{}); err != nil {
		s.Fatal(err)
	}
	s.put("a", day(1))
	for range 2 {
		fresh := s.claim(day(3), 1)[0]
		for _, t := range []federation.Task{old, now} {
			s.wantErr("FinishTask(holder of a task put again)", s.FinishTask(s.ctx, t, day(9)), federation.ErrConflict)
		}
		if err := s.FinishTask(s.ctx, fresh, day(1)); err != nil {
			s.Fatalf("FinishTask(fresh) = %v", err)
		}
	}
}

// eightClaimers: each task is claimed by one of them only.
func eightClaimers(s store) {
	const tasks = 100
	for i := range tasks {
		s.put(fmt.Sprint(i), day(1))
	}
	var mu sync.Mutex
	claimed := map[string]int{}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for {
				got, err := s.ClaimTasks(s.ctx, kind, day(2), 3, time.Minute)
				if err != nil || len(got) == 0 {
					if err != nil {
						s.Errorf("ClaimTasks(…) = %v", err)
					}
					return
				}
				mu.Lock()
				for _, t := range got {
					claimed[t.Key]++
				}
				mu.Unlock()
				for _, t := range got {
					if err := s.FinishTask(s.ctx, t, day(9)); err != nil {
						s.Errorf("FinishTask(%q) = %v", t.Key, err)
					}
				}
			}
		})
	}
	wg.Wait()
	for key, n := range claimed {
		if n != 1 {
			s.Errorf("task %q was claimed %d times", key, n)
		}
	}
	if len(claimed) != tasks {
		s.Errorf("%d tasks were claimed, want %d", len(claimed), tasks)
	}
}
