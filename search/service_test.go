package search_test

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/storetest"
	"github.com/plonegov/carillon/search"
)

// stubIndex answers every query with the same result, whatever was asked, and
// remembers what that was.
type stubIndex struct {
	search.Index
	result search.Result
	err    error
	asked  search.Query
}

func (x *stubIndex) Abilities() search.Abilities { return search.AllAbilities() }

func (x *stubIndex) Search(_ context.Context, q search.Query) (search.Result, error) {
	x.asked = q
	return x.result, x.err
}

// stubItems is a store of items.
type stubItems struct {
	federation.Items
	items map[string]federation.Item
}

func (s stubItems) ItemsByID(_ context.Context, ids []string) ([]federation.Item, error) {
	var out []federation.Item
	for _, id := range ids {
		if it, ok := s.items[id]; ok {
			out = append(out, it)
		}
	}
	return out, nil
}

// Twins are those of the stub's items that have a group.
func (s stubItems) ItemFiles(context.Context, []string) ([]federation.File, error) { return nil, nil }

func (s stubItems) Twins(_ context.Context, groups []string) ([]federation.Twin, error) {
	var out []federation.Twin
	for _, id := range slices.Sorted(maps.Keys(s.items)) {
		if it := s.items[id]; it.Group != "" && slices.Contains(groups, it.Group) {
			out = append(out, federation.Twin{ID: it.ID, Group: it.Group, Member: it.Member, Source: it.Source, URL: it.URL, Title: it.Title, Wording: it.Wording})
		}
	}
	return out, nil
}

// stubDirectory has two members, and channels of all sorts.
func stubDirectory() storetest.Directory {
	list := storetest.Directory{
		federation.Member{Slug: "huy", Name: federation.Text{"fr": "Huy", "nl": "Hoei"}, PostalCodes: []string{"4500"}},
		federation.Member{Slug: "namur", Name: federation.Text{"fr": "Namur", "nl": "Namen"}, PostalCodes: []string{"5000", "5100"}},
		federation.Source{Member: "huy", Slug: "rss", URL: "https://huy.example/rss"},
		federation.Source{Member: "namur", Slug: "rss", URL: "https://namur.example/rss"},
	}
	for slug, query := range map[string]string{
		"namur": "member=namur&sort=oldest&limit=7", "events": "type=event&sort=start", "near": "near=50,4&sort=distance",
		"here": "postcode=5100", "nowhere": "postcode=9999",
	} {
		sel, err := federation.ParseSelection(query)
		if err != nil {
			panic(err)
		}
		list = append(list, federation.Channel{Slug: slug, Title: federation.Text{"fr": slug}, Select: sel})
	}
	return list
}

// stage has a service over two items, one of each member, and an index that
// offers both, and one that is gone, to everybody.
func stage(t *testing.T) (*search.Service, *stubIndex) {
	t.Helper()
	catalogue, err := federation.NewCatalogues(t.Context(), stubDirectory())
	if err != nil {
		t.Fatal(err)
	}
	items := map[string]federation.Item{
		"h": {ID: "h", Member: "huy", Source: "huy/rss", Type: federation.News, Title: "Fête à Huy"},
		"n": {ID: "n", Member: "namur", Source: "namur/rss", Type: federation.News, Title: "<Fête> & foire",
			Summary: "Rien ici", Content: markup.Sanitise("<p>La grande fête de Namur</p>", nil)},
		"x": {ID: "x", Member: "removed", Source: "removed/rss", Type: federation.News, Title: "Fête"},
	}
	index := &stubIndex{result: search.Result{Total: 4, Next: "position", Forms: []string{"fete"},
		Hits: []search.Hit{{ID: "n", Distance: 2.5}, {ID: "h"}, {ID: "x"}, {ID: "withdrawn"}}}}
	return search.NewService(slog.New(slog.DiscardHandler), index, &federation.Reader{Held: stubItems{items: items}}, catalogue), index
}

func ask(t *testing.T, query string) search.Request {
	t.Helper()
	sel, err := federation.ParseSelection(query)
	if err != nil {
		t.Fatalf("ParseSelection(%q): %v", query, err)
	}
	return search.Request{Select: sel}
}

