package meili_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/meili"
	"github.com/plonegov/carillon/search/meili/meilitest"
)

// The defects of meilisearch-go 0.36.3 that are not guarded by TestNoRetry and
// TestErrorsHoldNoRequest, each by what reaches the server.

// sent are the requests to a path that came in.
func sent(s *meilitest.Server, method, path string) []meilitest.Request {
	return slices.DeleteFunc(s.Requests(), func(r meilitest.Request) bool { return r.Method != method || r.Path != path })
}

// searches are the single searches of all requests, as they were sent.
func searches(t *testing.T, s *meilitest.Server) []map[string]any {
	t.Helper()
	var out []map[string]any
	for _, r := range sent(s, "POST", "/multi-search") {
		var body struct{ Queries []map[string]any }
		if err := json.Unmarshal(r.Body, &body); err != nil {
			t.Fatal(err)
		}
		out = append(out, body.Queries...)
	}
	return out
}

// TestSettingsSayFalse: the client's Settings cannot say false, nor that a list
// is empty.
func TestSettingsSayFalse(t *testing.T) {
	x, s := standIn(t)
	for _, uid := range s.Indexes() {
		if on := s.SettingOf(uid, "facetSearch"); on != false {
			t.Errorf("facetSearch of a new index is %v, want false", on)
		}
	}
	if r, err := x.Examine(t.Context()); err != nil || len(r.Differences) > 0 {
		t.Errorf("Examine() of a new index = %+v, %v, want no difference", r, err)
	}
}

// TestEverySettingIsSeen: whatever setting somebody changes is told of, those
// that this package leaves alone and one in a form that the client's Settings
// cannot read too.
func TestEverySettingIsSeen(t *testing.T) {
	typo := func(part string, value any) map[string]any {
		all := map[string]any{"enabled": true, "disableOnNumbers": true, "disableOnWords": []any{}, "disableOnAttributes": []any{},
			"minWordSizeForTypos": map[string]any{"oneTypo": 5., "twoTypos": 9.}}
		all[part] = value
		return all
	}
	for _, c := range []struct {
		setting string
		value   any
	}{
		{"searchableAttributes", []any{"title"}},
		{"searchableAttributes", []any{"*"}},
		{"displayedAttributes", []any{"*"}},
		{"filterableAttributes", []any{}},
		{"filterableAttributes", []any{map[string]any{"attributePatterns": []any{"*"}, "features": map[string]any{"facetSearch": false,
			"filter": map[string]any{"equality": true, "comparison": true}}}}},
		{"sortableAttributes", []any{"date"}},
		{"rankingRules", []any{"words", "typo"}},
		{"rankingRules", []any{}},
		{"stopWords", []any{"le"}},
		{"synonyms", map[string]any{"a": []any{"b"}}},
		{"distinctAttribute", "fold"},
		{"typoTolerance", typo("enabled", false)},
		{"typoTolerance", typo("disableOnNumbers", false)},
		{"typoTolerance", typo("disableOnWords", []any{"piscine"})},
		{"typoTolerance", typo("disableOnAttributes", []any{"body"})},
		{"typoTolerance", typo("minWordSizeForTypos", map[string]any{"oneTypo": 4., "twoTypos": 9.})},
		{"pagination", map[string]any{"maxTotalHits": 1000.}},
		{"faceting", map[string]any{"maxValuesPerFacet": 100., "sortFacetValuesBy": map[string]any{"*": "count"}}},
		{"faceting", map[string]any{"maxValuesPerFacet": 1000., "sortFacetValuesBy": map[string]any{"*": "alpha"}}},
		{"searchCutoffMs", nil},
		{"localizedAttributes", nil},
		{"facetSearch", true},
		{"prefixSearch", "disabled"},
		{"proximityPrecision", "byAttribute"},
		{"dictionary", []any{"c.p.a.s."}},
		{"separatorTokens", []any{"e"}},
		{"nonSeparatorTokens", []any{"."}},
	} {
		x, s := standIn(t)
		s.Setting("carillon", c.setting, c.value)
		r, err := x.Examine(t.Context())
		if err != nil || len(r.Differences) != 1 || !strings.HasPrefix(r.Differences[0].Setting, c.setting) {
			t.Errorf("Examine() with %s = %v: %v, %v; want one difference", c.setting, c.value, r.Differences, err)
		}
	}
}

