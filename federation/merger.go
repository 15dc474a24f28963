package federation

import "slices"

// Family returns the slugs of the members that a selection of slug means: the
// member it is now, after mergers, and all that were merged into it, itself
// included. A municipality that was merged keeps its name in addresses and
// widgets; they show what the new one shows.
func (c *Catalogue) Family(slug string) []string {
	for range len(c.Members) { // a circle must end somewhere
		next := c.Successor(slug)
		if next == nil {
			break
		}
		slug = next.Slug
	}
	family := []string{slug}
	for i := 0; i < len(family); i++ {
		m := c.members[family[i]]
		if m == nil {
			continue
		}
		for _, old := range m.Succeeds {
			if !slices.Contains(family, old) {
				family = append(family, old)
			}
		}
	}
	return family
}

// Successor is the member that the one with the slug was merged into, nil when
// it was not.
func (c *Catalogue) Successor(slug string) *Member { return c.successors[slug] }

// Current returns the members that were not merged into another, in a list of
// the caller's own.
func (c *Catalogue) Current() []Member {
	return slices.DeleteFunc(slices.Clone(c.Members), func(m Member) bool { return c.Successor(m.Slug) != nil })
}

// Resolve makes the members of a selection those that their names mean today,
// has its categories take in every word of the topics among them, and its days
// be days of the hub's home.
func (c *Catalogue) Resolve(s Selection) Selection {
	s = s.In(c.Hub.Location())
	s.Categories = c.spellings(s.Categories)
	if len(s.Members) == 0 || len(c.successors) == 0 {
		return s
	}
	var members []string
	for _, slug := range s.Members {
		for _, m := range c.Family(slug) {
			if !slices.Contains(members, m) {
				members = append(members, m)
			}
		}
	}
	s.Members = members
	return s
}

func successors(members []Member) map[string]*Member {
	next := map[string]*Member{}
	for i := range members {
		for _, old := range members[i].Succeeds {
			if next[old] == nil && old != members[i].Slug {
				next[old] = &members[i]
			}
		}
	}
	return next
}
