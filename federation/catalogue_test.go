package federation_test

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/storetest"
)

// directory is what a catalogue reads: members, and one of each other thing.
type directory struct {
	members []federation.Member
	hub     federation.Hub
	err     error
	loads   int
}

func (d *directory) Record(ctx context.Context, kind, key string) (federation.Record, error) {
	return d.records().Record(ctx, kind, key)
}

func (d *directory) Records(ctx context.Context, kind, owner string) ([]federation.Record, error) {
	if kind == "member" {
		d.loads++
	}
	list, err := d.records().Records(ctx, kind, owner)
	return list, cmp.Or(err, d.err)
}

func (d *directory) records() storetest.Directory {
	list := storetest.Directory{federation.Source{Member: "b", Slug: "rss"}, federation.Channel{Slug: "actus"}, federation.Placement{Slug: "home"}, d.hub}
	for _, m := range d.members {
		list = append(list, m)
	}
	return list
}

func TestCatalogue(t *testing.T) {
	d := &directory{members: []federation.Member{{Slug: "a", PostalCodes: []string{"5060", "1234 AB"}}, {Slug: "b", PostalCodes: []string{"5060"}}}}
	c, err := federation.LoadCatalogue(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := c.Member("b"); err != nil || m != &c.Members[1] {
		t.Errorf("Member(b) = %v, %v", m, err)
	}
	if s, err := c.Source("b/rss"); err != nil || s.Name() != "b/rss" {
		t.Errorf("Source(b/rss) = %v, %v", s, err)
	}
	_, e1 := c.Member("x")
	_, e2 := c.Source("rss")
	_, e3 := c.Channel("x")
	_, e4 := c.Placement("x")
	for _, err := range []error{e1, e2, e3, e4} {
		if !errors.Is(err, federation.ErrNotFound) {
			t.Errorf("an unknown name = %v, want ErrNotFound", err)
		}
	}
	if _, err := c.Channel("actus"); err != nil {
		t.Errorf("Channel(actus): %v", err)
	}
	if _, err := c.Placement("home"); err != nil {
		t.Errorf("Placement(home): %v", err)
	}
	for code, want := range map[string][]string{"5060": {"a", "b"}, "1234AB": {"a"}, "1234 ab": {"a"}, "9999": nil, "": nil} {
		if got := c.Serving(code); !slices.Equal(got, want) {
			t.Errorf("Serving(%q) = %v, want %v", code, got, want)
		}
	}
}

func TestCatalogues(t *testing.T) {
	d := &directory{members: []federation.Member{{Slug: "a"}}}
	c, err := federation.NewCatalogues(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	before := c.Current()
	items := []federation.Change{{Kind: federation.ItemSaved}, {Kind: federation.ItemWithdrawn}}
	if err := c.Follow(t.Context(), items); err != nil || c.Current() != before || d.loads != 1 {
		t.Errorf("Follow of item changes = %v, %d loads, want none", err, d.loads)
	}
	d.members = append(d.members, federation.Member{Slug: "b"})
	changes := append(items, federation.Change{Kind: federation.MemberSaved}, federation.Change{Kind: federation.ChannelSaved})
	if err := c.Follow(t.Context(), changes); err != nil || d.loads != 2 || len(c.Current().Members) != 2 || len(before.Members) != 1 {
		t.Errorf("Follow of changes = %v, %d loads, members %v, before %v", err, d.loads, c.Current().Members, before.Members)
	}
	d.err = errors.New("down")
	if err := c.Refresh(t.Context()); !errors.Is(err, d.err) || len(c.Current().Members) != 2 {
		t.Errorf("Refresh of a store that is down = %v, members %v, want the old ones kept", err, c.Current().Members)
	}
	if _, err := federation.NewCatalogues(t.Context(), d); !errors.Is(err, d.err) {
		t.Errorf("NewCatalogues = %v", err)
	}
}
