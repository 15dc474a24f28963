package local

import (
	"log/slog"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/search"
)

// FuzzSearch indexes any text and asks for any other: nothing panics, an item
// is found by its own title, and a cursor leads to the end.
func FuzzSearch(f *testing.F) {
	for _, s := range [][3]string{
		{"L'été à l'école", "Müll & Straße", "ecole"}, {"week-end", "c.p.a.s.", "weekend mull"}, {"\xff\x00", "🎉", "é"},
		{"Weihnachtsmarkt", "markt weihnacht", "weihnachtsmrakt im dorf"}, {"東京都", "مدينة", "東"}, {"a b c", "", "c b a d"},
	} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(func(t *testing.T, title, body, query string) {
		x, err := New(slog.New(slog.DiscardHandler), "")
		if err != nil {
			t.Fatal(err)
		}
		put := func(name, title, body, lang string) federation.Item {
			return federation.Item{ID: name, Member: "m", Source: "m/s", Type: federation.News, Title: title, Language: lang,
				Content: markup.Sanitise(body, nil), Categories: []string{query}}
		}
		b := search.Batch{Put: []federation.Item{put("a", title, body, "fr"), put("b", body, title, "nl")}}
		for range 2 { // the second time replaces the first, and merges
			if err := x.Apply(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
		res, err := x.Search(t.Context(), search.Query{Select: federation.Selection{Words: title}})
		if err != nil || len(parseWords(title)) > 0 && res.Total == 0 {
			t.Errorf("Search(%q) = %d items, %v: its own title does not find it", title, res.Total, err)
		}
		q := search.Query{Select: federation.Selection{Words: query, Limit: 1}, Facets: search.Facets, Language: "nl"}
		for range 3 {
			res, err := x.Search(t.Context(), q)
			if err != nil {
				t.Fatalf("Search(%q, after %q) = %v", query, q.After, err)
			}
			if !utf8.ValidString(res.Corrected) && utf8.ValidString(query) {
				t.Errorf("Search(%q).Corrected = %q", query, res.Corrected)
			}
			if q.After = res.Next; q.After == "" {
				break
			}
		}
		if q.After != "" {
			t.Errorf("Search(%q): more pages than items", query)
		}
		if _, err := x.Suggest(t.Context(), search.Beginning{Prefix: query, Language: "fr", Offers: []string{query}, Most: 3}); err != nil {
			t.Error(err)
		}
		if _, err := x.Search(t.Context(), search.Query{After: strings.ToValidUTF8(query, "")}); err != nil && query == "" {
			t.Error(err)
		}
	})
}
