package storetest

import (
	"slices"

	"github.com/plonegov/carillon/federation"
)

var removalCases = []testCase{
	{"unknown names", removeUnknown},
	{"a source goes with its items, state and task", removeSource},
	{"a source that comes back", sourceComesBack},
	{"a member goes with its sources and placements", removeMember},
	{"channel and placement", removeChannel},
}

func removeUnknown(s store) {
	for name, remove := range map[string]func(federation.Tx) error{
		"RemoveMember":    func(tx federation.Tx) error { return federation.Remove[federation.Member](s.ctx, tx, "none") },
		"RemoveSource":    func(tx federation.Tx) error { return federation.Remove[federation.Source](s.ctx, tx, "none/news") },
		"RemoveChannel":   func(tx federation.Tx) error { return federation.Remove[federation.Channel](s.ctx, tx, "none") },
		"RemovePlacement": func(tx federation.Tx) error { return federation.Remove[federation.Placement](s.ctx, tx, "none") },
	} {
		s.wantErr(name+"(unknown)", s.InTx(s.ctx, remove), federation.ErrNotFound)
	}
	s.same("Changes", s.log(), []string(nil))
}

func removeSource(s store) {
	s.withMembers("alba", "brume")
	one, two, gone, other := item("alba", "1"), item("alba", "2"), item("alba", "3"), item("brume", "1")
	for _, it := range []federation.Item{one, two, gone, other} {
		s.saveItem(it)
	}
	s.withdraw(gone.ID)
	s.in(func(tx federation.Tx) error {
		return federation.SaveState(s.ctx, tx, federation.SourceState{Source: "alba/news", Health: federation.Health{Items: 2}})
	})
	for _, key := range []string{"alba/news", "brume/news"} {
		s.putTask(federation.Task{Kind: federation.TaskHarvest, Key: key, Due: day(1)})
	}
	log := s.logged(func() {
		s.in(func(tx federation.Tx) error { return federation.Remove[federation.Source](s.ctx, tx, "alba/news") })
	})
	ids := []string{one.ID, two.ID}
	slices.Sort(ids)
	s.same("changes of RemoveSource", log, []string{"item-withdrawn " + ids[0], "item-withdrawn " + ids[1], "source-removed alba/news"})
	s.same("EachItem", s.live(), []string{other.ID})
	_, err := federation.Get[federation.Source](s.ctx, s, "alba/news")
	s.wantErr("Source(removed)", err, federation.ErrNotFound)
	_, err = federation.StateOf(s.ctx, s, "alba/news")
	s.wantErr("SourceState(removed)", err, federation.ErrNotFound)
	tasks := s.claimOf(federation.TaskHarvest, day(2), 10)
	if len(tasks) != 1 || tasks[0].Key != "brume/news" {
		s.Errorf("ClaimTasks(…) after RemoveSource = %v, want that of brume/news", tasks)
	}
}

// sourceComesBack: no state of the old one is left, and items keep their ids.
func sourceComesBack(s store) {
	s.withMembers("alba")
	it := item("alba", "1")
	s.saveItem(it)
	s.in(func(tx federation.Tx) error {
		return federation.SaveState(s.ctx, tx, federation.SourceState{Source: "alba/news", Validators: federation.Validators{ETag: `"old"`}})
	})
	s.in(func(tx federation.Tx) error { return federation.Remove[federation.Source](s.ctx, tx, "alba/news") })
	s.withMembers("alba")
	st := must[federation.SourceState](s, "SourceState")(federation.StateOf(s.ctx, s, "alba/news"))
	s.same("SourceState of a source put again", st, federation.SourceState{Source: "alba/news"})
	if h := s.heads("alba/news")[it.ID]; h.Version != 1 || h.Withdrawn.IsZero() {
		s.Errorf("Heads(…) after the source came back has %+v, want a tombstone of version 1", h)
	}
	s.saveItem(next(it, "De retour"))
	if got := must[[]federation.Version](s, "Versions")(s.Versions(s.ctx, it.ID)); len(got) != 2 {
		s.Errorf("Versions(revived) has %d, want 2", len(got))
	}
}

func removeMember(s store) {
	s.withMembers("alba", "brume")
	s.in(func(tx federation.Tx) error {
		for _, p := range []federation.Placement{placement("p1", "alba"), placement("p2", "brume")} {
			if _, err := federation.Save(s.ctx, tx, p); err != nil {
				return err
			}
		}
		return nil
	})
	it := item("alba", "1")
	s.saveItem(it)
	log := s.logged(func() {
		s.in(func(tx federation.Tx) error { return federation.Remove[federation.Member](s.ctx, tx, "alba") })
	})
	s.same("changes of RemoveMember", log, []string{"item-withdrawn " + it.ID, "source-removed alba/news", "placement-removed p1", "member-removed alba"})
	s.same("Members", must[[]federation.Member](s, "Members")(federation.All[federation.Member](s.ctx, s)), []federation.Member{member("brume")})
	s.same("Sources", must[[]federation.Source](s, "Sources")(federation.All[federation.Source](s.ctx, s)), []federation.Source{source("brume", "news")})
	s.same("Placements", must[[]federation.Placement](s, "Placements")(federation.All[federation.Placement](s.ctx, s)), []federation.Placement{placement("p2", "brume")})
	_, err := s.Item(s.ctx, it.ID)
	s.wantErr("Item(of a removed member)", err, federation.ErrGone)
}

func removeChannel(s store) {
	s.withMembers("alba")
	s.in(func(tx federation.Tx) error {
		_, err := federation.Save(s.ctx, tx, channel("actus"))
		return err
	})
	s.in(func(tx federation.Tx) error {
		_, err := federation.Save(s.ctx, tx, placement("p", "alba"))
		return err
	})
	log := s.logged(func() {
		s.in(func(tx federation.Tx) error { return federation.Remove[federation.Channel](s.ctx, tx, "actus") })
		s.in(func(tx federation.Tx) error { return federation.Remove[federation.Placement](s.ctx, tx, "p") })
	})
	s.same("changes", log, []string{"channel-removed actus", "placement-removed p"})
	_, err := federation.Get[federation.Channel](s.ctx, s, "actus")
	s.wantErr("Channel(removed)", err, federation.ErrNotFound)
	_, err = federation.Get[federation.Placement](s.ctx, s, "p")
	s.wantErr("Placement(removed)", err, federation.ErrNotFound)
}
