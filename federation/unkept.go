package federation

import "maps"

// Reason says why an entry that a source lists is not on the hub as the source
// lists it. Nothing is said to be well that is not (DESIGN.md 8.13): a health
// counts every such entry.
type Reason string

// The reasons.
const (
	Expired    Reason = "expired"    // its end date has passed
	Barred     Reason = "barred"     // the operator withdrew it for good
	Older      Reason = "older"      // its text is older than the one held, which stays
	Untitled   Reason = "untitled"   // it has neither title nor text
	Unreadable Reason = "unreadable" // it could not be read, or is not for the public
	Twice      Reason = "twice"      // it is another entry over again
	Waiting    Reason = "waiting"    // it waits for the operator's word
)

// Reasons lists the reasons in the order they are told: first what somebody
// has to look into.
var Reasons = []Reason{Older, Waiting, Unreadable, Untitled, Barred, Twice, Expired}

// lost reports whether an entry that was read is not on the hub for the
// reason. What is older is there in its newer text; what could not be read was
// never counted as read.
func (r Reason) lost() bool {
	return r == Expired || r == Barred || r == Twice || r == Waiting
}

// Kept is how many of the entries in the last document read are on the hub.
func (s SourceState) Kept() int {
	n := s.Read
	for reason, count := range s.Unkept {
		if reason.lost() {
			n -= count
		}
	}
	return max(min(n, s.Listed, s.Items), 0)
}

// Ended notes that n live items came to their end between two readings, and
// that items are left. They are taken for entries of the list: rather too
// little is said to be there than too much, and the next reading counts anew.
func (s *SourceState) Ended(n, items int) {
	if n = min(n, s.Kept()); n > 0 {
		s.Unkept = withReason(s.Unkept, Expired, n)
	}
	s.Items = items
}

// withReason is m with n more; m itself stays as it is, for states are copied.
func withReason(m map[Reason]int, r Reason, n int) map[Reason]int {
	out := maps.Clone(m)
	if out == nil {
		out = map[Reason]int{}
	}
	out[r] += n
	return out
}
