package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/sqlite"
)

// region is 150 communes that publish in the proportions of the real ones,
// about 150 words an item, in words that follow Zipf's law. The n-th item is
// the same in every region: a larger one has more of them.
type region struct {
	items int
	words []string
}

const (
	communes = 150
	topics   = 40
	written  = 60_000 // words
)

func newRegion(items int) *region {
	r := &region{items: items}
	heads, cores := strings.Fields("b bl c ch d f fl g gr h l m n p pl qu r s st t tr v"), strings.Fields("a e i o u ou an en on in ai eau oi")
	random := rand.New(rand.NewPCG(1, 1))
	seen := map[string]bool{}
	for len(r.words) < written {
		var b strings.Builder
		for range 2 + random.IntN(2) {
			b.WriteString(heads[random.IntN(len(heads))] + cores[random.IntN(len(cores))])
		}
		if w := b.String(); !seen[w] {
			seen[w] = true
			r.words = append(r.words, w)
		}
	}
	return r
}

func (r *region) member(n int) string { return fmt.Sprintf("commune-%03d", n%communes) }

// word is the n-th that is asked for, of the more frequent ones.
func (r *region) word(n int) string { return r.words[100+n*7] }

// item is the i-th.
func (r *region) item(i int) federation.Item {
	random := rand.New(rand.NewPCG(uint64(i), 7))
	zipf := rand.NewZipf(random, 1.1, 12, written-1)
	text := func(words int) string {
		out := make([]string, words)
		for i := range out {
			out[i] = r.words[zipf.Uint64()]
		}
		return strings.Join(out, " ")
	}
	member := r.member(i)
	at := began.Add(-time.Duration(random.IntN(4*365*24*60)) * time.Minute)
	it := federation.Item{Member: member, Source: member + "/rss", OriginID: fmt.Sprint(i), Version: 1, Hash: fmt.Sprint(i),
		Type: federation.News, Language: []string{"fr", "fr", "fr", "nl", "de"}[random.IntN(5)], Title: text(4 + random.IntN(5)),
		URL: fmt.Sprintf("https://%s.example/%d", member, i), Content: markup.Stored("<p>"+text(min(20+int(random.ExpFloat64()*130), 2000))+"</p>", markup.Version),
		Published: at, FirstSeen: at}
	it.Summary = it.Content.Summary(200)
	for range 1 + random.IntN(2) {
		it.Categories = append(it.Categories, fmt.Sprintf("thème %d", min(random.IntN(topics), random.IntN(topics))))
	}
	switch n := random.IntN(100); {
	case n < 15:
		it.Type, it.Event = federation.EventItem, &federation.Event{Start: at.AddDate(0, 0, 14), End: at.AddDate(0, 0, 14).Add(3 * time.Hour)}
	case n < 30:
		it.Type = federation.DocumentItem
	case n < 45:
		it.Type = federation.Decision
	case n < 55:
		it.Type = federation.Service
	case n < 60:
		it.Type = federation.PlaceItem
	}
	it.ID = federation.NewItemID(it.Source, it.OriginID)
	return it
}

// fill writes the region into a new store.
func (r *region) fill(ctx context.Context, file string) error {
	store, err := sqlite.Open(ctx, slog.New(slog.DiscardHandler), file)
	if err != nil {
		return err
	}
	err = store.InTx(ctx, func(tx federation.Tx) error {
		for n := range communes {
			m := federation.Member{Slug: r.member(n), Kind: federation.KindCommune, Name: federation.Text{"fr": fmt.Sprint("Commune ", n)},
				Languages: []string{"fr"}, Location: &federation.Point{Lat: 49.6 + float64(n%15)*.12, Lon: 2.9 + float64(n/15)*.3}}
			if _, err := federation.Save(ctx, tx, m); err != nil {
				return err
			}
			if _, err := federation.Save(ctx, tx, federation.Source{Member: m.Slug, Slug: "rss", URL: "https://" + m.Slug + ".example/rss"}); err != nil {
				return err
			}
		}
		return nil
	})
	const batch = 5000
	for from := 0; from < r.items && err == nil; from += batch {
		err = store.InTx(ctx, func(tx federation.Tx) error {
			for i := from; i < min(from+batch, r.items); i++ {
				if err := tx.SaveItem(ctx, r.item(i), began); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		_ = store.Close() // the first error tells more
		return err
	}
	return store.Close()
}
