package local

import (
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// standing is what counts for a member, whatever its items say: its authority,
// and how near it is to the reader's own.
type standing struct {
	authority float64
	near      federation.Nearness
}

// both is what a score is multiplied by.
func (s standing) both() float64 { return s.authority * search.HomeFactor(s.near) }

// standings are those of all members, by number; nil when the query knows
// nothing of them.
func (v *view) standings(q *search.Query) []standing {
	if len(q.Authority) == 0 && len(q.Home) == 0 {
		return nil
	}
	out := make([]standing, len(v.tables[memberColumn].values))
	for n, slug := range v.tables[memberColumn].values {
		out[n] = standing{search.AuthorityFactor(q.Authority[slug]), q.Home[slug]}
	}
	return out
}

// highest is the most that a score is multiplied by; 1 of none.
func highest(list []standing) float64 {
	most := 1.
	for _, s := range list {
		most = max(most, s.both())
	}
	return most
}
