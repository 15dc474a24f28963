package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

var itemCases = []testCase{
	{"unknown", itemUnknown},
	{"what is saved comes back", itemRoundTrip},
	{"versions are kept, newest first", itemVersions},
	{"a version that does not follow is a conflict", versionConflict},
	{"by id, in the order asked", itemsByID},
	{"each, by id, with the cursor of that state", eachItem},
	{"each of a part", eachItemOfPart},
	{"each, until fn fails", eachItemFails},
	{"heads", itemHeads},
	{"expired, earliest first", expiredItems},
	{"items/stamps", stamps},
}

func itemUnknown(s store) {
	id := item("alba", "1").ID
	_, err := s.Item(s.ctx, id)
	s.wantErr("Item(unknown)", err, federation.ErrNotFound)
	_, err = s.Versions(s.ctx, id)
	s.wantErr("Versions(unknown)", err, federation.ErrNotFound)
	s.same("ItemsByID(unknown)", must[[]federation.Item](s, "ItemsByID")(s.ItemsByID(s.ctx, []string{id, "", "no id"})), []federation.Item(nil))
	s.same("ItemsByID(nil)", must[[]federation.Item](s, "ItemsByID")(s.ItemsByID(s.ctx, nil)), []federation.Item(nil))
	s.same("EachItem", s.live(), []string(nil))
	for name, fn := range map[string]func(federation.Tx) error{
		"WithdrawItem": func(tx federation.Tx) error { return tx.WithdrawItem(s.ctx, id, "", day(1)) },
		"SaveAbsent":   func(tx federation.Tx) error { return tx.SaveAbsent(s.ctx, id, 1) },
	} {
		s.wantErr(name+"(unknown)", s.InTx(s.ctx, fn), federation.ErrNotFound)
	}
	s.same("Heads(unknown source)", s.heads("alba/news"), map[string]federation.Head{})
}

func itemRoundTrip(s store) {
	want, bare := full("alba", "1"), federation.Item{ID: item("alba", "2").ID, Source: "alba/news", Member: "alba", OriginID: "2", Version: 1}
	s.saveItem(want)
	s.saveItem(bare)
	s.same("Item(full)", must[federation.Item](s, "Item")(s.Item(s.ctx, want.ID)), want)
	s.same("Item(bare)", must[federation.Item](s, "Item")(s.Item(s.ctx, bare.ID)), bare)
	if got := federation.ContentHash(must[federation.Item](s, "Item")(s.Item(s.ctx, want.ID))); got != want.Hash {
		s.Errorf("ContentHash(stored item) = %s, want %s", got, want.Hash)
	}
}

func itemVersions(s store) {
	one := full("alba", "1")
	two := next(one, "Deux")
	two.Place, two.Categories, two.Expires = nil, nil, time.Time{}
	three := next(two, "Trois")
	for n, it := range []federation.Item{one, two, three} {
		s.in(func(tx federation.Tx) error { return tx.SaveItem(s.ctx, it, day(n+1)) })
	}
	want := []federation.Version{{Number: 3, Saved: day(3), Item: three}, {Number: 2, Saved: day(2), Item: two}, {Number: 1, Saved: day(1), Item: one}}
	s.same("Versions", must[[]federation.Version](s, "Versions")(s.Versions(s.ctx, one.ID)), want)
	s.same("Item", must[federation.Item](s, "Item")(s.Item(s.ctx, one.ID)), three)
	changes := must[[]federation.Change](s, "Changes")(s.Changes(s.ctx, 0, 10))
	for i, c := range changes {
		c.Seq = 0
		s.same("Change", c, federation.Change{Time: day(i + 1), Kind: federation.ItemSaved, Key: one.ID, Member: "alba", Source: "alba/news", Version: i + 1})
	}
	if len(changes) != 3 {
		s.Errorf("Changes(…) has %d, want one for each of 3 versions", len(changes))
	}
}

