package search

import (
	"context"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/text"
)

// Facet names a property that results are counted by.
type Facet string

// The facets of the contract.
const (
	ByMember   Facet = "member"
	ByType     Facet = "type"
	ByCategory Facet = "category"
	ByLanguage Facet = "lang"
)

// Facets lists the facets in the order they are shown.
var Facets = []Facet{ByMember, ByType, ByCategory, ByLanguage}

// Query is a selection made ready for an engine.
type Query struct {
	// Select has neither Channels, Postcode nor Cursor: the Service has
	// turned them into AnyOf, Members and After.
	Select federation.Selection
	// AnyOf are further selections of which an item must match at least one
	// (all their filters and words; their order and limit do not count).
	// Empty = no further condition.
	AnyOf []federation.Selection
	// None is true when nothing can match (a postal code nobody has).
	None bool
	// Facets to count; nil = none. Counts are disjunctive: those of a facet
	// ignore the selection's own values of that facet and honour all the rest.
	Facets []Facet
	// Uncounted is true when Result.Total is not asked for; it may then be
	// anything. Facets are counted all the same.
	Uncounted bool
	// Language of the reader; items in it rank a little higher, and of a
	// document in several languages the version in it is the hit. "" = none.
	Language string
	// Authority of the members, by slug (federation.Member.Rank): of alerts
	// that are equally grave the greater goes first, and in an order by relevance
	// it counts a little, see [AuthorityFactor]. nil = all have the same.
	Authority map[string]int
	// Home is how near each member is to the reader's own, by slug, as
	// federation.Catalogue.Home tells: in an order by relevance scores are
	// multiplied by [HomeFactor]. It shuts nothing out. nil = the reader is of
	// nowhere.
	Home map[string]federation.Nearness
	// Synonyms widen the words of the query; nil = none.
	Synonyms *text.Synonyms
	// Explain asks for Hit.Why; see [Abilities].
	Explain bool
	// After resumes behind a hit: a Result.Next of the same query.
	After string
}

// Result is what an engine found. Words of a selection are weights, not
// conditions: an item need not have all of them, items with more of what is rare
// come first, and what has little beside the best is no match and not counted.
// The words of a selection in AnyOf are conditions: all must be there. Of the matches with one [FoldKey] one is a
// hit, the same on every page of a query: the one of least [Precedence], then
// by id. Those from [Elsewhere] on are hits by themselves when no other one
// matches. Of the language versions of one document (federation.Item.Same) one
// is a hit too, in the reader's language if it matches; a facet counts the
// document once for each value.
type Result struct {
	Hits  []Hit
	Total int // of all there is to page through, exact, whatever the limit
	// Facets count every match, those that stand behind another of their group
	// too: each can be asked for by its own member.
	Facets map[Facet][]Count
	// Next resumes after the last hit; "" when there are no more.
	Next string
	// Corrected is the query with its typos put right, "" when nothing was.
	Corrected string
	// Forms are the folded word forms that matched, for highlighting.
	Forms []string
	// Estimated is that Total, Facets or the folding of groups are not exact:
	// more matches than the engine counts one by one.
	Estimated bool
	// Standby is that the search server did not answer, and the engine in the
	// process did; see [Fallback].
	Standby bool
}

// Hit is one match.
type Hit struct {
	ID       string
	Score    float64 // larger is better; comparable within one result only
	Distance float64 // km from Near; 0 without
	Why      *Why    // only where Query.Explain asks for it, the order is by relevance and the engine can tell
}

// Count is how many matches have a value. Counts come largest first, then by
// value; at most 100 of a facet. A chosen value is listed even at zero.
type Count struct {
	Value string
	Count int
}

// Batch is a change of an index, applied as one: readers see all of it or
// nothing. An id in Put replaces what was held; one in Delete is dropped.
type Batch struct {
	Put    []federation.Item
	Delete []string
	// Precedence is that of the items in Put whose [FoldKey] is not empty, by
	// id; 0 where it has none.
	Precedence map[string]Precedence
	// Topics are the words of the hub's topics, by slug, in all languages: an
	// item is found by those of its categories too.
	Topics map[string][]string
	// Files are the texts of the files attached to items in Put, by id of the
	// item, "" and absent = none.
	Files map[string]string
	// Cursor is how far the change log is contained after the batch.
	Cursor federation.Cursor
}

// Index is a search engine. All methods are safe for concurrent use; reading
// goes on while a batch is applied.
type Index interface {
	// Apply makes the batch visible and returns when it is.
	Apply(ctx context.Context, b Batch) error
	// Search returns an error wrapping federation.ErrInvalid for a bad After.
	Search(ctx context.Context, q Query) (Result, error)
	// Suggest tells how the beginning of a query may go on: only what finds an
	// item that holds all its words, function words aside. See [Completions].
	Suggest(ctx context.Context, b Beginning) (Completions, error)
	// Abilities tells what the engine does by itself.
	Abilities() Abilities
	// Cursor is that of the last batch applied; 0 for a new index.
	Cursor(ctx context.Context) (federation.Cursor, error)
	// Reset empties the index and sets its cursor to 0.
	Reset(ctx context.Context) error
	Close() error
}

// Staged is an index that can be made anew beside the one that answers.
type Staged interface {
	Index
	// Stage begins an empty index. One that an earlier process began is
	// dropped.
	Stage(ctx context.Context) (Stage, error)
}

// Stage is an index that is being made; nobody searches it.
type Stage interface {
	Apply(ctx context.Context, b Batch) error
	// Commit puts it, in one step, in the place of the one that answered.
	Commit(ctx context.Context) error
	// Abort drops it.
	Abort(ctx context.Context) error
}
