package storetest

import (
	"errors"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

var likenessCases = []testCase{
	{"what is saved is held", likenessHeld},
	{"items that share keys", sharing},
	{"a key that many have", sharingMany},
	{"a group is told with each item, and in the log", linked},
	{"twins are the live items of a group", twins},
	{"saving an item keeps its group", groupSurvives},
	{"a wording is told of its own version alone", wordingOfVersion},
	{"a removed likeness is gone", likenessRemoved},
	{"the likeness of an unknown item", likenessUnknown},
}

// saveLikeness saves likenesses, which must succeed.
func (s store) saveLikeness(list ...federation.Likeness) {
	s.Helper()
	s.in(func(tx federation.Tx) error { return tx.SaveLikenesses(s.ctx, list, day(3)) })
}

func (s store) sharing(n int, keys ...int64) []federation.Sharer {
	s.Helper()
	return must[[]federation.Sharer](s, "Sharing")(s.Sharing(s.ctx, keys, n))
}

// threeItems saves an item of each of three members.
func threeItems(s store) (a, b, c federation.Item) {
	s.withMembers("alba", "brig", "cran")
	a, b, c = item("alba", "1"), item("brig", "1"), item("cran", "1")
	b.FirstSeen, c.FirstSeen = day(3), day(2)
	for _, it := range []federation.Item{a, b, c} {
		s.saveItem(it)
	}
	return a, b, c
}

func likenessHeld(s store) {
	a, b, c := threeItems(s)
	first := federation.Likeness{Item: a.ID, Digest: -1 << 63, Keys: []int64{-1 << 63, -1, 0, 1<<63 - 1}, Fingerprint: []byte{0, 255, 'a'}}
	second := federation.Likeness{Item: b.ID, Version: 1, Digest: 1<<63 - 1, Group: a.ID, Wording: -1 << 63, Since: day(2)}
	s.saveLikeness(first, second)
	first.Current, first.FirstSeen = 1, a.FirstSeen
	second.Current, second.FirstSeen = 1, b.FirstSeen
	got := must[map[string]federation.Likeness](s, "Likenesses")(s.Likenesses(s.ctx, []string{a.ID, b.ID, c.ID, "unknown"}))
	s.same("Likenesses", got, map[string]federation.Likeness{a.ID: first, b.ID: second})
	none := must[map[string]federation.Likeness](s, "Likenesses(none)")(s.Likenesses(s.ctx, nil))
	s.same("Likenesses(none)", none, map[string]federation.Likeness{})
	s.saveItem(next(a, "Autre titre"))
	s.withdraw(b.ID)
	first.Current, second.Current = 2, 0
	got = must[map[string]federation.Likeness](s, "Likenesses")(s.Likenesses(s.ctx, []string{a.ID, b.ID}))
	s.same("Likenesses of what changed since", got, map[string]federation.Likeness{a.ID: first, b.ID: second})
}

func sharing(s store) {
	a, b, c := threeItems(s)
	s.saveLikeness(
		federation.Likeness{Item: a.ID, Keys: []int64{1, 2, 3}},
		federation.Likeness{Item: b.ID, Keys: []int64{-2, 3}, Group: a.ID},
		federation.Likeness{Item: c.ID, Keys: []int64{2, 3, 9}})
	has := func(key int64, items ...federation.Item) (list []federation.Sharer) {
		slices.SortFunc(items, func(a, b federation.Item) int { return strings.Compare(a.ID, b.ID) })
		for _, it := range items {
			sharer := federation.Sharer{Key: key, Item: it.ID}
			if it.ID == b.ID {
				sharer.Group = a.ID
			}
			list = append(list, sharer)
		}
		return list
	}
	s.same("Sharing(2 9 3)", s.sharing(10, 2, 9, 3), slices.Concat(has(2, a, c), has(3, a, b, c), has(9, c)))
	s.same("Sharing(-2)", s.sharing(10, -2), has(-2, b))
	s.same("Sharing(7)", s.sharing(10, 7), has(7))
	s.same("Sharing()", s.sharing(10), has(0))
	s.saveLikeness(federation.Likeness{Item: c.ID, Digest: 1, Keys: []int64{9}})
	s.same("Sharing(2) after c changed", s.sharing(10, 2), has(2, a))
	s.withdraw(a.ID)
	s.same("Sharing(2) after a was withdrawn", s.sharing(10, 2), has(2))
}

func sharingMany(s store) {
	s.withMembers("alba")
	var list []federation.Likeness
	for _, origin := range []string{"1", "2", "3", "4", "5"} {
		it := item("alba", origin)
		s.saveItem(it)
		list = append(list, federation.Likeness{Item: it.ID, Keys: []int64{1}})
	}
	s.saveLikeness(list...)
	if n := len(s.sharing(3, 1)); n != 3 {
		s.Errorf("Sharing of a key that 5 items have, n = 3: %d items, want 3", n)
	}
	if n := len(s.sharing(0, 1)); n != 0 {
		s.Errorf("Sharing with n = 0: %d items, want none", n)
	}
}

func linked(s store) {
	a, b, _ := threeItems(s)
	group := federation.Likeness{Item: a.ID, Digest: 1, Group: a.ID}
	s.same("changes of joining a group", s.logged(func() { s.saveLikeness(group) }), []string{"item-linked " + a.ID})
	s.same("changes of the same again", s.logged(func() { s.saveLikeness(group) }), []string(nil))
	s.same("changes of an item alone", s.logged(func() { s.saveLikeness(federation.Likeness{Item: b.ID}) }), []string(nil))
	for call, got := range map[string]federation.Item{
		"Item":      must[federation.Item](s, "Item")(s.Item(s.ctx, a.ID)),
		"ItemsByID": must[[]federation.Item](s, "ItemsByID")(s.ItemsByID(s.ctx, []string{a.ID}))[0],
	} {
		want := a
		want.Group = a.ID
		s.same(call, got, want)
	}
	group.Group = ""
	s.same("changes of leaving it", s.logged(func() { s.saveLikeness(group) }), []string{"item-linked " + a.ID})
	s.same("Item out of it", must[federation.Item](s, "Item")(s.Item(s.ctx, a.ID)), a)
	s.withdraw(a.ID)
	group.Group = b.ID
	s.same("changes of a tombstone", s.logged(func() { s.saveLikeness(group) }), []string(nil))
}

func twins(s store) {
	a, b, c := threeItems(s)
	s.saveLikeness(
		federation.Likeness{Item: a.ID, Group: a.ID}, federation.Likeness{Item: b.ID, Group: a.ID}, federation.Likeness{Item: c.ID, Group: a.ID})
	twin := func(it federation.Item) federation.Twin {
		return federation.Twin{ID: it.ID, Group: a.ID, Member: it.Member, Source: it.Source, URL: it.URL, Title: it.Title,
			Language: it.Language, FirstSeen: it.FirstSeen}
	}
	read := func(groups ...string) []federation.Twin {
		return must[[]federation.Twin](s, "Twins")(s.Twins(s.ctx, groups))
	}
	s.same("Twins", read(a.ID, "unknown"), []federation.Twin{twin(a), twin(c), twin(b)})
	s.same("Twins of nothing", read(), []federation.Twin(nil))
	s.same("Twins of no group", read(""), []federation.Twin(nil))
	s.withdraw(c.ID)
	b = next(b, "Autre titre")
	s.saveItem(b)
	s.same("Twins, one withdrawn and one changed", read(a.ID), []federation.Twin{twin(a), twin(b)})
}

func groupSurvives(s store) {
	a, _, _ := threeItems(s)
	s.saveLikeness(federation.Likeness{Item: a.ID, Group: a.ID})
	a = next(a, "Autre titre")
	forged := a
	forged.Group = "another"
	s.saveItem(forged)
	a.Group = a.ID
	s.same("Item after a version", must[federation.Item](s, "Item")(s.Item(s.ctx, a.ID)), a)
}

func likenessRemoved(s store) {
	a, b, _ := threeItems(s)
	s.saveLikeness(federation.Likeness{Item: a.ID, Keys: []int64{1}, Group: a.ID}, federation.Likeness{Item: b.ID, Keys: []int64{1}, Group: a.ID})
	s.in(func(tx federation.Tx) error {
		return errors.Join(tx.RemoveLikeness(s.ctx, a.ID), tx.RemoveLikeness(s.ctx, "unknown"))
	})
	s.same("Sharing after RemoveLikeness", s.sharing(10, 1), []federation.Sharer{{Key: 1, Item: b.ID, Group: a.ID}})
	got := must[map[string]federation.Likeness](s, "Likenesses")(s.Likenesses(s.ctx, []string{a.ID}))
	s.same("Likenesses after RemoveLikeness", got, map[string]federation.Likeness{})
}

func likenessUnknown(s store) {
	err := s.InTx(s.ctx, func(tx federation.Tx) error {
		return tx.SaveLikenesses(s.ctx, []federation.Likeness{{Item: "unknown"}}, day(1))
	})
	s.wantErr("SaveLikenesses(unknown item)", err, federation.ErrNotFound)
}

func wordingOfVersion(s store) {
	a, b, _ := threeItems(s)
	l := federation.Likeness{Item: a.ID, Version: 1, Group: a.ID, Wording: 7, Since: day(1)}
	s.same("changes of a wording in a group", s.logged(func() { s.saveLikeness(l) }), []string{"item-linked " + a.ID})
	s.same("changes of the same again", s.logged(func() { s.saveLikeness(l) }), []string(nil))
	told := func(call string, want federation.Item) {
		s.Helper()
		s.same(call+": Item", must[federation.Item](s, "Item")(s.Item(s.ctx, a.ID)), want)
		twins := must[[]federation.Twin](s, "Twins")(s.Twins(s.ctx, []string{a.ID}))
		if len(twins) != 1 || twins[0].Wording != want.Wording {
			s.Errorf("%s: Twins = %+v, want one of wording %d", call, twins, want.Wording)
		}
	}
	want := a
	want.Group, want.Wording, want.Since = a.ID, 7, day(1)
	told("as compared", want)
	a = next(a, "Autre titre")
	s.saveItem(a)
	want = a
	want.Group = a.ID
	told("a text that was not compared yet", want)
	l.Version = 2
	s.same("changes of the same wording of the next version", s.logged(func() { s.saveLikeness(l) }), []string{"item-linked " + a.ID})
	want.Wording, want.Since = 7, day(1)
	told("compared again", want)
	l.Since = day(2)
	s.same("changes of when it was first seen", s.logged(func() { s.saveLikeness(l) }), []string{"item-linked " + a.ID})
	alone := federation.Likeness{Item: b.ID, Version: 1, Wording: 7, Since: day(1)}
	s.same("changes of a wording in no group", s.logged(func() { s.saveLikeness(alone) }), []string(nil))
}