// TestSearchSecondWall has an index that offers everybody everything: nobody
// gets another member's item (DESIGN.md 8.4).
func TestSearchSecondWall(t *testing.T) {
	tests := []struct{ query, want string }{
		{"", "n h"},
		{"member=namur", "n"},
		{"member=huy", "h"},
		{"member=huy,namur", "n h"},
		{"source=huy/rss", "h"},
		{"channel=namur", "n"},
		{"channel=namur&member=huy", ""},
		{"channel=namur,events", "n"},
		{"channel=events", ""},
		{"channel=here", "n"},
		{"channel=nowhere", ""},
		{"channel=nowhere,namur", "n"},
		{"postcode=4500", "h"},
		{"postcode=9999", ""},
		{"postcode=4500&member=namur", ""},
		{"type=event", ""},
	}
	service, _ := stage(t)
	for _, test := range tests {
		a, err := service.Search(t.Context(), ask(t, test.query))
		if err != nil {
			t.Errorf("Search(%q): %v", test.query, err)
			continue
		}
		var ids []string
		for _, f := range a.Items {
			ids = append(ids, f.ID)
			if f.Member.Slug != f.Item.Member || f.Origin != nil && f.Origin.Name() != f.Source {
				t.Errorf("Search(%q) gave %s the member %s and the source %v", test.query, f.ID, f.Member.Slug, f.Origin)
			}
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("Search(%q) = %q, want %q", test.query, got, test.want)
		}
	}
}

func TestSearchQuery(t *testing.T) {
	tests := []struct {
		query  string
		filter string // of Query.Select
		anyOf  []string
		none   bool
	}{
		{"q=x&member=namur", "member=namur&q=x", nil, false},
		{"postcode=5100", "member=namur", nil, false},
		{"postcode=5100&member=huy", "", nil, true},
		{"postcode=9999", "", nil, true},
		{"channel=namur", "limit=7&sort=oldest", []string{"limit=7&member=namur&sort=oldest"}, false},
		{"channel=namur&limit=3&sort=newest", "limit=3&sort=newest", []string{"limit=7&member=namur&sort=oldest"}, false},
		{"channel=namur&q=x", "limit=7&q=x", []string{"limit=7&member=namur&sort=oldest"}, false},
		{"channel=near", "", []string{"near=50,4&sort=distance"}, false},
		{"channel=events,here", "", []string{"sort=start&type=event", "member=namur"}, false},
		{"channel=nowhere", "", nil, true},
	}
	service, index := stage(t)
	for _, test := range tests {
		if _, err := service.Search(t.Context(), ask(t, test.query)); err != nil {
			t.Errorf("Search(%q): %v", test.query, err)
			continue
		}
		q := index.asked
		var anyOf []string
		for _, s := range q.AnyOf {
			anyOf = append(anyOf, s.String())
		}
		if got := q.Select.String(); !q.None && got != test.filter || !slices.Equal(anyOf, test.anyOf) || q.None != test.none {
			t.Errorf("Search(%q) asked %q of any of %q, none %t, want %q, %q, %t", test.query, got, anyOf, q.None, test.filter, test.anyOf, test.none)
		}
		if len(q.Select.Channels) > 0 || q.Select.Postcode != "" || q.Select.Cursor != "" {
			t.Errorf("Search(%q) left to the engine what it does not know: %q", test.query, q.Select)
		}
	}
}

func TestSearchErrors(t *testing.T) {
	service, index := stage(t)
	for _, query := range []string{"member=nobody", "channel=nothing", "member=namur,nobody", "channel=namur,nothing", "source=namur/nothing"} {
		if _, err := service.Search(t.Context(), ask(t, query)); !errors.Is(err, federation.ErrNotFound) {
			t.Errorf("Search(%q) = %v, want ErrNotFound", query, err)
		}
	}
	index.err = federation.ErrUnavailable
	if _, err := service.Search(t.Context(), ask(t, "q=x")); !errors.Is(err, federation.ErrUnavailable) || !strings.Contains(err.Error(), `"q=x"`) {
		t.Errorf("Search of a broken index = %v, want its error and the selection", err)
	}
}

