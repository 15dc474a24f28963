package search

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Service answers selections with whole items. It is what pages, feeds,
// widgets and the JSON API read from. Safe for concurrent use.
type Service struct {
	log       *slog.Logger
	index     Index
	reader    *federation.Reader
	catalogue *federation.Catalogues
	now       func() time.Time
	level     func() bool // nil = always
	synonyms  synonyms
	best      bestBets
	frequent  *Counter // nil = nobody counts
}

// NewService returns a service over an index and a reader of the store that it
// was made from.
func NewService(log *slog.Logger, index Index, reader *federation.Reader, catalogue *federation.Catalogues) *Service {
	return &Service{log: log, index: index, reader: reader, catalogue: catalogue, now: time.Now}
}

// AnswerWhile makes the service refuse with [ErrNotLevel] whenever level is
// false: an index that is being made would find nothing, and caches would keep
// that. It is to be called before the first search.
func (s *Service) AnswerWhile(level func() bool) { s.level = level }

// ErrNotLevel says that the index is being made: a matter of seconds.
var ErrNotLevel error = &federation.UnavailableError{After: 5 * time.Second,
	Reason: "The hub is reading what it holds into its search index; try again in a few seconds"}

func (s *Service) ready() error {
	if s.level != nil && !s.level() {
		return ErrNotLevel
	}
	return nil
}

// Request is a selection with what the asker wants of the answer.
type Request struct {
	Select   federation.Selection
	Language string  // of the reader: ranks, and labels facets; "" = the default
	As       string  // the member whose readers ask, where Select.As does not say; see [federation.Reader]
	Facets   []Facet // to count; nil = none
	Mark     bool    // fill Found.Marked
	List     bool    // the items alone: Answer.Total may be anything
	Best     bool    // fill Answer.Best
	Explain  bool    // fill Found.Why
}

// Answer is one page of items.
type Answer struct {
	Total int
	Items []Found // without those in Best
	// Best is what the operator puts first for these words, at most five; only
	// where Request.Best asks for it. What a filter shuts out is not among them.
	// Total and Facets count the hits, wherever they stand.
	Best      []Best
	Facets    map[Facet][]LabelledCount
	Next      string // cursor of the next page, "" at the end
	Corrected string // the query with its typos put right, "" when nothing was
	Took      time.Duration
	Estimated bool // Total and Facets are not exact
	Standby   bool // the search server did not answer; see [Fallback]
}

// Found is an item with what a page needs beside it.
type Found struct {
	federation.Item
	Member   *federation.Member     // never nil
	Origin   *federation.Source     // nil when the source was removed meanwhile
	Distance float64                // km; 0 without near
	Next     *federation.Occurrence // the date of an event that recurs which the selection is about; nil for any other item, and when all its dates are over
	Why      *Why                   // how its score came about, where that was asked for and the engine can tell
	Marked   Marked
	Also     []Also // who else published this very text, see [Service.Also]
	Similar  []Also // whose text is like it
}

// Shown is the event at the date that a list shows: the next one of a series,
// else its own. nil when the item is no event.
func (f Found) Shown() *federation.Event {
	if f.Next == nil {
		return f.Event
	}
	e := f.Event.On(*f.Next)
	return &e
}

// Marked is where the words of a query stand in an item: HTML whose only
// elements are <mark>, everything else escaped.
type Marked struct {
	Title, Summary string
	File           *MarkedFile // where a file of the item says more of what was asked than the item does; nil = none does
}

// Search returns the page of items that the selection asks for. Errors wrap
// ErrInvalid for a bad cursor and ErrNotFound for an unknown channel,
// member or source.
func (s *Service) Search(ctx context.Context, r Request) (Answer, error) {
	if err := s.ready(); err != nil {
		ReadsOf(ctx).Never()
		return Answer{}, err
	}
	begin := time.Now()
	cat := s.catalogue.Current()
	q, err := s.query(cat, r)
	if err != nil {
		return Answer{}, err
	}
	res, err := s.index.Search(ctx, q)
	if err == nil {
		err = s.ready() // it may have been emptied meanwhile
	}
	if err != nil {
		return Answer{}, fmt.Errorf("search %q: %w", r.Select, err)
	}
	hits := ids(res.Hits)
	bets := s.bestFor(cat, r, q, res.Corrected)
	items, err := s.reader.Items(ctx, slices.Concat(hits, bestIDs(bets, hits)), cmp.Or(r.Select.As, r.As))
	if err != nil {
		return Answer{}, fmt.Errorf("search %q: %w", r.Select, err)
	}
	a := Answer{Total: res.Total, Corrected: res.Corrected, Next: sealCursor(r.Select, res.Next), Estimated: res.Estimated, Standby: res.Standby}
	if r.Mark && len(res.Forms) == 0 && !s.index.Abilities().Forms {
		res.Forms = formsIn(q.Select.Words, items)
	}
	items, pinned := apart(items, hits)
	a.Items = s.found(ctx, cat, q, res, items, r.Mark)
	extra := s.joined(cat, q, res, pinned, r.Mark)
	if r.Mark {
		if err := s.markFiles(ctx, r.Select.Words, res.Forms, a.Items); err != nil {
			return Answer{}, fmt.Errorf("search %q: %w", r.Select, err)
		}
	}
	if err := s.addAlso(ctx, cat, a.Items); err != nil {
		return Answer{}, fmt.Errorf("search %q: %w", r.Select, err)
	}
	if err := s.addAlso(ctx, cat, extra); err != nil {
		return Answer{}, fmt.Errorf("search %q: %w", r.Select, err)
	}
	ReadsOf(ctx).search(cat, r, q, s.now(), a.Items, extra)
	if a.Standby {
		ReadsOf(ctx).Until(s.now().Add(standbyFor))
	}
	if a.Best, a.Items = choose(bets, q, a.Items, extra); q.After != "" {
		a.Best = nil // they stand on the first page
	}
	a.Facets = label(cat, res.Facets, r.Language)
	a.Took = time.Since(begin)
	return a, nil
}

