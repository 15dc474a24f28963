package api

import (
	"context"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// selected is a request whose whole query is a selection.
type selected struct{ Asked }

// ItemList is a page of items.
type ItemList struct {
	Items []Item `json:"items"`
	Next  string `json:"next,omitempty" doc:"cursor of the following page; absent at the end"`
}

func (s *Server) listItems(ctx context.Context, in *selected) (ItemList, error) {
	sel, err := federation.ParseSelection(in.query)
	if err != nil {
		return ItemList{}, err
	}
	a, err := s.search.Search(ctx, search.Request{Select: sel, List: true})
	if err != nil {
		return ItemList{}, err
	}
	return ItemList{Items: s.items(ctx, a.Items), Next: a.Next}, nil
}

// items writes found items out; never nil.
func (s *Server) items(ctx context.Context, found []search.Found) []Item {
	s.titles.load(ctx)
	out := make([]Item, 0, len(found))
	for _, f := range found {
		out = append(out, s.item(f.Item, f.Member, f.Origin).at(f.Next).beside(f.Also))
	}
	return out
}

// byID is a request for one item.
type byID struct {
	Asked
	ID string `path:"id" doc:"id of the item, 26 characters"`
}

// check refuses a query, which one item has no use for.
func (in *byID) check() error {
	if _, err := in.only(); err != nil {
		return err
	}
	if !federation.ValidItemID(in.ID) {
		return federation.NotFound("item", in.ID)
	}
	return nil
}

func (s *Server) getItem(ctx context.Context, in *byID) (Item, error) {
	if err := in.check(); err != nil {
		return Item{}, err
	}
	it, err := s.reader.Item(ctx, in.ID, "")
	if err != nil {
		return Item{}, err
	}
	also, _, err := s.search.Also(ctx, it)
	if err != nil {
		return Item{}, err
	}
	s.titles.load(ctx)
	return s.named(it).at(nextDate(it, time.Now())).beside(also), nil
}

// nextDate is the next date of an event that recurs, nil of any other item.
func nextDate(it federation.Item, now time.Time) *federation.Occurrence {
	if it.Event == nil || !it.Event.Recurs() {
		return nil
	}
	o, ok := it.Event.Next(now)
	if !ok {
		return nil
	}
	return &o
}

// named is an item with the names of the current directory.
func (s *Server) named(it federation.Item) Item {
	cat := s.cats.Current()
	m, _ := cat.Member(it.Member) // removed a moment ago: named by its slug
	src, _ := cat.Source(it.Source)
	return s.item(it, m, src)
}

// VersionList is the history of an item.
type VersionList struct {
	Versions []Version `json:"versions" doc:"newest first"`
}

// Version is an item as it was after one change.
type Version struct {
	Version int       `json:"version"`
	Saved   time.Time `json:"saved" doc:"when the hub read it"`
	Item    Item      `json:"item"`
}

func (s *Server) getVersions(ctx context.Context, in *byID) (VersionList, error) {
	if err := in.check(); err != nil {
		return VersionList{}, err
	}
	versions, err := s.reader.Versions(ctx, in.ID)
	if err != nil {
		return VersionList{}, err
	}
	s.titles.load(ctx)
	out := VersionList{Versions: make([]Version, 0, len(versions))}
	for _, v := range versions {
		out.Versions = append(out.Versions, Version{Version: v.Number, Saved: v.Saved.UTC(), Item: s.named(v.Item)})
	}
	return out, nil
}
