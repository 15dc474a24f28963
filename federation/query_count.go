package federation

import (
	"context"
	"time"
)

// QueryCount is how often people searched for the same words on one day: words
// and numbers, and nothing of who asked, when, or what else. A query that was
// asked seldom is never one; see package search.
type QueryCount struct {
	Day      string // 2026-11-28, in the hub's home zone
	Language string // of the pages they were asked on; "" = by a program
	Key      string // the words folded: what makes two queries the same
	Words    string // as they are mostly typed
	Asked    int
	Nothing  int // of these, how often there was no result
	Found    int // results the last time
}

// Queries keeps counts of queries.
type Queries interface {
	// AddQueries adds Asked and Nothing to what is held for the day, language
	// and key, and takes over Words and Found.
	AddQueries(ctx context.Context, counts []QueryCount) error
	// QueriesBetween returns up to n counts of the days from first to last, both
	// included, newest day first, then those asked most, then by key.
	QueriesBetween(ctx context.Context, first, last string, n int) ([]QueryCount, error)
	// ForgetQueries drops the counts of all days before one.
	ForgetQueries(ctx context.Context, before string) error
}

// QueryRule is what the operator says of counting queries. The zero value
// counts.
type QueryRule struct {
	Off    bool     `json:"off,omitempty"`
	Least  int      `json:"least,omitempty"`  // times a day below which a query is not kept; 0 = 5, at least 3
	Months int      `json:"months,omitempty"` // that counts are kept; 0 = 13
	Never  []string `json:"never,omitempty"`  // words: no query that has one is kept or suggested
}

// DayFormat is that of a day in counts.
const DayFormat = time.DateOnly

// Threshold is how often a query must be asked on a day to be kept.
func (r QueryRule) Threshold() int {
	if r.Least == 0 {
		return 5
	}
	return r.Least
}

// Kept is how many months counts are kept.
func (r QueryRule) Kept() int {
	if r.Months == 0 {
		return 13
	}
	return r.Months
}

// Validate reports the first thing wrong with r as an [InvalidError] whose
// Field is the key below hub of the region file.
func (r QueryRule) Validate() error {
	switch {
	case r.Least != 0 && (r.Least < 3 || r.Least > 1000):
		return Invalid("queries.least", "must be 3 to 1000: what fewer ask on one day is their own affair")
	case r.Months != 0 && (r.Months < 1 || r.Months > 36):
		return Invalid("queries.months", "must be 1 to 36")
	}
	for _, w := range r.Never {
		if !hasLetter(w) {
			return Invalid("queries.never", "%q is no word", w)
		}
	}
	return nil
}
