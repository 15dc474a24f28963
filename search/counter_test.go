package search_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// counting is a counter over a store, with the hub's rule.
func counting(t *testing.T, rule federation.QueryRule) (*search.Counter, federation.Store) {
	t.Helper()
	store := newStore(t)
	if err := store.InTx(t.Context(), func(tx federation.Tx) error {
		_, err := federation.Save(t.Context(), tx, federation.Hub{Zone: "Europe/Brussels", Queries: rule})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	cats, err := federation.NewCatalogues(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	return search.NewCounter(slog.New(slog.DiscardHandler), store, cats), store
}

func counts(t *testing.T, store federation.Store) []federation.QueryCount {
	t.Helper()
	list, err := store.QueriesBetween(t.Context(), "2000-01-01", "2099-12-31", 100_000)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func times(c *search.Counter, n int, a search.Asked) {
	for range n {
		c.Count(a)
	}
}

// TestCounted: what many ask on one day is kept, however it is typed; what
// fewer ask leaves no trace.
func TestCounted(t *testing.T) {
	c, store := counting(t, federation.QueryRule{})
	times(c, 4, search.Asked{Words: "Déchets  verts", Language: "fr", Found: 3})
	times(c, 3, search.Asked{Words: "dechets verts ", Language: "fr", Found: 4})
	times(c, 6, search.Asked{Words: "zwembad", Language: "nl"})
	times(c, 4, search.Asked{Words: "seltene Frage", Language: "de", Found: 1})
	times(c, 4, search.Asked{Words: "zwembad", Language: "fr"})
	c.Flush(t.Context())
	times(c, 2, search.Asked{Words: "Zwembad", Language: "nl", Found: 2})
	c.Flush(t.Context())
	got := counts(t, store)
	for i := range got {
		got[i].Day = ""
	}
	want := []federation.QueryCount{
		{Language: "nl", Key: "zwembad", Words: "Zwembad", Asked: 8, Nothing: 6, Found: 2},
		{Language: "fr", Key: "dechets verts", Words: "dechets verts", Asked: 7, Found: 4},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

// TestNotCounted: what looks like a person's own is never kept, however often
// it is asked; what only looks a little like it is.
func TestNotCounted(t *testing.T) {
	c, store := counting(t, federation.QueryRule{Never: []string{"Gazette", "saint nicolas"}})
	for _, q := range []string{
		"jean.dupont@example.org", "0470 12 34 56", "+32 71 00 45 67", "071004567", "85.07.30-033.28", "BE68 5390 0754 7034", "1-ABC-234", "1abc234",
		"rue Haute 12", "12 rue Haute 5", "Kerkstraat 7", "Hauptstraße 3b", "av. Louise 149", "Monsieur Dupont", "mevrouw Janssens", "Frau Müller", "Mrs Smith",
		"https://x.example/?id=1", "www.x.example", "<script>", "a\x00b", strings.Repeat("mot ", 9), strings.Repeat("a", 90), "", "   ", "-", "la gazette du jour", "Saint-Nicolas",
	} {
		times(c, 50, search.Asked{Words: q, Language: "fr"})
	}
	c.Flush(t.Context())
	if got := counts(t, store); len(got) > 0 {
		t.Errorf("counted, and must not be: %+v", got)
	}
	fine := []string{"bus 63a", "5060", "conseil 2026", "A4", "carte d'identité", "1er mai", "primes 2026 isolation", "rue Haute", "zwembad", "Madame", "conteneur 40 l"}
	for _, q := range fine {
		times(c, 5, search.Asked{Words: q, Language: "fr"})
	}
	c.Flush(t.Context())
	if got := counts(t, store); len(got) != len(fine) {
		t.Errorf("%d of %d counted: %+v", len(got), len(fine), got)
	}
}

func TestCountingOff(t *testing.T) {
	c, store := counting(t, federation.QueryRule{Off: true})
	times(c, 50, search.Asked{Words: "piscine", Language: "fr"})
	c.Flush(t.Context())
	if got := counts(t, store); len(got) > 0 {
		t.Errorf("counted while it is switched off: %+v", got)
	}
}

// TestCountingAFlood: a flood of different queries neither fills memory and
// store nor brings what is asked seldom into them.
func TestCountingAFlood(t *testing.T) {
	c, store := counting(t, federation.QueryRule{Least: 3})
	for n := range 300_000 {
		c.Count(search.Asked{Words: fmt.Sprintf("%c%c%c%c%c", 'a'+n%26, 'a'+n/26%26, 'a'+n/676%26, 'a'+n/17576%26, 'a'+n*7%26), Language: "fr"})
	}
	times(c, 3, search.Asked{Words: "seldom thing", Language: "fr"})
	times(c, 40, search.Asked{Words: "piscine", Language: "fr"})
	c.Flush(t.Context())
	got := counts(t, store)
	if len(got) != 1 || got[0].Key != "piscine" {
		t.Errorf("%d queries are kept after a flood, the first %+v; want the one that was asked often", len(got), got[:min(3, len(got))])
	}
}

// tidied lets the counter begin its work and end it.
func tidied(t *testing.T, c *search.Counter) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- c.Run(ctx) }()
	synctest.Wait()
	cancel()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// TestCountingDays: each day begins anew, counts of old days are forgotten,
// and what is asked on several days may be suggested.
func TestCountingDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, store := counting(t, federation.QueryRule{Months: 1})
		times(c, 4, search.Asked{Words: "piscine", Language: "fr", Found: 1})
		time.Sleep(24 * time.Hour)
		times(c, 4, search.Asked{Words: "piscine", Language: "fr", Found: 1})
		c.Flush(t.Context())
		if got := counts(t, store); len(got) > 0 {
			t.Errorf("four times on each of two days are kept: %+v", got)
		}
		for range 3 {
			time.Sleep(24 * time.Hour)
			times(c, 6, search.Asked{Words: "Piscine", Language: "fr", Found: 1})
			times(c, 9, search.Asked{Words: "piste", Language: "fr"}) // finds nothing
			times(c, 6, search.Asked{Words: "pisten", Language: "de", Found: 1})
			c.Flush(t.Context())
		}
		tidied(t, c)
		if got := c.Frequent("pis", "fr"); len(got) != 1 || got[0] != "piscine" {
			t.Errorf("Frequent(pis, fr) = %q, want piscine alone", got)
		}
		time.Sleep(70 * 24 * time.Hour)
		tidied(t, c)
		if got := counts(t, store); len(got) > 0 {
			t.Errorf("counts of old days are still there: %+v", got)
		}
	})
}
