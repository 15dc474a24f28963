package storetest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

var tenantCases = []testCase{
	{"fifty members with equal origin ids", fiftyMembers},
	{"an item cannot move to another source", itemCannotMove},
	{"a member's name inside another's", nameInsideName},
}

// fiftyMembers saves the same three origin ids for fifty members, withdraws
// one and changes another of a single member, and looks at everybody.
func fiftyMembers(s store) {
	var slugs []string
	for i := range 50 {
		slugs = append(slugs, fmt.Sprintf("commune-%d", i))
	}
	s.withMembers(slugs...)
	for _, slug := range slugs {
		for _, origin := range []string{"1", "2", "guid"} {
			it := item(slug, origin)
			it.Title = "canary of " + slug + "."
			s.saveItem(it)
		}
	}
	s.withdraw(item("commune-7", "1").ID)
	s.saveItem(next(item("commune-7", "2"), "canary of commune-7. again"))
	for _, slug := range slugs {
		checkTenant(s, slug)
	}
	if got, want := len(s.live()), 149; got != want {
		s.Errorf("EachItem(…) yields %d items, want %d", got, want)
	}
	_, err := s.EachItem(s.ctx, federation.Part{}, func(it federation.Item) error {
		if !strings.Contains(it.Title, "canary of "+it.Member+".") || it.Source != it.Member+"/news" {
			s.Errorf("EachItem yields %q of %q as item of member %q", it.Title, it.Source, it.Member)
		}
		return nil
	})
	if err != nil {
		s.Errorf("EachItem(…) = %v", err)
	}
}

// checkTenant looks at one member through every door that takes an id.
func checkTenant(s store, slug string) {
	s.Helper()
	ids := []string{item(slug, "2").ID, item(slug, "guid").ID, item(slug, "1").ID}
	heads := s.heads(slug + "/news")
	if len(heads) != 3 {
		s.Errorf("Heads(%q) has %d, want its own 3", slug+"/news", len(heads))
	}
	for id := range heads {
		if !slices.Contains(ids, id) {
			s.Errorf("Heads(%q) has the foreign item %q", slug+"/news", id)
		}
	}
	items := must[[]federation.Item](s, "ItemsByID")(s.ItemsByID(s.ctx, ids))
	want := 3
	if slug == "commune-7" {
		want = 2
	}
	if len(items) != want {
		s.Errorf("ItemsByID(ids of %s) has %d items, want %d", slug, len(items), want)
	}
	for _, it := range items {
		one := must[federation.Item](s, "Item")(s.Item(s.ctx, it.ID))
		s.same("Item and ItemsByID", it, one)
		versions := must[[]federation.Version](s, "Versions")(s.Versions(s.ctx, it.ID))
		for _, v := range append(versions, federation.Version{Item: one}) {
			if v.Item.Member != slug || !strings.Contains(v.Item.Title, "canary of "+slug+".") && v.Item.Title != "Titre 2" {
				s.Errorf("an item of %s is %q of %q", slug, v.Item.Title, v.Item.Member)
			}
		}
	}
}

func itemCannotMove(s store) {
	s.withMembers("alba", "brume")
	mine := item("alba", "1")
	s.saveItem(mine)
	forged := next(item("brume", "1"), "Pris")
	forged.ID = mine.ID
	before := s.log()
	err := s.InTx(s.ctx, func(tx federation.Tx) error { return tx.SaveItem(s.ctx, forged, day(2)) })
	s.wantErr("SaveItem(an id that another source holds)", err, federation.ErrConflict)
	s.same("Item(…) afterwards", must[federation.Item](s, "Item")(s.Item(s.ctx, mine.ID)), mine)
	s.same("Changes(…) afterwards", s.log(), before)
}

// nameInsideName: removing "a" must not touch "a-b", nor "a/x" "a/x-y".
func nameInsideName(s store) {
	s.withMembers("a", "a-b", "ba")
	s.in(func(tx federation.Tx) error {
		_, err := federation.Save(s.ctx, tx, source("a-b", "news-2"))
		return err
	})
	for _, slug := range []string{"a", "a-b", "ba"} {
		s.saveItem(item(slug, "1"))
	}
	second := item("a-b", "2")
	second.Source = "a-b/news-2"
	s.saveItem(second)
	if heads := s.heads("a-b/news"); len(heads) != 1 {
		s.Errorf("Heads(%q) has %d, want 1 without those of %q", "a-b/news", len(heads), second.Source)
	}
	s.in(func(tx federation.Tx) error { return federation.Remove[federation.Member](s.ctx, tx, "a") })
	left := []string{item("a-b", "1").ID, item("ba", "1").ID}
	slices.Sort(left)
	withSecond := append(slices.Clone(left), second.ID)
	slices.Sort(withSecond)
	s.same(`EachItem after RemoveMember("a")`, s.live(), withSecond)
	s.in(func(tx federation.Tx) error { return federation.Remove[federation.Source](s.ctx, tx, "a-b/news-2") })
	s.same(`EachItem after RemoveSource("a-b/news-2")`, s.live(), left)
}
