package storetest

import (
	"errors"
	"time"

	"github.com/plonegov/carillon/federation"
)

var rememberCases = []testCase{
	{"aliases", aliases},
	{"pages", pages},
	{"pages go with their source", pagesGoWithSource},
	{"a page of an unknown source", pageOfUnknownSource},
	{"entries, until their source goes", entries},
	{"topics", topics},
	{"adopted items keep ids, versions and history", adopted},
	{"adopting for an unknown source", adoptedByNobody},
}

func (s store) aliases(source string) (got map[string]federation.Alias) {
	s.Helper()
	s.in(func(tx federation.Tx) (err error) {
		got, err = tx.Aliases(s.ctx, source)
		return err
	})
	return got
}

func (s store) pages(source string) (got map[string]federation.PageState) {
	s.Helper()
	s.in(func(tx federation.Tx) (err error) {
		got, err = federation.Pages(s.ctx, tx, source)
		return err
	})
	return got
}

func aliases(s store) {
	s.withMembers("alba", "brig")
	first := federation.Alias{Item: "x"}
	gone := federation.Alias{Item: "y", Gone: day(3)}
	s.in(func(tx federation.Tx) error {
		return errors.Join(
			tx.SaveAlias(s.ctx, "alba/news", "a", federation.Alias{Item: "old"}),
			tx.SaveAlias(s.ctx, "alba/news", "a", first),
			tx.SaveAlias(s.ctx, "alba/news", "b", gone),
			tx.SaveAlias(s.ctx, "brig/news", "a", gone))
	})
	s.same("Aliases(alba/news)", s.aliases("alba/news"), map[string]federation.Alias{"a": first, "b": gone})
	s.same("Aliases(brig/news)", s.aliases("brig/news"), map[string]federation.Alias{"a": gone})
	s.same("Aliases(none)", s.aliases("none/news"), map[string]federation.Alias{})
}

func pages(s store) {
	s.withMembers("alba", "brig")
	p := federation.PageState{URL: "https://a.example/1", Stamp: "2026-01-01", ETag: []byte("\"\xff\""), LastModified: []byte("x"),
		Mark: "m", Origins: []string{"1", "2"}, Read: day(1), Failures: 2, Missing: 1}
	s.in(func(tx federation.Tx) error {
		return errors.Join(
			federation.SavePage(s.ctx, tx, "alba/news", federation.PageState{URL: p.URL}),
			federation.SavePage(s.ctx, tx, "alba/news", p),
			federation.SavePage(s.ctx, tx, "brig/news", federation.PageState{URL: p.URL}))
	})
	s.same("Pages(alba/news)", s.pages("alba/news"), map[string]federation.PageState{p.URL: p})
	s.in(func(tx federation.Tx) error {
		return errors.Join(federation.RemovePage(s.ctx, tx, "alba/news", p.URL), federation.RemovePage(s.ctx, tx, "alba/news", "unknown"))
	})
	s.same("Pages(alba/news) after RemovePage", s.pages("alba/news"), map[string]federation.PageState{})
	if n := len(s.pages("brig/news")); n != 1 {
		s.Errorf("Pages(brig/news) has %d, want the one of its own", n)
	}
}

func pagesGoWithSource(s store) {
	s.withMembers("alba")
	s.in(func(tx federation.Tx) error {
		return federation.SavePage(s.ctx, tx, "alba/news", federation.PageState{URL: "https://a.example/1"})
	})
	s.in(func(tx federation.Tx) error { return federation.Remove[federation.Source](s.ctx, tx, "alba/news") })
	s.withMembers("alba")
	s.same("Pages of a source put again", s.pages("alba/news"), map[string]federation.PageState{})
}

func pageOfUnknownSource(s store) {
	err := s.InTx(s.ctx, func(tx federation.Tx) error {
		return federation.SavePage(s.ctx, tx, "none/news", federation.PageState{URL: "https://a.example/1"})
	})
	if err == nil {
		s.Error("SavePage of an unknown source succeeded")
	}
}

