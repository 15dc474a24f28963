package region

import "fmt"

// succession refuses a merger with an unknown member, and a source that goes
// on for one that is still there.
func (c *checker) succession() error {
	for i, m := range c.out.Members {
		for _, old := range m.Succeeds {
			if !c.has("member", old) && !c.merged(old) {
				return c.unknown(fmt.Sprintf("$.members[%d].succeeds", i), "member", old)
			}
		}
	}
	for _, s := range c.out.Sources {
		for _, old := range s.Formerly {
			if path := c.seen["source "+old]; path != "" {
				return c.faultAt(path, "source %q is still here, although %q goes on for it; remove one of the two", old, s.Name())
			}
		}
	}
	return nil
}

// adopt moves the items of sources that others go on for, and removes those.
func (a *applier) adopt(f *File) error {
	for _, s := range f.Sources {
		for _, old := range s.Formerly {
			if _, err := a.held.Source(old); err != nil {
				continue // done before
			}
			if _, err := a.tx.AdoptItems(a.ctx, old, s.Name(), a.now); err != nil {
				return err
			}
			if err := sources.removeOne(a, old); err != nil {
				return err
			}
			a.keep["source "+old] = true // nothing is left to prune
		}
	}
	return nil
}

// retire keeps what belongs to members that were merged into one of the file:
// their items stay reachable, their sources are no longer asked.
func (a *applier) retire(f *File) error {
	for _, m := range f.Members {
		for _, old := range m.Succeeds {
			if a.keep["member "+old] {
				continue // still in the file
			}
			a.keep["member "+old] = true
			for _, s := range a.held.Sources {
				if s.Member != old || a.gone(s.Name()) {
					continue
				}
				s.Suspended = true
				if err := sources.saveOne(a, s, true); err != nil {
					return err
				}
			}
			for _, p := range a.held.Placements {
				if p.Member == old {
					a.keep["placement "+p.Slug] = true
				}
			}
		}
	}
	return nil
}
