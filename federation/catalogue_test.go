package federation_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// directory is a Directory in four lists; the methods a catalogue does not
// call are nil.
type directory struct {
	federation.Directory
	members []federation.Member
	err     error
	loads   int
}

func (d *directory) Members(context.Context) ([]federation.Member, error) {
	d.loads++
	return slices.Clone(d.members), d.err
}

func (d *directory) Sources(context.Context) ([]federation.Source, error) {
	return []federation.Source{{Member: "b", Slug: "rss"}}, nil
}

func (d *directory) Channels(context.Context) ([]federation.Channel, error) {
	return []federation.Channel{{Slug: "actus"}}, nil
}

func (d *directory) Hub(context.Context) (federation.Hub, error) { return federation.Hub{}, nil }

func (d *directory) Topics(context.Context) ([]federation.Topic, error) { return nil, nil }

func (d *directory) Placements(context.Context) ([]federation.Placement, error) {
	return []federation.Placement{{Slug: "home"}}, nil
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