func topics(s store) {
	want := federation.Topic{Slug: "culture", Name: federation.Text{"fr": "Culture"}, From: []string{"Fêtes"}}
	save := func(topic federation.Topic) (changed bool) {
		s.in(func(tx federation.Tx) (err error) {
			changed, err = federation.Save(s.ctx, tx, topic)
			return err
		})
		return changed
	}
	if !save(want) || save(want) {
		s.Error("SaveTopic twice: want it to write once")
	}
	s.same("Topics()", must[[]federation.Topic](s, "Topics")(federation.All[federation.Topic](s.ctx, s)), []federation.Topic{want})
	s.in(func(tx federation.Tx) error { return federation.Remove[federation.Topic](s.ctx, tx, "culture") })
	err := s.InTx(s.ctx, func(tx federation.Tx) error { return federation.Remove[federation.Topic](s.ctx, tx, "culture") })
	if !errors.Is(err, federation.ErrNotFound) {
		s.Errorf("RemoveTopic(unknown) = %v, want ErrNotFound", err)
	}
}

func adopted(s store) {
	s.withMembers("alba", "brig")
	live, gone := item("alba", "1"), item("alba", "2")
	s.saveItem(live)
	s.saveItem(next(live, "Deuxième"))
	s.saveItem(gone)
	s.withdraw(gone.ID)
	s.in(func(tx federation.Tx) error {
		return tx.SaveAlias(s.ctx, "alba/news", "older", federation.Alias{Item: live.ID})
	})
	before := must[federation.Item](s, "Item")(s.Item(s.ctx, live.ID))
	var n int
	s.in(func(tx federation.Tx) (err error) {
		n, err = tx.AdoptItems(s.ctx, "alba/news", "brig/news", day(5))
		return err
	})
	if n != 2 {
		s.Errorf("AdoptItems = %d, want 2", n)
	}
	want := before
	want.Source, want.Member = "brig/news", "brig"
	s.same("Item(adopted)", must[federation.Item](s, "Item")(s.Item(s.ctx, live.ID)), want)
	if got := must[[]federation.Version](s, "Versions")(s.Versions(s.ctx, live.ID)); len(got) != 2 {
		s.Errorf("Versions(adopted) has %d, want 2", len(got))
	}
	s.same("Aliases(brig/news)", s.aliases("brig/news"), map[string]federation.Alias{
		live.OriginID: {Item: live.ID}, gone.OriginID: {Item: gone.ID}, "older": {Item: live.ID}})
	if h := s.heads("brig/news"); len(h) != 2 || h[gone.ID].Withdrawn.IsZero() {
		s.Errorf("Heads(brig/news) = %v, want both, one of them a tombstone", h)
	}
	s.in(func(tx federation.Tx) error { return federation.Remove[federation.Source](s.ctx, tx, "alba/news") })
	again := next(want, "Troisième")
	again.Version = 3
	s.saveItem(again)
	if it := must[federation.Item](s, "Item")(s.Item(s.ctx, live.ID)); it.Version != 3 || it.Member != "brig" {
		s.Errorf("Item after the old source went = version %d of %s, want 3 of brig", it.Version, it.Member)
	}
}

func adoptedByNobody(s store) {
	s.withMembers("alba")
	err := s.InTx(s.ctx, func(tx federation.Tx) error {
		_, err := tx.AdoptItems(s.ctx, "alba/news", "none/news", time.Now())
		return err
	})
	if !errors.Is(err, federation.ErrNotFound) {
		s.Errorf("AdoptItems for an unknown source = %v, want ErrNotFound", err)
	}
}

func entries(s store) {
	s.withMembers("alba", "brig")
	read := func(source string) map[string]string {
		s.Helper()
		return must[map[string]string](s, "Entries")(federation.Entries(s.ctx, s, source))
	}
	save := func(source string, entries map[string]string) error {
		return s.InTx(s.ctx, func(tx federation.Tx) error { return federation.SaveEntries(s.ctx, tx, source, entries) })
	}
	s.same("Entries before any", read("alba/news"), map[string]string(nil))
	want := map[string]string{"b": "2", "c": "3"}
	if err := errors.Join(save("alba/news", map[string]string{"a": "1"}), save("alba/news", want)); err != nil {
		s.Fatalf("SaveEntries: %v", err)
	}
	s.same("Entries(alba/news)", read("alba/news"), want)
	s.same("Entries(brig/news)", read("brig/news"), map[string]string(nil))
	if save("none/news", want) == nil {
		s.Error("SaveEntries of an unknown source is no error")
	}
	s.in(func(tx federation.Tx) error { return federation.Remove[federation.Source](s.ctx, tx, "alba/news") })
	s.same("Entries after RemoveSource", read("alba/news"), map[string]string(nil))
}