func versionConflict(s store) {
	it := item("alba", "1")
	save := func(version int) error {
		it := it
		it.Version = version
		return s.InTx(s.ctx, func(tx federation.Tx) error { return tx.SaveItem(s.ctx, it, day(1)) })
	}
	s.wantErr("SaveItem(version 0)", save(0), federation.ErrInvalid)
	s.wantErr("SaveItem(version 2 of nothing)", save(2), federation.ErrConflict)
	s.saveItem(it)
	before := s.log()
	s.wantErr("SaveItem(version 1 again)", save(1), federation.ErrConflict)
	s.wantErr("SaveItem(version 3 after 1)", save(3), federation.ErrConflict)
	s.same("Changes after conflicts", s.log(), before)
	s.withdraw(it.ID)
	s.wantErr("SaveItem(version 1 of a tombstone)", save(1), federation.ErrConflict)
	if err := save(2); err != nil {
		s.Errorf("SaveItem(version 2 after 1) = %v", err)
	}
}

func itemsByID(s store) {
	a, b, c := item("alba", "a"), item("alba", "b"), item("brume", "c")
	for _, it := range []federation.Item{a, b, c} {
		s.saveItem(it)
	}
	got := must[[]federation.Item](s, "ItemsByID")(s.ItemsByID(s.ctx, []string{c.ID, "unknown", a.ID, b.ID}))
	s.same("ItemsByID", got, []federation.Item{c, a, b})
}

func eachItem(s store) {
	var want []string
	for _, origin := range []string{"1", "2", "3", "4", "5"} {
		it := item("alba", origin)
		s.saveItem(it)
		want = append(want, it.ID)
	}
	slices.Sort(want)
	s.same("EachItem", s.live(), want)
	at, err := s.EachItem(s.ctx, federation.Part{}, func(federation.Item) error { // what is written meanwhile comes after the cursor
		it := item("brume", "x")
		if _, err := s.Item(s.ctx, it.ID); err == nil {
			return nil
		}
		return s.InTx(s.ctx, func(tx federation.Tx) error { return tx.SaveItem(s.ctx, it, day(1)) })
	})
	if err != nil {
		s.Fatalf("EachItem(fn that saves) = %v", err)
	}
	after := must[[]federation.Change](s, "Changes")(s.Changes(s.ctx, at, 10))
	if len(after) != 1 || after[0].Key != item("brume", "x").ID {
		s.Errorf("Changes(cursor of EachItem) = %v, want the item saved meanwhile", after)
	}
}

// eachItemOfPart: a member whose name begins like another's, and a group that
// withdrawn items are in, too.
func eachItemOfPart(s store) {
	one, two, other := item("alba", "1"), item("alba", "2"), item("alba-nord", "1")
	for _, it := range []federation.Item{one, two, other, item("alba", "gone")} {
		s.saveItem(it)
	}
	s.saveLikeness(federation.Likeness{Item: one.ID, Group: one.ID}, federation.Likeness{Item: other.ID, Group: one.ID},
		federation.Likeness{Item: item("alba", "gone").ID, Group: one.ID}, federation.Likeness{Item: two.ID})
	s.in(func(tx federation.Tx) error { return tx.WithdrawItem(s.ctx, item("alba", "gone").ID, "test", day(3)) })
	for part, want := range map[federation.Part][]string{
		{Member: "alba"}:                {one.ID, two.ID},
		{Member: "alba-nord"}:           {other.ID},
		{Member: "alb"}:                 nil,
		{Grouped: true}:                 {one.ID, other.ID},
		{Member: "alba", Grouped: true}: {one.ID},
	} {
		var got []string
		at, err := s.EachItem(s.ctx, part, func(it federation.Item) error { got = append(got, it.ID); return nil })
		slices.Sort(want)
		if err != nil || at == 0 {
			s.Errorf("EachItem(%+v) = %d, %v", part, at, err)
		}
		s.same(fmt.Sprintf("EachItem(%+v)", part), got, want)
	}
}

