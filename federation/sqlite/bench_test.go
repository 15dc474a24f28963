package sqlite_test

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/sqlite"
)

const batch = 20 // items of one harvest

// benchItem is about as large as an entry of a municipal feed.
func benchItem(n int) federation.Item {
	it := newItem(fmt.Sprintf("https://www.alba.example/news/%d", n))
	it.Source = fmt.Sprintf("alba/news-%d", n/batch)
	it.ID = federation.NewItemID(it.Source, it.OriginID)
	it.URL = it.OriginID
	it.Summary = strings.Repeat("La commune informe ses habitants. ", 8)
	it.Content = markup.Sanitise("<p>"+strings.Repeat("La commune informe ses <b>habitants</b> et leurs voisins. ", 20)+"</p>", &url.URL{})
	it.Published, it.Updated = time.Unix(int64(1e9+n), 0), time.Unix(int64(1e9+n), 0)
	it.Categories = []string{"vie-communale", "travaux"}
	it.Image = &federation.Image{URL: "https://www.alba.example/i.jpg", Alt: "une rue"}
	it.Provenance = federation.Provenance{SourceURL: "https://www.alba.example/rss", Fetched: time.Unix(2e9, 0), License: "CC-BY-4.0", Hash: strings.Repeat("a", 64)}
	it.Hash = strings.Repeat("b", 64)
	return it
}

func benchItems(from, n int) []federation.Item {
	items := make([]federation.Item, n)
	for i := range items {
		items[i] = benchItem(from + i)
	}
	return items
}

// filled is a store of n items.
func filled(b *testing.B, n int) *sqlite.Store {
	b.Helper()
	s := open(b, filepath.Join(b.TempDir(), "carillon.db"))
	for from := 0; from < n; from += 1000 {
		save(b, s, benchItems(from, 1000)...)
	}
	return s
}

func reportRate(b *testing.B, items int) {
	b.ReportMetric(float64(items)*float64(b.N)/b.Elapsed().Seconds(), "items/s")
}

// BenchmarkSaveItem saves 20 new items a transaction, as a harvest does.
func BenchmarkSaveItem(b *testing.B) {
	s := filled(b, 1000)
	from := 1000
	for b.Loop() {
		b.StopTimer()
		items := benchItems(from, batch)
		from += batch
		b.StartTimer()
		save(b, s, items...)
	}
	reportRate(b, batch)
}

func BenchmarkHeads(b *testing.B) {
	s := filled(b, 10000)
	for b.Loop() {
		err := s.InTx(b.Context(), func(tx federation.Tx) error {
			heads, err := tx.Heads(b.Context(), "alba/news-7")
			if len(heads) != batch {
				b.Fatalf("Heads(…) has %d, want %d", len(heads), batch)
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkItemsByID(b *testing.B) {
	s := filled(b, 10000)
	var ids []string
	for i := range batch {
		ids = append(ids, benchItem(i*499).ID)
	}
	for b.Loop() {
		items, err := s.ItemsByID(b.Context(), ids)
		if err != nil || len(items) != batch {
			b.Fatalf("ItemsByID(…) has %d, %v", len(items), err)
		}
	}
}

func BenchmarkEachItem(b *testing.B) {
	s := filled(b, 10000)
	for b.Loop() {
		n := 0
		if _, err := s.EachItem(b.Context(), federation.Part{}, func(federation.Item) error { n++; return nil }); err != nil || n != 10000 {
			b.Fatalf("EachItem(…) yields %d, %v", n, err)
		}
	}
	reportRate(b, 10000)
}
