package storetest

import "github.com/plonegov/carillon/federation"

var withdrawalCases = []testCase{
	{"barred by an operator", barred},
	{"leaves every output", withdrawnLeaves},
	{"twice is once", withdrawTwice},
	{"a revived item keeps id and versions", revive},
	{"of a tombstone, absences", absentTombstone},
}

func withdrawnLeaves(s store) {
	it, other := full("alba", "1"), item("alba", "2")
	s.saveItem(it)
	s.saveItem(other)
	log := s.logged(func() { s.withdraw(it.ID) })
	s.same("changes of WithdrawItem", log, []string{"item-withdrawn " + it.ID})
	_, err := s.Item(s.ctx, it.ID)
	s.wantErr("Item(withdrawn)", err, federation.ErrGone)
	_, err = s.Versions(s.ctx, it.ID)
	s.wantErr("Versions(withdrawn)", err, federation.ErrGone)
	items := must[[]federation.Item](s, "ItemsByID")(s.ItemsByID(s.ctx, []string{it.ID, other.ID}))
	s.same("ItemsByID", items, []federation.Item{other})
	s.same("EachItem", s.live(), []string{other.ID})
	s.same("Expired", must[[]string](s, "Expired")(s.Expired(s.ctx, day(31), 10)), []string(nil))
	last := must[[]federation.Change](s, "Changes")(s.Changes(s.ctx, 2, 10))
	want := federation.Change{Seq: last[0].Seq, Time: day(2), Kind: federation.ItemWithdrawn, Key: it.ID, Member: "alba", Source: "alba/news", Version: 1}
	s.same("the change of a withdrawal", last, []federation.Change{want})
}

func withdrawTwice(s store) {
	it := item("alba", "1")
	s.saveItem(it)
	s.withdraw(it.ID)
	log := s.logged(func() {
		s.in(func(tx federation.Tx) error { return tx.WithdrawItem(s.ctx, it.ID, "another reason", day(9)) })
	})
	s.same("changes of a second WithdrawItem", log, []string(nil))
	if h := s.heads("alba/news")[it.ID]; !h.Withdrawn.Equal(day(2)) {
		s.Errorf("Heads(…).Withdrawn = %v after a second withdrawal, want the first, %v", h.Withdrawn, day(2))
	}
}

func revive(s store) {
	one := full("alba", "1")
	s.saveItem(one)
	s.in(func(tx federation.Tx) error { return tx.SaveAbsent(s.ctx, one.ID, 2) })
	s.withdraw(one.ID)
	two := next(one, "De retour")
	two.FirstSeen = day(20) // the first version decides
	log := s.logged(func() { s.saveItem(two) })
	two.FirstSeen = one.FirstSeen
	s.same("changes of a revival", log, []string{"item-saved " + one.ID})
	s.same("Item(revived)", must[federation.Item](s, "Item")(s.Item(s.ctx, one.ID)), two)
	versions := must[[]federation.Version](s, "Versions")(s.Versions(s.ctx, one.ID))
	if len(versions) != 2 {
		s.Fatalf("Versions(revived) has %d, want 2", len(versions))
	}
	s.same("the version before the withdrawal", versions[1].Item, one)
	h := s.heads("alba/news")[one.ID]
	s.same("the head of the revived item", h, federation.Head{ID: one.ID, Hash: two.Hash, Version: 2, Updated: two.Updated, FirstSeen: one.FirstSeen})
}

func absentTombstone(s store) {
	it := item("alba", "1")
	s.saveItem(it)
	log := s.logged(func() {
		s.in(func(tx federation.Tx) error { return tx.SaveAbsent(s.ctx, it.ID, 2) })
	})
	s.same("changes of SaveAbsent", log, []string(nil))
	s.same("EachItem", s.live(), []string{it.ID})
	s.withdraw(it.ID)
	if h := s.heads("alba/news")[it.ID]; h.Absent != 0 {
		s.Errorf("Heads(…).Absent of a tombstone = %d, want 0", h.Absent)
	}
}

func barred(s store) {
	s.withMembers("alba")
	it := item("alba", "1")
	s.saveItem(it)
	log := s.logged(func() {
		s.in(func(tx federation.Tx) error { return tx.BarItem(s.ctx, it.ID, "wrong", day(2)) })
	})
	if len(log) != 1 {
		s.Errorf("changes of BarItem = %q, want one", log)
	}
	if h := s.heads("alba/news")[it.ID]; !h.Barred || h.Withdrawn.IsZero() {
		s.Errorf("Heads(…) after BarItem has %+v, want it barred and withdrawn", h)
	}
	s.in(func(tx federation.Tx) error { return tx.UnbarItem(s.ctx, it.ID) })
	if h := s.heads("alba/news")[it.ID]; h.Barred || h.Withdrawn.IsZero() {
		s.Errorf("Heads(…) after UnbarItem has %+v, want a tombstone that may come back", h)
	}
	for name, fn := range map[string]func(federation.Tx) error{
		"BarItem":   func(tx federation.Tx) error { return tx.BarItem(s.ctx, "none", "", day(2)) },
		"UnbarItem": func(tx federation.Tx) error { return tx.UnbarItem(s.ctx, "none") },
	} {
		s.wantErr(name+"(unknown)", s.InTx(s.ctx, fn), federation.ErrNotFound)
	}
}
