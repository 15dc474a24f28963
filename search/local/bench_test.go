package local

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// BenchmarkSearch measures each kind of query on generated items. One
// operation is one query; p50-ms and p99-ms are over the queries of a kind, of
// which each is put three times and the best counts.
//
//	go test -run - -bench Search -benchtime 1x ./search/local
func BenchmarkSearch(b *testing.B) {
	for _, size := range []int{100_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			x := filled(b, size)
			b.Run("index", func(b *testing.B) { large.report(b) })
			for _, kind := range kinds {
				b.Run(kind.name, func(b *testing.B) { measure(b, x, kind) })
			}
			runtime.KeepAlive(x)
		})
	}
}

// BenchmarkApply is a batch of one item on a large index, merges included.
func BenchmarkApply(b *testing.B) {
	x := filled(b, 100_000)
	c := newCorpus(2)
	took := make([]float64, 0, b.N)
	for b.Loop() {
		batch := search.Batch{Put: []federation.Item{c.item(1_000_000 + len(took))}}
		begin := time.Now()
		if err := x.Apply(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
		took = append(took, float64(time.Since(begin))/1e6)
	}
	report(b, took)
	b.ReportMetric(took[len(took)-1], "max-ms")
	large = made{} // it has grown
}

// large is the index made last: benchmark functions are called several times.
var large made

type made struct {
	index      *Index
	size       int
	took       time.Duration
	heap, save int64
	load       time.Duration
}

func (m made) report(b *testing.B) {
	v := m.index.view.Load()
	b.ReportMetric(m.took.Seconds(), "build-s")
	b.ReportMetric(float64(m.heap)/float64(m.size), "heap-B/item")
	b.ReportMetric(float64(len(v.parts)), "parts")
	b.ReportMetric(float64(v.parts[0].forms.len()), "forms")
	b.ReportMetric(float64(m.save)/1e6, "snapshot-MB")
	b.ReportMetric(m.load.Seconds()*1000, "load-ms")
	b.ReportMetric(0, "ns/op")
}

// filled returns an index of generated items.
func filled(b *testing.B, size int) *Index {
	if large.size == size {
		return large.index
	}
	large = made{}
	heap := heapInUse()
	dir := b.TempDir()
	x, err := New(slog.New(slog.DiscardHandler), dir)
	if err != nil {
		b.Fatal(err)
	}
	c := newCorpus(1)
	var took time.Duration
	var first string // of three that say the same: a third of the items do
	for n := 0; n < size; {
		var batch search.Batch
		for ; n < size && len(batch.Put) < 2000; n++ {
			it := c.item(n)
			if n%9 == 0 {
				first = it.ID
			}
			if n%3 == 0 {
				it.Group, it.Wording = first, 1
			}
			batch.Put = append(batch.Put, it)
		}
		begin := time.Now()
		if err := x.Apply(context.Background(), batch); err != nil {
			b.Fatal(err)
		}
		took += time.Since(begin)
	}
	c = nil
	large = made{index: x, size: size, took: took, heap: heapInUse() - heap}
	large.save, large.load = reload(b, x)
	x.file = ""
	return x
}

// reload measures the snapshot of x.
func reload(b *testing.B, x *Index) (bytes int64, took time.Duration) {
	if err := x.write(); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(x.file)
	if err != nil {
		b.Fatal(err)
	}
	begin := time.Now()
	if _, err := readSnapshot(x.file); err != nil {
		b.Fatal(err)
	}
	return info.Size(), time.Since(begin)
}

func heapInUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func measure(b *testing.B, x *Index, kind kind) {
	const queries = 300
	r := rand.New(rand.NewPCG(7, 7))
	c := newCorpus(1)
	took := make([]float64, 0, queries)
	hits := 0
	for b.Loop() {
		took, hits = took[:0], 0
		for range queries {
			q := kind.query(c, r)
			best := time.Hour
			for range 3 {
				begin := time.Now()
				res, err := x.Search(b.Context(), q)
				best = min(best, time.Since(begin))
				if err != nil {
					b.Fatal(err)
				}
				hits += res.Total
			}
			took = append(took, float64(best)/1e6)
		}
	}
	report(b, took)
	b.ReportMetric(float64(hits)/3/queries, "hits/query")
}

func report(b *testing.B, took []float64) {
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2], "p50-ms")
	b.ReportMetric(took[len(took)*99/100], "p99-ms")
	b.ReportMetric(0, "ns/op")
}

type kind struct {
	name  string
	query func(c *corpus, r *rand.Rand) search.Query
}

