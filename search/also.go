package search

import (
	"context"
	"fmt"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// Also is another item of a group (federation.Item.Group), published by another
// source.
type Also struct {
	federation.Twin
	Member *federation.Member // never nil
}

// Also returns what others published of an item's group, earliest seen first:
// who published this very text, and whose text is like it. The first is told
// of a member only when every word is the same; the second is a link, not a
// claim. Neither decides what is shown.
func (s *Service) Also(ctx context.Context, it federation.Item) (same, similar []Also, err error) {
	one := []Found{{Item: it}}
	if err := s.addAlso(ctx, s.catalogue.Current(), one); err != nil {
		return nil, nil, fmt.Errorf("find what is like item %q: %w", it.ID, err)
	}
	ReadsOf(ctx).also(one[0].Also)
	ReadsOf(ctx).also(one[0].Similar)
	return one[0].Also, one[0].Similar, nil
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
	twins, err := s.reader.Twins(ctx, groups)
	if err != nil {
		return err
	}
	for i := range found {
		for _, t := range twins {
			if t.Group != found[i].Group || t.ID == found[i].ID {
				continue
			}
			if m, err := cat.Member(t.Member); err == nil { // else removed a moment ago
				one := Also{Twin: t, Member: m}
				if t.Wording != 0 && t.Wording == found[i].Wording {
					found[i].Also = append(found[i].Also, one)
				} else {
					found[i].Similar = append(found[i].Similar, one)
				}
			}
		}
	}
	return nil
}
