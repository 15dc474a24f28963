package local

import (
	"log/slog"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// TestPrecedence has copies that are dated later, as those are that somebody
// makes to stand before the original: the one of least precedence is shown, in
// every order, also after merging and reading a snapshot.
func TestPrecedence(t *testing.T) {
	dir := t.TempDir()
	x, err := New(slog.New(slog.DiscardHandler), dir)
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	make := func(member string, days int) federation.Item {
		source := member + "/news"
		at := begin.AddDate(0, 0, days)
		return federation.Item{ID: federation.NewItemID(source, "1"), Member: member, Source: source, OriginID: "1",
			Type: federation.News, Title: "Concert au parc", Language: "fr", Published: at, FirstSeen: at}
	}
	original := make("alba", 0)
	items := []federation.Item{original}
	for i, member := range []string{"brume", "cran", "dole", "erme", "foron"} {
		items = append(items, make(member, i+1))
	}
	for i := range items {
		items[i].Group, items[i].Wording = original.ID, 1
		b := search.Batch{Put: items[i : i+1], Cursor: federation.Cursor(i), Precedence: map[string]search.Precedence{items[i].ID: search.Precedence(i + 1)}}
		if err := x.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := New(slog.New(slog.DiscardHandler), dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, index := range map[string]*Index{"filled": x, "read again": again} {
		for _, s := range []string{"", "q=concert", "sort=newest", "sort=oldest", "member=alba,cran", "limit=1"} {
			sel, err := federation.ParseSelection(s)
			if err != nil {
				t.Fatal(err)
			}
			res, err := index.Search(t.Context(), search.Query{Select: sel})
			if err != nil || res.Total != 1 || len(res.Hits) != 1 || res.Hits[0].ID != original.ID || res.Next != "" {
				t.Errorf("%s: Search(%q) = %+v, %v, want the original alone", name, s, res, err)
			}
		}
	}
}
