package search

// Beginning is what was typed of a query, made ready for an engine.
type Beginning struct {
	// Prefix is the text as typed. Something after the last word, such as a
	// space, ends that word: then there are Offers alone.
	Prefix   string
	Language string   // of the reader, whose words come first; "" = none
	Members  []string // slugs: only what they publish counts; empty = all
	Offers   []string // whole queries that may be suggested if they find something
	Most     int      // completions wanted; below 1 there are none
}

// Completions are how a query may go on. The words before the last hold too:
// each of these finds an item in which all of its words stand. A word that
// shares the stem of another stands for it; function words need not stand
// anywhere and complete nothing.
type Completions struct {
	// Words are the query with its last word completed by words of titles,
	// those in the reader's language first, then those that more members use.
	// At most Most; of one member's words alone at most a [Share].
	Words []Completion
	// Offers are those of the beginning that find something, in its order.
	Offers []string
	// Items are ids of items whose titles have all the words, the last one
	// begun: those in the reader's language first, then the newest, few of each
	// member, at most twice Most.
	Items []string
}

// Completion is a whole query.
type Completion struct {
	Query  string
	Member string // slug, when nobody else has it; "" = several
	Native bool   // it stands in the reader's language
}

// Share counts out suggestions so that no member fills the list: those that it
// alone has are at most half of what is wanted, unless it alone was asked for.
type Share struct {
	each  int
	taken map[string]int
}

// NewShare is the share of each member in the answer to b.
func NewShare(b Beginning) *Share {
	each := (b.Most + 1) / 2
	if len(b.Members) == 1 {
		each = b.Most
	}
	return &Share{each: each, taken: make(map[string]int)}
}

// Take reports whether the member may have one more; "" always may.
func (s *Share) Take(member string) bool {
	if member == "" {
		return true
	}
	s.taken[member]++
	return s.taken[member] <= s.each
}

// Each is how many one member may have.
func (s *Share) Each() int { return s.each }
