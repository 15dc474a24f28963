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
	{"one at a time at a host", oneAHost},
	{"a host rests", hostRests},
	{"claimed by name, due or not", claimedByName},
	{"finished with the work, or not at all", finishedWithTheWork},
	{"a holder's store", fencedStore},
	{"a source that is saved is due", sourceDue},
}

const kind = "test"

func (s store) put(key string, due time.Time) { s.putAt(key, "", due) }

func (s store) putAt(key, host string, due time.Time) {
	s.Helper()
	s.putTask(federation.Task{Kind: kind, Key: key, Host: host, Due: due})
}

func (s store) putTask(t federation.Task) {
	s.Helper()
	s.in(func(tx federation.Tx) error { return tx.PutTask(s.ctx, t) })
}

func (s store) finish(t federation.Task, next time.Time) error {
	return s.InTx(s.ctx, func(tx federation.Tx) error { return tx.FinishTask(s.ctx, t, next) })
}

func (s store) claim(now time.Time, n int) []federation.Task { return s.claimOf(kind, now, n) }

func (s store) claimOf(kind string, now time.Time, n int) []federation.Task {
	s.Helper()
	return must[[]federation.Task](s, "ClaimTasks")(s.ClaimTasks(s.ctx, federation.Claim{Kind: kind, Now: now, Limit: n, Lease: time.Minute}))
}

// claimNamed claims tasks by their keys.
func (s store) claimNamed(now time.Time, named ...federation.Task) []federation.Task {
	s.Helper()
	return must[[]federation.Task](s, "ClaimTasks")(s.ClaimTasks(s.ctx, federation.Claim{Kind: kind, Now: now, Named: named, Lease: time.Minute}))
}

// wantDue checks when the only task is due: not a moment before.
func (s store) wantDue(due time.Time) federation.Task {
	s.Helper()
	if next := must[time.Time](s, "NextDue")(s.NextDue(s.ctx, kind)); !next.Equal(due) {
		s.Errorf("NextDue = %v, want %v", next, due)
	}
	if early := s.claim(due.Add(-time.Microsecond), 10); len(early) != 0 {
		s.Fatalf("ClaimTasks(just before %v) = %v", due, early)
	}
	got := s.claim(due, 10)
	if len(got) != 1 || !got[0].Due.Equal(due) {
		s.Fatalf("ClaimTasks(%v) = %v, want the one that is due then", due, got)
	}
	return got[0]
}

func keysOf(list []federation.Task) (keys []string) {
	for _, t := range list {
		keys = append(keys, t.Key)
	}
	return keys
}