func TestSearchCursor(t *testing.T) {
	service, index := stage(t)
	first, err := service.Search(t.Context(), ask(t, "q=fete&member=namur"))
	if err != nil || first.Next == "" {
		t.Fatalf("Search = %+v, %v, want a cursor", first, err)
	}
	if _, err := service.Search(t.Context(), ask(t, "limit=50&member=namur&q=fete&cursor="+first.Next)); err != nil || index.asked.After != "position" {
		t.Errorf("Search on from the cursor = %v, after %q", err, index.asked.After)
	}
	refused := map[string]string{
		"another member": "q=fete&member=huy&cursor=" + first.Next,
		"more members":   "q=fete&member=huy,namur&cursor=" + first.Next,
		"other words":    "q=foire&member=namur&cursor=" + first.Next,
		"another order":  "q=fete&member=namur&sort=oldest&cursor=" + first.Next,
		"garbage":        "q=fete&member=namur&cursor=garbage",
		"not base64":     "q=fete&member=namur&cursor=%21%21",
		"cut":            "q=fete&member=namur&cursor=" + first.Next[:8],
	}
	for name, query := range refused {
		var invalid *federation.InvalidError
		if _, err := service.Search(t.Context(), ask(t, query)); !errors.As(err, &invalid) || invalid.Field != "cursor" {
			t.Errorf("Search with a cursor of %s = %v, want the cursor refused", name, err)
		}
	}
	long := ask(t, "q=fete&member=namur")
	long.Select.Cursor = first.Next + strings.Repeat("A", 1000)
	if _, err := service.Search(t.Context(), long); !errors.Is(err, federation.ErrInvalid) {
		t.Errorf("Search with a cursor too long = %v, want ErrInvalid", err)
	}
	index.result.Next = ""
	if last, err := service.Search(t.Context(), ask(t, "")); err != nil || last.Next != "" {
		t.Errorf("Search of the last page = cursor %q, %v", last.Next, err)
	}
}

func TestSearchMarks(t *testing.T) {
	service, index := stage(t)
	r := ask(t, "q=fete&member=namur")
	r.Mark = true
	a, err := service.Search(t.Context(), r)
	if err != nil || len(a.Items) != 1 {
		t.Fatalf("Search = %+v, %v", a, err)
	}
	want := search.Marked{Title: "&lt;<mark>Fête</mark>&gt; &amp; foire", Summary: "La grande <mark>fête</mark> de Namur"}
	if diff := cmp.Diff(want, a.Items[0].Marked); diff != "" {
		t.Errorf("Marked (-want +got):\n%s", diff)
	}
	if a.Items[0].Distance != 2.5 {
		t.Errorf("Distance = %g, want the hit's", a.Items[0].Distance)
	}
	index.result.Forms = nil
	if a, err = service.Search(t.Context(), r); err != nil || a.Items[0].Marked != (search.Marked{Title: "&lt;Fête&gt; &amp; foire", Summary: "Rien ici"}) {
		t.Errorf("Search without forms = %+v, %v", a.Items, err)
	}
	r.Mark = false
	if a, err = service.Search(t.Context(), r); err != nil || a.Items[0].Marked != (search.Marked{}) {
		t.Errorf("Search without Mark = %+v, %v", a.Items, err)
	}
}

func TestSearchLabels(t *testing.T) {
	service, index := stage(t)
	index.result.Facets = map[search.Facet][]search.Count{
		search.ByMember:   {{Value: "namur", Count: 2}, {Value: "removed", Count: 1}},
		search.ByCategory: {{Value: "Vie communale", Count: 1}},
		search.ByType:     {{Value: "news", Count: 3}},
	}
	r := ask(t, "")
	r.Language, r.Facets = "nl", search.Facets
	a, err := service.Search(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	want := map[search.Facet][]search.LabelledCount{
		search.ByMember:   {{Count: search.Count{Value: "namur", Count: 2}, Label: "Namen"}, {Count: search.Count{Value: "removed", Count: 1}}},
		search.ByCategory: {{Count: search.Count{Value: "Vie communale", Count: 1}, Label: "Vie communale"}},
		search.ByType:     {{Count: search.Count{Value: "news", Count: 3}}},
	}
	if diff := cmp.Diff(want, a.Facets); diff != "" {
		t.Errorf("Facets (-want +got):\n%s", diff)
	}
	if got := slices.Sorted(maps.Keys(a.Facets)); len(got) != 3 || !slices.Equal(index.asked.Facets, search.Facets) {
		t.Errorf("asked for %v, got %v", index.asked.Facets, got)
	}
}
