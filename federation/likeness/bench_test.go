package likeness_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/likeness"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/federation/sqlite"
	"github.com/plonegov/carillon/federation/worktest"
)

// BenchmarkLink tells what linking costs an item, in CPU: of all that a store
// holds, as after a first harvest. The gate is 150 µs.
func BenchmarkLink(b *testing.B) {
	for name, items := range map[string][]federation.Item{"generated": generated(), "real": realNews(b)} {
		b.Run(name, func(b *testing.B) {
			var spent time.Duration
			for b.Loop() {
				b.StopTimer()
				store := filled(b, items)
				linker := likeness.NewLinker(slog.New(slog.DiscardHandler), store)
				b.StartTimer()
				before := worktest.CPU(b)
				if err := linker.CatchUp(b.Context()); err != nil {
					b.Fatal(err)
				}
				spent += worktest.CPU(b) - before
			}
			b.ReportMetric(float64(spent.Microseconds())/float64(b.N*len(items)), "cpu-µs/item")
		})
	}
}

const members = 50

// generated are notices of 270 words, in a vocabulary so small that many stand
// beside each other in several.
func generated() (items []federation.Item) {
	vocabulary := strings.Fields(release + ` le collège annonce que la piscine rouvre dès lundi après rénovation une déviation
 sera mise en place rue du Moulin les riverains sont invités à une séance d'information mardi`)
	for i := range 5000 {
		r := rand.New(rand.NewPCG(uint64(i), 1))
		var text strings.Builder
		for range 6 {
			text.WriteString("<p>")
			for range 45 {
				text.WriteString(vocabulary[r.IntN(len(vocabulary))] + " ")
			}
			text.WriteString(`<a href="https://alba.example/dossiers/1">Lire la suite</a></p>`)
		}
		items = append(items, federation.Item{Title: fmt.Sprintf("%s à Alba, avis %d", vocabulary[r.IntN(len(vocabulary))], i), Content: content(text.String())})
	}
	return items
}

// realNews are the entries of real feeds, each as it is and as three other
// members republish it.
func realNews(b *testing.B) (items []federation.Item) {
	var files []string
	for _, folder := range []string{shareddata.Dir(b, "feeds", "real") + "/*/*", shareddata.Dir(b, "atom-municipal-news") + "/*"} {
		found, err := filepath.Glob(folder)
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			b.Fatal(err)
		}
		feed, err := gofeed.NewParser().Parse(f)
		_ = f.Close()
		if err != nil {
			continue // what is no feed is for the decoders' tests
		}
		for _, entry := range feed.Items {
			text := entry.Content
			if text == "" {
				text = entry.Description
			}
			for copied := range 4 {
				it := federation.Item{Title: entry.Title, URL: entry.Link, Content: markup.Sanitise(text, nil)}
				if copied > 0 {
					it.URL = fmt.Sprintf("https://m%d.example/%d", copied, len(items))
					it.Content = content(fmt.Sprintf("<p>Nous relayons ceci, %d.</p>%s", copied, text))
				}
				items = append(items, it)
			}
		}
	}
	return items
}

// filled is a store that holds the items, one after the other of another member.
func filled(b *testing.B, items []federation.Item) *sqlite.Store {
	b.Helper()
	store, err := sqlite.Open(b.Context(), slog.New(slog.DiscardHandler), filepath.Join(b.TempDir(), "carillon.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	seen := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	err = store.InTx(b.Context(), func(tx federation.Tx) error {
		for m := range members {
			member := fmt.Sprintf("m%d", m)
			if _, err := federation.Save(context.Background(), tx, federation.Member{Slug: member}); err != nil {
				return err
			}
			if _, err := federation.Save(context.Background(), tx, federation.Source{Member: member, Slug: "news"}); err != nil {
				return err
			}
		}
		for i, it := range items {
			it.Member, it.Type, it.OriginID, it.FirstSeen, it.Version = fmt.Sprintf("m%d", i%members), federation.News, fmt.Sprint(i), seen, 1
			it.Source = it.Member + "/news"
			it.ID = federation.NewItemID(it.Source, it.OriginID)
			it.Hash = federation.ContentHash(it)
			if err := tx.SaveItem(context.Background(), it, seen); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return store
}
