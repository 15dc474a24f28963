package search

import "github.com/plonegov/carillon/federation"

// What scores are multiplied by where it is known whose reader asks. An item of
// one's own commune goes before its like from elsewhere, and behind what answers
// twice as well: "my commune, then its neighbours, then the region".
const (
	homeCounts      = 2.0
	neighbourCounts = 1.3
	regionCounts    = 1.15
)

// HomeFactor is what the score of a member's items is multiplied by.
func HomeFactor(n federation.Nearness) float64 {
	switch n {
	case federation.AtHome:
		return homeCounts
	case federation.Neighbour:
		return neighbourCounts
	case federation.RegionWide:
		return regionCounts
	}
	return 1
}

// mostAuthority is what the highest rank, 100, adds to a score: enough to part
// those that match equally well, the region from a commune by a fiftieth.
const mostAuthority = .1

// AuthorityFactor is what the score of a member's items is multiplied by, by
// its federation.Member.Rank, 0 to 100. Who has which is the operator's to say:
// nothing that a member publishes changes it.
func AuthorityFactor(rank int) float64 { return 1 + mostAuthority*float64(rank)/100 }