func eachItemFails(s store) {
	s.saveItem(item("alba", "1"))
	s.saveItem(item("alba", "2"))
	stop, n := errors.New("enough"), 0
	_, err := s.EachItem(s.ctx, federation.Part{}, func(federation.Item) error { n++; return stop })
	s.wantErr("EachItem(fn that fails)", err, stop)
	if n != 1 {
		s.Errorf("EachItem called fn %d times after it failed, want 1", n)
	}
}

func itemHeads(s store) {
	a, b := full("alba", "a"), item("alba", "b")
	s.saveItem(a)
	s.saveItem(b)
	s.saveItem(item("brume", "a"))
	s.in(func(tx federation.Tx) error { return tx.SaveAbsent(s.ctx, a.ID, 2) })
	s.withdraw(b.ID)
	want := map[string]federation.Head{
		a.ID: {ID: a.ID, Hash: a.Hash, Version: 1, Updated: a.Updated, FirstSeen: a.FirstSeen, Absent: 2},
		b.ID: {ID: b.ID, Hash: b.Hash, Version: 1, FirstSeen: b.FirstSeen, Withdrawn: day(2)},
	}
	s.same("Heads", s.heads("alba/news"), want)
	s.in(func(tx federation.Tx) error { // a transaction sees its own writes
		two := next(a, "Deux")
		if err := tx.SaveItem(s.ctx, two, day(3)); err != nil {
			return err
		}
		heads, err := tx.Heads(s.ctx, "alba/news")
		if h := heads[a.ID]; h.Version != 2 || h.Hash != two.Hash || h.Absent != 0 {
			s.Errorf("Heads(…) in the transaction that saved version 2 = %+v, want it without absences", h)
		}
		return err
	})
}

func stamps(s store) {
	it := item("alba", "1")
	s.saveItem(it)
	s.saveItem(item("alba", "2"))
	gone := item("alba", "3")
	s.saveItem(gone)
	s.withdraw(gone.ID)
	s.in(func(tx federation.Tx) error { return tx.SaveItem(s.ctx, next(it, "Deux"), day(7)) })
	all := must[[]federation.Stamp](s, "Stamps")(s.Stamps(s.ctx, "", 10))
	if len(all) != 2 || !slices.IsSortedFunc(all, func(a, b federation.Stamp) int { return strings.Compare(a.ID, b.ID) }) {
		s.Fatalf("Stamps(\"\", 10) = %v, want the two live items by id", all)
	}
	want := []federation.Stamp{{ID: it.ID, Saved: day(7)}}
	s.same("Stamps(of one id)", must[[]federation.Stamp](s, "Stamps")(s.Stamps(s.ctx, it.ID[:20], 10)), want)
	s.same("Stamps(\"\", 1)", must[[]federation.Stamp](s, "Stamps")(s.Stamps(s.ctx, "", 1)), all[:1])
	s.same("Stamps(of none)", must[[]federation.Stamp](s, "Stamps")(s.Stamps(s.ctx, gone.ID, 10)), []federation.Stamp(nil))
}

func expiredItems(s store) {
	expires := map[string]time.Time{"late": day(9), "early": day(3), "now": day(5), "soon": day(5).Add(time.Microsecond), "never": {}, "gone": day(1)}
	ids := map[string]string{}
	for origin, at := range expires {
		it := item("alba", origin)
		it.Expires = at
		s.saveItem(it)
		ids[origin] = it.ID
	}
	s.withdraw(ids["gone"])
	expired := func(now time.Time, n int) []string {
		return must[[]string](s, "Expired")(s.Expired(s.ctx, now, n))
	}
	s.same("Expired(day 5, 10)", expired(day(5), 10), []string{ids["early"], ids["now"]})
	s.same("Expired(day 5, 1)", expired(day(5), 1), []string{ids["early"]})
	s.same("Expired(day 2, 10)", expired(day(2), 10), []string(nil))
	s.same("Expired(day 30, 10)", expired(day(30), 10), []string{ids["early"], ids["now"], ids["soon"], ids["late"]})
}
