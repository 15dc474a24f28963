// Package searchtest proves a search engine: [Run] takes it through every
// promise of [search.Index], on items made here.
//
// It does not measure: times are for benchmarks, and nothing here waits for a
// clock. It guarantees that it asks only for what the contract says, so that
// engines may differ in scores and in what else they find; where it wants hits
// in order, people would agree on the order.
package searchtest

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/search"
)

// Run tests an engine. newIndex returns a fresh, empty index for each case and
// sees to its closing.
func Run(t *testing.T, newIndex func(t *testing.T) search.Index) {
	cases := []struct {
		name  string
		run   func(t *testing.T, h *harness)
		needs string // the ability without which the case is left out and named; "" = every engine passes it
	}{
		{"Isolation", testIsolation, ""}, // first: one member must never get another's item
		{"Empty", testEmpty, ""},
		{"Scripts", nil, "Relevance"},
		{"Put", testPut, ""},
		{"Delete", testDelete, ""},
		{"Cursor", testCursor, ""},
		{"Reset", testReset, ""},
		{"Filters", testFilters, ""},
		{"Combinations", testCombinations, ""},
		{"Languages", testLanguages, ""},
		{"Channels", testChannels, ""},
		{"None", testNone, ""},
		{"Dates", testDates, ""},
		{"Events", testEvents, ""},
		{"Series", testSeries, ""},
		{"Distance", testDistance, ""},
		{"Antimeridian", testAntimeridian, ""},
		{"Orders", testOrders, ""},
		{"Severity", testSeverity, ""},
		{"SeverityFirst", testSeverityFirst, ""},
		{"SeverityShared", testSeverityShared, ""},
		{"SeverityInPages", testSeverityInPages, ""},
		{"Versions", testVersions, ""},
		{"VersionsInPages", testVersionsInPages, ""},
		{"Facets", testFacets, ""},
		{"FacetsChosenAtZero", testFacetsChosenAtZero, ""},
		{"FacetsMany", testFacetsMany, ""},
		{"Topics", testTopics, ""},
		{"Pages", testPages, ""},
		{"PagesWhileItemsComeIn", testPagesWhileItemsComeIn, "StablePages"},
		{"PagesTies", testPagesTies, ""},
		{"Groups", testGroups, ""},
		{"GroupsOfMembers", testGroupsOfMembers, ""},
		{"GroupsInPages", testGroupsInPages, ""},
		{"GroupsChange", testGroupsChange, ""},
		{"Precedence", testPrecedence, ""},
		{"NeverFolded", testNeverFolded, ""},
		{"BadAfter", testBadAfter, ""},
		{"Prefix", testPrefix, ""},
		{"Spellings", testSpellings, "Spellings"},
		{"CutWords", testCutWords, "Relevance"},
		{"Typos", testTypos, "Typos"},
		{"Corrected", testCorrected, "Corrections"},
		{"Corrections", testCorrections, "Corrections"},
		{"Relaxing", testRelaxing, "Relaxing"},
		{"Signs", testSigns, "Relevance"},
		{"LittleWords", testLittleWords, "Relevance"},
		{"Compounds", testCompounds, "Relevance"},
		{"Forms", testForms, "Forms"},
		{"Freshness", testFreshness, "Freshness"},
		{"Explain", testExplain, "Explain"},
		{"ExplainFactors", testExplainFactors, "Explain"},
		{"ReaderLanguage", testReaderLanguage, "ReaderLanguage"},
		{"Home", testHome, ""},
		{"HomePages", testHomePages, ""},
		{"Authority", testAuthority, "Authority"},
		{"Suggest", testSuggest, ""},
		{"SuggestFinds", testSuggestFinds, "Suggestions"},
		{"SuggestStops", testSuggestStops, "Suggestions"},
		{"SuggestOffers", testSuggestOffers, ""},
		{"SuggestMembers", testSuggestMembers, "Suggestions"},
		{"SuggestShare", testSuggestShare, "Suggestions"},
		{"SuggestItems", testSuggestItems, "Suggestions"},
		{"Nonsense", testNonsense, ""},
		{"Many", testMany, ""},
		{"ManyBatches", testManyBatches, ""},
		{"Concurrent", testConcurrent, "Snapshots"},
	}
	lacks := newIndex(t).Abilities().Lacks()
	for _, c := range cases {
		if slices.Contains(lacks, c.needs) {
			t.Logf("left out: %s; the engine has no ability %s, see search.Abilities", c.name, c.needs)
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			if c.run == nil {
				testScripts(t, newIndex)
				return
			}
			c.run(t, newHarness(t, newIndex(t)))
		})
	}
}

