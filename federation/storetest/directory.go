package storetest

import (
	"errors"

	"github.com/plonegov/carillon/federation"
)

var directoryCases = []testCase{
	{"an empty store", emptyDirectory},
	{"what is saved comes back", configRoundTrip},
	{"an unchanged save writes nothing", unchangedSave},
	{"a changed save is one change", changedSave},
	{"lists are sorted by bytes", sortedLists},
	{"a source or placement needs its member", needsMember},
	{"a value is a copy", valuesAreCopies},
	{"the hub is one record", hubRecord},
}

func emptyDirectory(s store) {
	_, err := federation.Get[federation.Member](s.ctx, s, "nobody")
	s.wantErr(`Member("nobody")`, err, federation.ErrNotFound)
	_, err = federation.Get[federation.Source](s.ctx, s, "nobody/news")
	s.wantErr(`Source("nobody/news")`, err, federation.ErrNotFound)
	_, err = federation.Get[federation.Channel](s.ctx, s, "none")
	s.wantErr(`Channel("none")`, err, federation.ErrNotFound)
	_, err = federation.Get[federation.Placement](s.ctx, s, "none")
	s.wantErr(`Placement("none")`, err, federation.ErrNotFound)
	c, err := federation.LoadCatalogue(s.ctx, s)
	if err != nil || len(c.Members)+len(c.Sources)+len(c.Channels)+len(c.Placements) != 0 {
		s.Errorf("LoadCatalogue(empty store) = %+v, %v", c, err)
	}
	if log := s.log(); len(log) != 0 {
		s.Errorf("Changes(0) = %q in an empty store", log)
	}
}

// saveAll saves one of each kind and reports which were written.
func saveAll(s store, m federation.Member, src federation.Source, c federation.Channel, p federation.Placement) (wrote [4]bool) {
	s.Helper()
	s.in(func(tx federation.Tx) error {
		var errs [4]error
		wrote[0], errs[0] = federation.Save(s.ctx, tx, m)
		wrote[1], errs[1] = federation.Save(s.ctx, tx, src)
		wrote[2], errs[2] = federation.Save(s.ctx, tx, c)
		wrote[3], errs[3] = federation.Save(s.ctx, tx, p)
		return errors.Join(errs[:]...)
	})
	return wrote
}

func configRoundTrip(s store) {
	m, src, c, p := member("alba"), source("alba", "news"), channel("actus"), placement("alba-actus", "alba")
	if wrote := saveAll(s, m, src, c, p); wrote != [4]bool{true, true, true, true} {
		s.Errorf("Save…(new) = %v, want true for each", wrote)
	}
	s.same("Member", must[federation.Member](s, "Member")(federation.Get[federation.Member](s.ctx, s, "alba")), m)
	s.same("Source", must[federation.Source](s, "Source")(federation.Get[federation.Source](s.ctx, s, "alba/news")), src)
	s.same("Channel", must[federation.Channel](s, "Channel")(federation.Get[federation.Channel](s.ctx, s, "actus")), c)
	s.same("Placement", must[federation.Placement](s, "Placement")(federation.Get[federation.Placement](s.ctx, s, "alba-actus")), p)
	s.same("Members", must[[]federation.Member](s, "Members")(federation.All[federation.Member](s.ctx, s)), []federation.Member{m})
	s.same("Sources", must[[]federation.Source](s, "Sources")(federation.All[federation.Source](s.ctx, s)), []federation.Source{src})
	s.same("Channels", must[[]federation.Channel](s, "Channels")(federation.All[federation.Channel](s.ctx, s)), []federation.Channel{c})
	s.same("Placements", must[[]federation.Placement](s, "Placements")(federation.All[federation.Placement](s.ctx, s)), []federation.Placement{p})
	s.same("Changes", s.log(), []string{"member-saved alba", "source-saved alba/news", "channel-saved actus", "placement-saved alba-actus"})
	for _, ch := range must[[]federation.Change](s, "Changes")(s.Changes(s.ctx, 0, 10)) {
		if want := map[bool]string{true: "", false: "alba"}[ch.Kind == federation.ChannelSaved]; ch.Member != want || ch.Time.IsZero() {
			s.Errorf("change %s %s has member %q, want %q, and time %v", ch.Kind, ch.Key, ch.Member, want, ch.Time)
		}
	}
}

func unchangedSave(s store) {
	m, src, c, p := member("alba"), source("alba", "news"), channel("actus"), placement("alba-actus", "alba")
	saveAll(s, m, src, c, p)
	log := s.logged(func() {
		if wrote := saveAll(s, m, src, c, p); wrote != [4]bool{} {
			s.Errorf("Save…(what is held) = %v, want false for each", wrote)
		}
	})
	s.same("changes of saving what is held", log, []string(nil))
}