// TestNoRequestWithoutLimit: a limit of 0 the client does not send, and the
// server would give twenty hits.
func TestNoRequestWithoutLimit(t *testing.T) {
	x, s := standIn(t)
	if err := x.Apply(t.Context(), search.Batch{Put: []federation.Item{news("a", "Piscine ouverte"), news("b", "Piscine fermée")}}); err != nil {
		t.Fatal(err)
	}
	for _, sel := range []string{"", "q=piscine", "q=piscine&member=huy", "q=rien du tout", "sort=severity"} {
		s, err := federation.ParseSelection(sel)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := x.Search(t.Context(), search.Query{Select: s, Facets: search.Facets}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := x.Suggest(t.Context(), search.Beginning{Prefix: "pis", Most: 5, Offers: []string{"piscine ouverte"}}); err != nil {
		t.Fatal(err)
	}
	all := searches(t, s)
	if len(all) < 10 {
		t.Fatalf("%d searches were sent", len(all))
	}
	counts := 0
	for _, one := range all {
		perPage, pages := one["hitsPerPage"]
		_, limit := one["limit"]
		if pages == limit {
			t.Errorf("a search says how many hits it wants %t times: %v", pages, one)
		}
		if perPage == 0. {
			counts++
		}
	}
	if counts == 0 {
		t.Error("nothing was counted without hits")
	}
}

// TestNoNameInAnAddress: the client puts the names of documents into an address
// as they are, so that "a/b?c#d" would be another one. Those of items are sent
// in bodies.
func TestNoNameInAnAddress(t *testing.T) {
	x, s := standIn(t)
	const odd = "a/b?c#d"
	it := news("a", "Avis")
	if err := x.Apply(t.Context(), search.Batch{Put: []federation.Item{it}, Delete: []string{odd, "../../keys"}, Cursor: 3}); err != nil {
		t.Fatal(err)
	}
	it.Withdrawn = it.Published
	if err := x.Apply(t.Context(), search.Batch{Put: []federation.Item{it}, Cursor: 4}); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Cursor(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := s.Documents("carillon"); n != 1 {
		t.Errorf("%d documents, want the state alone", n)
	}
	for _, r := range s.Requests() {
		_, name, ok := strings.Cut(r.Path, "/documents/")
		if ok && name != "_state" && name != "delete-batch" || strings.Contains(r.Path, "b?c") || r.Method == "DELETE" && r.Path == "/indexes/carillon/documents/a/b" {
			t.Errorf("%s %s", r.Method, r.Path)
		}
	}
}

// TestKeyWithoutEnd: the client writes the end of a key two hours off in
// summer, so the one that is made has none; one that somebody gave an end is
// not relied on.
func TestKeyWithoutEnd(t *testing.T) {
	x, s := standIn(t)
	if _, err := x.Search(t.Context(), search.Query{}); err != nil {
		t.Fatal(err)
	}
	made := sent(s, "POST", "/keys")
	if len(made) != 1 {
		t.Fatalf("%d keys were made, want one", len(made))
	}
	var key map[string]any
	if err := json.Unmarshal(made[0].Body, &key); err != nil {
		t.Fatal(err)
	}
	if end, told := key["expiresAt"]; !told || end != nil {
		t.Errorf("the key ends at %v (%t), want null, which the server wants to be told", end, told)
	}
	s.EndKeys("2027-07-01T00:00:00Z")
	other, err := meili.New(slog.New(slog.DiscardHandler), meili.Config{URL: s.URL, Key: meilitest.MasterKey})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Search(t.Context(), search.Query{}); err != nil {
		t.Fatal(err)
	}
	if n := len(sent(s, "POST", "/keys")); n != 2 {
		t.Errorf("%d keys were made, want another one beside that which ends", n)
	}
}

// TestMiddleFailure: the client's helper for many batches forgets the tasks
// before one that is refused, and the server does what stands behind a task
// that failed. Here a part that failed fails the whole, and the cursor does not
// tell that it is there.
func TestMiddleFailure(t *testing.T) {
	var many []federation.Item
	for n := range 40 {
		many = append(many, news(fmt.Sprint(n), strings.Repeat("avis ", 200)))
	}
	for name, c := range map[string]struct {
		fault meilitest.Faults
		batch search.Batch
	}{
		"deletion":    {meilitest.Faults{FailTasks: "documentDeletion"}, search.Batch{Put: many[:1], Delete: []string{many[1].ID}}},
		"first part":  {meilitest.Faults{FailTasks: "documentAdditionOrUpdate", FailOnly: 1, MaxPayload: 20_000}, search.Batch{Put: many}},
		"second part": {meilitest.Faults{FailTasks: "documentAdditionOrUpdate", FailOnly: 2, MaxPayload: 20_000}, search.Batch{Put: many}},
	} {
		t.Run(name, func(t *testing.T) {
			x, s := standIn(t)
			if err := x.Apply(t.Context(), search.Batch{Put: many[:2], Cursor: 3}); err != nil {
				t.Fatal(err)
			}
			s.Set(c.fault)
			c.batch.Cursor = 9
			if err := x.Apply(t.Context(), c.batch); !errors.Is(err, federation.ErrUnavailable) {
				t.Errorf("Apply of which a part failed = %v, want ErrUnavailable", err)
			}
			s.Set(meilitest.Faults{})
			s.Idle()
			if at, err := x.Cursor(t.Context()); at != 3 || err != nil {
				t.Errorf("Cursor() = %d, %v after a batch that failed, want that of the one before", at, err)
			}
			if err := x.Apply(t.Context(), c.batch); err != nil {
				t.Error(err)
			}
			if at, err := x.Cursor(t.Context()); at != 9 || err != nil {
				t.Errorf("Cursor() = %d, %v after the batch again, want 9", at, err)
			}
		})
	}
}
