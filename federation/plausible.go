package federation

import "time"

// clockSlack is how far a publisher's clock, or a date without a zone, may be
// ahead of ours.
const clockSlack = 24 * time.Hour

// Plausible is when a document says that it was published or changed, or the
// unknown time when that is more than a day after now: nothing is written
// later than it is read, and a date that no correction can reach would make
// every correction an older text. Dates of what a document tells of, such as
// those of an event, are another matter.
func Plausible(t, now time.Time) time.Time {
	if t.After(now.Add(clockSlack)) {
		return time.Time{}
	}
	return t
}

// DropAhead takes out the dates of the item that are not [Plausible] at now,
// and reports whether there were any.
func (i *Item) DropAhead(now time.Time) (dropped bool) {
	for _, t := range []*time.Time{&i.Published, &i.Updated} {
		if p := Plausible(*t, now); !p.Equal(*t) {
			*t, dropped = p, true
		}
	}
	return dropped
}