var kinds = []kind{
	{"word", func(c *corpus, r *rand.Rand) search.Query { return words(c.pick(r, 0) + " ") }},
	{"words3", func(c *corpus, r *rand.Rand) search.Query {
		return words(c.pick(r, 0) + " " + c.pick(r, 0) + " " + c.pick(r, 0) + " ")
	}},
	{"prefix", func(c *corpus, r *rand.Rand) search.Query { return words(cut(c.pick(r, 5), 3+r.IntN(3))) }},
	{"letter", func(c *corpus, r *rand.Rand) search.Query { return words(cut(c.pick(r, 5), 1+r.IntN(2))) }},
	{"word-prefix", func(c *corpus, r *rand.Rand) search.Query {
		return words(c.pick(r, 0) + " " + cut(c.pick(r, 5), 3+r.IntN(3)))
	}},
	{"typo", func(c *corpus, r *rand.Rand) search.Query { return words(misspell(c.pick(r, 6), r) + " ") }},
	{"typo-prefix", func(c *corpus, r *rand.Rand) search.Query {
		return words(c.pick(r, 0) + " " + misspell(cut(c.pick(r, 8), 7), r))
	}},
	{"nonsense", func(c *corpus, r *rand.Rand) search.Query {
		return words(misspell(misspell(misspell(c.pick(r, 12), r), r), r))
	}},
	{"worst", func(c *corpus, r *rand.Rand) search.Query { // what nobody asks but a scanner
		var q []string
		for range maxWords {
			q = append(q, misspell(misspell(misspell(c.pick(r, 9)+c.pick(r, 9), r), r), r))
		}
		return words(strings.Join(q, " "))
	}},
	{"filter-facets", func(c *corpus, r *rand.Rand) search.Query {
		return faceted(filtered(words(c.pick(r, 0)+" "), r))
	}},
	{"word-facets", func(c *corpus, r *rand.Rand) search.Query { return faceted(words(c.pick(r, 0) + " ")) }},
	{"little-word-facets", func(c *corpus, r *rand.Rand) search.Query { return faceted(words(little[r.IntN(len(little))] + " ")) }},
	{"browse-type", func(c *corpus, r *rand.Rand) search.Query {
		q := faceted(search.Query{})
		q.Select.Types = []federation.ItemType{federation.ItemTypes[r.IntN(4)]}
		return q
	}},
	{"browse-all", func(c *corpus, r *rand.Rand) search.Query { return faceted(search.Query{}) }},
	{"browse-member", func(c *corpus, r *rand.Rand) search.Query {
		q := faceted(search.Query{})
		q.Select.Members = []string{fmt.Sprintf("commune-%03d", r.IntN(corpusMembers))}
		return q
	}},
	{"browse-member-type", func(c *corpus, r *rand.Rand) search.Query {
		q := faceted(search.Query{})
		q.Select.Members = []string{fmt.Sprintf("commune-%03d", r.IntN(corpusMembers))}
		q.Select.Types = []federation.ItemType{federation.ItemTypes[r.IntN(4)]}
		return q
	}},
	{"browse-type-language", func(c *corpus, r *rand.Rand) search.Query {
		q := faceted(search.Query{})
		q.Select.Types = []federation.ItemType{federation.ItemTypes[r.IntN(4)]}
		q.Select.Languages = []string{"fr"}
		return q
	}},
	{"browse-since", func(c *corpus, r *rand.Rand) search.Query {
		q := faceted(search.Query{})
		q.Select.Types = []federation.ItemType{federation.EventItem}
		q.Select.From = federation.Bound{Time: c.begin.AddDate(4, 0, -7), Day: true}
		q.Select.Sort = federation.ByStart
		return q
	}},
	{"list", func(c *corpus, r *rand.Rand) search.Query { // a feed
		q := search.Query{Uncounted: true}
		q.Select.Types = []federation.ItemType{federation.ItemTypes[r.IntN(4)]}
		q.Select.Categories = []string{fmt.Sprintf("catégorie %02d", r.IntN(corpusCategories))}
		return q
	}},
	{"newest", func(c *corpus, r *rand.Rand) search.Query {
		q := filtered(words(c.pick(r, 0)+" "), r)
		q.Select.Sort = federation.ByNewest
		return q
	}},
	{"distance", func(c *corpus, r *rand.Rand) search.Query { return near(words(c.pick(r, 0)+" "), r) }},
	{"combined", func(c *corpus, r *rand.Rand) search.Query {
		q := near(faceted(words(misspell(c.pick(r, 6), r)+" "+cut(c.pick(r, 5), 4))), r)
		q.Select.Types = []federation.ItemType{federation.News, federation.EventItem, federation.Service}
		return q
	}},
}

// pick is a word as people ask for it: frequent ones more often, of more than
// some letters.
func (c *corpus) pick(r *rand.Rand, letters int) string {
	z := rand.NewZipf(r, 1.1, 60, 20_000)
	for {
		if w := c.vocab[z.Uint64()]; len([]rune(w)) >= letters {
			return w
		}
	}
}

func cut(w string, letters int) string { return string([]rune(w)[:letters]) }

func misspell(w string, r *rand.Rand) string {
	letters := []rune(w)
	i := 1 + r.IntN(len(letters)-2)
	letters[i] = rune("kwxyz"[r.IntN(5)])
	return string(letters)
}

func words(q string) search.Query { return search.Query{Select: federation.Selection{Words: q}} }

func filtered(q search.Query, r *rand.Rand) search.Query {
	for range 1 + r.IntN(3) {
		q.Select.Members = append(q.Select.Members, fmt.Sprintf("commune-%03d", r.IntN(corpusMembers)))
	}
	q.Select.Types = []federation.ItemType{federation.News, federation.EventItem}
	return q
}

func faceted(q search.Query) search.Query {
	q.Facets = search.Facets
	return q
}

func near(q search.Query, r *rand.Rand) search.Query {
	q.Select.Near = &federation.Point{Lat: 49.8 + 1.4*r.Float64(), Lon: 3.1 + 3*r.Float64()}
	q.Select.Sort = federation.ByDistance
	return q
}