// standbyFor is how long an answer is kept that says that the search server
// does not answer.
const standbyFor = 10 * time.Second

// query resolves what only the directory knows: channels and postal codes.
func (s *Service) query(cat *federation.Catalogue, r Request) (Query, error) {
	sel := r.Select
	if err := checkWords(sel); err != nil {
		return Query{}, err
	}
	after, err := openCursor(sel)
	if err != nil {
		return Query{}, err
	}
	q := Query{Uncounted: r.List, Explain: r.Explain, Facets: r.Facets, Language: r.Language, After: after}
	if sel.Words != "" {
		q.Synonyms = s.synonyms.of(cat.Hub)
	}
	for _, slug := range sel.Channels {
		ch, err := cat.Channel(slug)
		if err != nil {
			return Query{}, err
		}
		one, none := resolvePostcode(cat, cat.Resolve(ch.Select))
		if !none {
			q.AnyOf = append(q.AnyOf, one)
		}
		if len(sel.Channels) == 1 {
			sel = inherit(sel, ch.Select)
		}
	}
	q.None = len(sel.Channels) > 0 && len(q.AnyOf) == 0
	for _, slug := range sel.Members {
		if _, err := cat.Member(slug); err != nil {
			return Query{}, err
		}
	}
	for _, name := range sel.Sources {
		if _, err := cat.Source(name); err != nil {
			return Query{}, err
		}
	}
	sel, none := resolvePostcode(cat, cat.Resolve(sel))
	q.None = q.None || none
	sel.Channels, sel.Cursor = nil, ""
	q.Select = sel
	if by := sel.Order(); by == federation.BySeverity || by == federation.ByRelevance {
		q.Authority = cat.Ranks()
	}
	if sel.As != "" { // an unknown one is told, whatever the order
		if q.Home, err = cat.Home(sel.As); err != nil {
			return Query{}, err
		}
	}
	return q, nil
}

// inherit takes order and limit from a channel where the selection that names
// it alone leaves them open.
func inherit(sel, ch federation.Selection) federation.Selection {
	if sel.Sort == "" && sel.Words == "" {
		switch {
		case ch.Sort != "" && ch.Sort != federation.ByDistance:
			sel.Sort = ch.Sort
		case ch.Order() == federation.BySeverity && len(sel.Types) == 0:
			sel.Sort = federation.BySeverity
		}
	}
	if sel.Limit == 0 {
		sel.Limit = ch.Limit
	}
	return sel
}

// resolvePostcode turns a postal code into the members that serve it; none is
// true when that leaves nothing.
func resolvePostcode(cat *federation.Catalogue, sel federation.Selection) (_ federation.Selection, none bool) {
	if sel.Postcode == "" {
		return sel, false
	}
	serving := cat.Serving(sel.Postcode)
	if len(sel.Members) > 0 {
		serving = slices.DeleteFunc(serving, func(m string) bool { return !slices.Contains(sel.Members, m) })
	}
	sel.Members, sel.Postcode = serving, ""
	return sel, len(serving) == 0
}

// found joins hits and items. An item that is gone from the store, or that
// does not match what was asked, is dropped: the index was stale.
func (s *Service) found(ctx context.Context, cat *federation.Catalogue, q Query, res Result, items []federation.Item, mark bool) []Found {
	matching := make([]federation.Item, 0, len(items))
	for _, it := range items {
		if _, err := cat.Member(it.Member); err != nil || !q.matches(it) {
			s.log.WarnContext(ctx, "the index offered an item that does not match; dropped", "item", it.ID, "member", it.Member)
			continue
		}
		matching = append(matching, it)
	}
	return s.joined(cat, q, res, matching, mark)
}

// joined joins items with what a page needs beside them.
func (s *Service) joined(cat *federation.Catalogue, q Query, res Result, items []federation.Item, mark bool) []Found {
	hits := make(map[string]Hit, len(res.Hits))
	for _, h := range res.Hits {
		hits[h.ID] = h
	}
	marker := newMarker(res.Forms)
	defer marker.free()
	out := make([]Found, 0, len(items))
	for _, it := range items {
		m, err := cat.Member(it.Member)
		if err != nil {
			continue // removed a moment ago
		}
		f := Found{Item: it, Member: m, Distance: hits[it.ID].Distance, Why: hits[it.ID].Why}
		f.Origin, _ = cat.Source(it.Source)
		if e := it.Event; e != nil && e.Recurs() {
			if o, ok := q.Select.DateOf(*e, s.now()); ok {
				f.Next = &o
			}
		}
		if mark {
			f.Marked = marker.mark(it)
		}
		out = append(out, f)
	}
	return out
}

// matches is the second wall between members; see [federation.Selection.Match].
func (q Query) matches(it federation.Item) bool {
	return !q.None && q.Select.Match(it) && (len(q.AnyOf) == 0 ||
		slices.ContainsFunc(q.AnyOf, func(s federation.Selection) bool { return s.Match(it) }))
}

func ids(hits []Hit) []string {
	out := make([]string, len(hits))
	for i, h := range hits {
		out[i] = h.ID
	}
	return out
}