func changedSave(s store) {
	m, src, c, p := member("alba"), source("alba", "news"), channel("actus"), placement("alba-actus", "alba")
	saveAll(s, m, src, c, p)
	s.withMembers("brume")
	m.Theme.Accent = "#000000"
	src.Every = 0
	c.Title = federation.Text{"fr": "Autre"}
	p.Member = "brume"
	log := s.logged(func() {
		if wrote := saveAll(s, m, src, c, p); wrote != [4]bool{true, true, true, true} {
			s.Errorf("Save…(another value) = %v, want true for each", wrote)
		}
	})
	s.same("changes", log, []string{"member-saved alba", "source-saved alba/news", "channel-saved actus", "placement-saved alba-actus"})
	s.same("Member", must[federation.Member](s, "Member")(federation.Get[federation.Member](s.ctx, s, "alba")), m)
	s.same("Source", must[federation.Source](s, "Source")(federation.Get[federation.Source](s.ctx, s, "alba/news")), src)
	s.same("Channel", must[federation.Channel](s, "Channel")(federation.Get[federation.Channel](s.ctx, s, "actus")), c)
	s.same("Placement", must[federation.Placement](s, "Placement")(federation.Get[federation.Placement](s.ctx, s, "alba-actus")), p)
}

// sortedLists: "-" sorts before "/" and digits before letters, whatever a
// locale would say; and sources by full name, not by member.
func sortedLists(s store) {
	s.withMembers("b", "a", "a-b", "a1", "10", "9", "é-is-no-slug-but-sorts-last")
	var slugs, names []string
	for _, m := range must[[]federation.Member](s, "Members")(federation.All[federation.Member](s.ctx, s)) {
		slugs = append(slugs, m.Slug)
	}
	for _, src := range must[[]federation.Source](s, "Sources")(federation.All[federation.Source](s.ctx, s)) {
		names = append(names, src.Name())
	}
	s.same("Members", slugs, []string{"10", "9", "a", "a-b", "a1", "b", "é-is-no-slug-but-sorts-last"})
	s.same("Sources", names, []string{"10/news", "9/news", "a-b/news", "a/news", "a1/news", "b/news", "é-is-no-slug-but-sorts-last/news"})
}

func needsMember(s store) {
	err := s.InTx(s.ctx, func(tx federation.Tx) error {
		_, err := federation.Save(s.ctx, tx, source("nobody", "news"))
		return err
	})
	s.wantErr("SaveSource(of an unknown member)", err, federation.ErrNotFound)
	err = s.InTx(s.ctx, func(tx federation.Tx) error {
		_, err := federation.Save(s.ctx, tx, placement("p", "nobody"))
		return err
	})
	s.wantErr("SavePlacement(of an unknown member)", err, federation.ErrNotFound)
	s.same("Changes", s.log(), []string(nil))
}

func valuesAreCopies(s store) {
	m, it := member("alba"), full("alba", "1")
	s.in(func(tx federation.Tx) error {
		_, err := federation.Save(s.ctx, tx, m)
		return errors.Join(err, tx.SaveItem(s.ctx, it, day(1)))
	})
	m.Name["fr"], m.Languages[0], it.Categories[0], it.Place.Name = "x", "x", "x", "x"
	got := must[federation.Member](s, "Member")(federation.Get[federation.Member](s.ctx, s, "alba"))
	s.same("Member after changing what was saved", got, member("alba"))
	held := must[federation.Item](s, "Item")(s.Item(s.ctx, it.ID))
	s.same("Item after changing what was saved", held, full("alba", "1"))
	got.Name["fr"], held.Categories[0], held.Event.Status = "y", "y", "y"
	s.same("Member after changing what was got", must[federation.Member](s, "Member")(federation.Get[federation.Member](s.ctx, s, "alba")), member("alba"))
	s.same("Item after changing what was got", must[federation.Item](s, "Item")(s.Item(s.ctx, it.ID)), full("alba", "1"))
}

func hubRecord(s store) {
	save := func(h federation.Hub) (wrote bool) {
		s.in(func(tx federation.Tx) (err error) {
			wrote, err = federation.Save(s.ctx, tx, h)
			return err
		})
		return wrote
	}
	s.same("Hub(never saved)", must[federation.Hub](s, "Hub")(federation.HubOf(s.ctx, s)), federation.Hub{})
	if save(federation.Hub{}) {
		s.Errorf("SaveHub(zero) = true on a store without one, want false: nothing changes")
	}
	h := federation.Hub{Name: federation.Text{"fr": "Portail", "nl": "Portaal"}, Zone: "Europe/Brussels", Languages: []string{"nl", "fr"},
		Theme: federation.Theme{Accent: "#b3123a"}, Links: federation.HubLinks{Contact: "mailto:a@b.example"}}
	if !save(h) || save(h) {
		s.Errorf("SaveHub twice = want true, then false")
	}
	s.same("Hub", must[federation.Hub](s, "Hub")(federation.HubOf(s.ctx, s)), h)
	if !save(federation.Hub{}) {
		s.Errorf("SaveHub(zero) over one = false, want true")
	}
	s.same("Hub(emptied)", must[federation.Hub](s, "Hub")(federation.HubOf(s.ctx, s)), federation.Hub{})
	s.same("Changes", s.log(), []string{"hub-saved ", "hub-saved "})
}
