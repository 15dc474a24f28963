package search

import (
	"context"
	"fmt"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// Also is another item that says the same (federation.Item.Group), published
// by another source.
type Also struct {
	federation.Twin
	Member *federation.Member // never nil
}

// Also returns the others of an item's group, earliest seen first. They are a
// link, not a claim: whoever copies an item stands beside it.
func (s *Service) Also(ctx context.Context, it federation.Item) ([]Also, error) {
	one := []Found{{Item: it}}
	if err := s.addAlso(ctx, s.catalogue.Current(), one); err != nil {
		return nil, fmt.Errorf("find what is like item %q: %w", it.ID, err)
	}
	return one[0].Also, nil
}

// addAlso reads the groups of all found items at once.
func (s *Service) addAlso(ctx context.Context, cat *federation.Catalogue, found []Found) error {
	var groups []string
	for _, f := range found {
		if g := f.Group; g != "" && !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
	}
	if len(groups) == 0 {
		return nil
	}
	twins, err := s.items.Twins(ctx, groups)
	if err != nil {
		return err
	}
	for i := range found {
		for _, t := range twins {
			if t.Group != found[i].Group || t.ID == found[i].ID {
				continue
			}
			if m, err := cat.Member(t.Member); err == nil { // else removed a moment ago
				found[i].Also = append(found[i].Also, Also{Twin: t, Member: m})
			}
		}
	}
	return nil
}