// harness is an index under test and the names of its items.
type harness struct {
	search.Index
	t     *testing.T
	names map[string]string // by item id
}

func newHarness(t *testing.T, x search.Index) *harness {
	return &harness{Index: x, t: t, names: make(map[string]string)}
}

// someDay is the publication date of items that are given none.
var someDay = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// item is a news item in French of one member, for a case to change.
func item(name, title, body string) federation.Item {
	return from("vallonie", name, title, body)
}

func from(member, name, title, body string) federation.Item {
	source := member + "/actualites"
	return federation.Item{
		ID: federation.NewItemID(source, name), Member: member, Source: source, OriginID: name, Version: 1,
		Type: federation.News, Title: title, Content: markup.Sanitise("<p>"+body+"</p>", nil), Language: "fr",
		Published: someDay, FirstSeen: someDay.Add(time.Hour),
	}
}

// put applies a batch of items and remembers their names.
func (h *harness) put(items ...federation.Item) {
	h.t.Helper()
	for _, it := range items {
		h.names[it.ID] = it.OriginID
	}
	h.apply(search.Batch{Put: items})
}

func (h *harness) apply(b search.Batch) {
	h.t.Helper()
	if err := h.Apply(h.t.Context(), b); err != nil {
		h.t.Fatalf("Apply(%d items, %d ids) = %v", len(b.Put), len(b.Delete), err)
	}
}

// query reads a selection; words may hold what ParseSelection trims.
func (h *harness) query(selection string) search.Query {
	h.t.Helper()
	s, err := federation.ParseSelection(selection)
	if err != nil {
		h.t.Fatalf("ParseSelection(%q): %v", selection, err)
	}
	return search.Query{Select: s}
}

func (h *harness) find(q search.Query) search.Result {
	h.t.Helper()
	res, err := h.Search(context.WithoutCancel(h.t.Context()), q)
	if err != nil {
		h.t.Fatalf("Search(%q) = %v", q.Select, err)
	}
	return res
}

// listed are the names of hits, in their order.
func (h *harness) listed(res search.Result) []string {
	out := []string{}
	for _, hit := range res.Hits {
		name, ok := h.names[hit.ID]
		if !ok {
			name = "unknown " + hit.ID
		}
		out = append(out, name)
	}
	return out
}

// want checks the hits of a selection and their order.
func (h *harness) want(selection string, names ...string) {
	h.t.Helper()
	h.wantQuery(h.query(selection), names...)
}

func (h *harness) wantQuery(q search.Query, names ...string) {
	h.t.Helper()
	res := h.find(q)
	if diff := cmp.Diff(append([]string{}, names...), h.listed(res)); diff != "" {
		h.t.Errorf("Search(%q) hits (-want +got):\n%s", q.Select, diff)
	}
	if res.Total != len(names) {
		h.t.Errorf("Search(%q).Total = %d, want %d", q.Select, res.Total, len(names))
	}
}

// wantSet checks the hits of a selection, in any order.
func (h *harness) wantSet(selection string, names ...string) {
	h.t.Helper()
	h.wantQuerySet(h.query(selection), names...)
}

func (h *harness) wantQuerySet(q search.Query, names ...string) {
	h.t.Helper()
	res := h.find(q)
	got, names := h.listed(res), append([]string{}, names...)
	slices.Sort(got)
	slices.Sort(names)
	if diff := cmp.Diff(names, got); diff != "" {
		h.t.Errorf("Search(%q) hits in any order (-want +got):\n%s", q.Select, diff)
	}
	if res.Total != len(names) {
		h.t.Errorf("Search(%q).Total = %d, want %d", q.Select, res.Total, len(names))
	}
}

// words is a query for words alone, as they are.
func words(w string) search.Query { return search.Query{Select: federation.Selection{Words: w}} }