func taskLife(s store) {
	if got := s.claim(day(9), 10); len(got) != 0 {
		s.Errorf("ClaimTasks of an empty store = %v", got)
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
	if err := s.finish(got[0], day(5)); err != nil {
		s.Fatalf("FinishTask(next) = %v", err)
	}
	s.wantErr("FinishTask(again)", s.finish(got[0], day(9)), federation.ErrConflict)
	again := s.wantDue(day(5))
	if again.Attempts != 2 {
		s.Fatalf("ClaimTasks(again) = %v, want it with two attempts", again)
	}
	if err := s.finish(again, time.Time{}); err != nil {
		s.Fatalf("FinishTask(zero) = %v", err)
	}
	if got := s.claim(day(99), 10); len(got) != 0 {
		s.Errorf("ClaimTasks after the last one was finished for good = %v", got)
	}
	s.wantErr("FinishTask(deleted)", s.finish(got[0], day(9)), federation.ErrConflict)
}

func putTwice(s store) {
	s.put("a", day(3))
	s.put("a", day(1))
	got := s.wantDue(day(1))
	s.put("a", day(1)) // does not take it from its holder
	if again := s.claim(day(1), 10); len(again) != 0 {
		s.Errorf("ClaimTasks(…) after putting a claimed task = %v", again)
	}
	if err := s.finish(got, day(4)); err != nil {
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
		if err := s.finish(got[0], day(test.next)); err != nil {
			s.Fatalf("FinishTask(…) = %v", err)
		}
		if err := s.finish(s.wantDue(day(test.want)), time.Time{}); err != nil {
			s.Errorf("FinishTask of a task put for %v and finished until %v = %v", day(test.put), day(test.next), err)
		}
	}
}

func claimOrder(s store) {
	for key, d := range map[string]int{"c": 1, "a": 3, "b": 2, "later": 9} {
		s.put(key, day(d))
	}
	s.putTask(federation.Task{Kind: "another", Key: "x", Due: day(1)})
	s.same("ClaimTasks(0)", keysOf(s.claim(day(5), 0)), []string(nil))
	s.same("ClaimTasks(2)", keysOf(s.claim(day(5), 2)), []string{"c", "b"})
	s.same("ClaimTasks(the rest)", keysOf(s.claim(day(5), 10)), []string{"a"})
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
	s.wantErr("FinishTask(old holder)", s.finish(old, day(9)), federation.ErrConflict)
	s.wantErr("FinishTask(old holder, delete)", s.finish(old, time.Time{}), federation.ErrConflict)
	if err := s.finish(now, day(5)); err != nil {
		s.Errorf("FinishTask(holder) = %v", err)
	}
	s.wantDue(day(5)) // as the holder said
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
	if err := s.finish(got[0], day(9)); err != nil {
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
	if err := s.finish(now, day(9)); err != nil {
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
	if err := s.finish(now, time.Time{}); err != nil {
		s.Fatal(err)
	}
	s.put("a", day(1))
	for range 2 {
		fresh := s.claim(day(3), 1)[0]
		for _, t := range []federation.Task{old, now} {
			s.wantErr("FinishTask(holder of a task put again)", s.finish(t, day(9)), federation.ErrConflict)
		}
		if err := s.finish(fresh, day(1)); err != nil {
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
				got, err := s.ClaimTasks(s.ctx, federation.Claim{Kind: kind, Now: day(2), Limit: 3, Lease: time.Minute})
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
					if err := s.finish(t, day(9)); err != nil {
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

// oneAHost: whoever claims, and of whatever kind the tasks are.
func oneAHost(s store) {
	for key, host := range map[string]string{"a1": "a.example", "a2": "a.example", "b1": "b.example", "c": "", "d": ""} {
		s.putAt(key, host, day(1))
	}
	s.putTask(federation.Task{Kind: "another", Key: "b2", Host: "b.example", Due: day(1)})
	first := s.claim(day(2), 10)
	s.same("the tasks claimed", keysOf(first), []string{"a1", "b1", "c", "d"})
	s.same("the tasks claimed while their hosts are worked at", keysOf(s.claim(day(2), 10)), []string(nil))
	s.same("one of another kind", keysOf(s.claimOf("another", day(2), 10)), []string(nil))
	s.put("b1", day(3)) // keeps its host
	if err := s.finish(first[0], day(5)); err != nil {
		s.Fatal(err)
	}
	s.same("after a1 was finished", keysOf(s.claim(day(2), 10)), []string{"a2"})
	late := day(2).Add(time.Minute)
	s.same("after the lease of b1 passed", keysOf(s.claimOf("another", late, 10)), []string{"b2"})
	moved := s.claim(day(6), 10)
	for _, t := range moved {
		if t.Key == "a1" {
			t.Host = "z.example"
			if err := s.finish(t, day(7)); err != nil {
				s.Fatal(err)
			}
		}
	}
	for _, t := range s.claim(day(7), 10) {
		if want := map[string]string{"a1": "z.example"}[t.Key]; want != "" && t.Host != want {
			s.Errorf("%s is at %q after it was finished, want %q", t.Key, t.Host, want)
		}
	}
}

func hostRests(s store) {
	rest := func(host string, until time.Time) {
		s.Helper()
		s.in(func(tx federation.Tx) error { return tx.RestHost(s.ctx, host, until) })
	}
	held := func(host string) time.Time {
		s.Helper()
		return must[time.Time](s, "Rest")(s.Rest(s.ctx, host))
	}
	if until := held("a.example"); !until.IsZero() {
		s.Errorf("Rest of a host of which nothing is known = %v, want zero", until)
	}
	rest("a.example", day(4))
	rest("a.example", day(3)) // never shorter
	rest("a.example", time.Time{})
	rest("", day(9))
	if until := held("a.example"); !until.Equal(day(4)) {
		s.Errorf("Rest = %v, want %v", until, day(4))
	}
}

func claimedByName(s store) {
	a := federation.Task{Key: "a", Host: "a.example"}
	got := s.claimNamed(day(2), a) // made
	if len(got) != 1 || got[0].Kind != kind || got[0].Host != "a.example" || got[0].Token == 0 {
		s.Fatalf("ClaimTasks by name = %+v, want it made and leased", got)
	}
	s.same("claimed by name while it is leased", keysOf(s.claimNamed(day(2), a)), []string(nil))
	s.same("another of its host", keysOf(s.claimNamed(day(2), federation.Task{Key: "b", Host: "a.example"})), []string(nil))
	if err := s.finish(got[0], day(8)); err != nil {
		s.Fatal(err)
	}
	s.same("claimed by name before it is due", keysOf(s.claimNamed(day(3), a)), []string{"a"})
	offline := federation.Claim{Kind: kind, Now: day(3), Lease: time.Second, Named: []federation.Task{{Key: "b"}}, Offline: true}
	s.same("one that asks no host", keysOf(must[[]federation.Task](s, "ClaimTasks")(s.ClaimTasks(s.ctx, offline))), []string{"b"})
	s.putAt("d", "d.example", day(1))
	s.putAt("e", "d.example", day(1))
	s.same("two of one host by name", keysOf(s.claimNamed(day(3), federation.Task{Key: "d"}, federation.Task{Key: "e"})), []string{"d"})
}

func finishedWithTheWork(s store) {
	s.withMembers("alba")
	s.put("a", day(1))
	old := s.claim(day(2), 1)[0]
	work := func(t federation.Task, origin string) error {
		return s.InTx(s.ctx, func(tx federation.Tx) error {
			if err := tx.SaveItem(s.ctx, item("alba", origin), day(1)); err != nil {
				return err
			}
			if err := tx.PutTask(s.ctx, federation.Task{Kind: "another", Key: origin, Due: day(1)}); err != nil {
				return err
			}
			return tx.FinishTask(s.ctx, t, day(5))
		})
	}
	now := s.claim(day(3), 1)[0]
	s.wantErr("work of a holder that lost its lease", work(old, "lost"), federation.ErrConflict)
	if got := s.claimOf("another", day(9), 10); len(got) != 0 || len(s.live()) != 0 {
		s.Errorf("what was rolled back left %v and %d items", got, len(s.live()))
	}
	if err := work(now, "done"); err != nil {
		s.Errorf("work of the holder = %v", err)
	}
	s.same("put with the work", keysOf(s.claimOf("another", day(9), 10)), []string{"done"})
	s.wantDue(day(5))
}

func fencedStore(s store) {
	s.withMembers("alba")
	s.put("a", day(1))
	old := s.claim(day(2), 1)[0]
	held := federation.Fenced(s.Store, old)
	save := func() error {
		return held.InTx(s.ctx, func(tx federation.Tx) error { return tx.SaveItem(s.ctx, item("alba", "one"), day(1)) })
	}
	s.claim(day(3), 1)
	s.wantErr("InTx of a holder that lost its lease", save(), federation.ErrLost)
	if len(s.live()) != 0 {
		s.Errorf("a holder that lost its lease saved %v", s.live())
	}
}

func sourceDue(s store) {
	s.withMembers("alba")
	claim := func() []federation.Task { return s.claimOf(federation.TaskHarvest, day(1), 10) }
	got := claim()
	if len(got) != 1 || got[0].Key != "alba/news" || got[0].Host != federation.HostOf(source("alba", "news").URL) {
		s.Fatalf("tasks after a source was saved = %+v, want its own", got)
	}
	if err := s.finish(got[0], day(5)); err != nil {
		s.Fatal(err)
	}
	s.in(func(tx federation.Tx) error {
		_, err := federation.Save(s.ctx, tx, source("alba", "news"))
		return err
	})
	s.same("after it was saved as it is", keysOf(claim()), []string(nil))
	s.in(func(tx federation.Tx) error {
		src := source("alba", "news")
		src.Every = 90 * time.Minute
		_, err := federation.Save(s.ctx, tx, src)
		return err
	})
	s.same("after it was saved otherwise", keysOf(claim()), []string{"alba/news"})
}
