package local

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/worktest"
	"github.com/plonegov/carillon/search"
)

// BenchmarkSearch measures each kind of query on generated items. One
// operation is one query; p50 and p99 are over the queries of a kind, of which
// each is put three times and the best counts: by the clock (ms), and by the
// time that the process computed (cpu-ms), which tells more on a busy machine.
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
	took, used := make([]float64, 0, queries), make([]float64, 0, queries)
	hits := 0
	for b.Loop() {
		took, used, hits = took[:0], used[:0], 0
		for range queries {
			q := kind.query(c, r)
			best, least := time.Hour, time.Hour
			for range 3 {
				cpu, begin := worktest.CPU(b), time.Now()
				res, err := x.Search(b.Context(), q)
				best, least = min(best, time.Since(begin)), min(least, worktest.CPU(b)-cpu)
				if err != nil {
					b.Fatal(err)
				}
				hits += res.Total
			}
			took, used = append(took, float64(best)/1e6), append(used, float64(least)/1e6)
		}
	}
	report(b, took)
	slices.Sort(used)
	b.ReportMetric(used[len(used)/2], "p50-cpu-ms")
	b.ReportMetric(used[len(used)*99/100], "p99-cpu-ms")
	b.ReportMetric(float64(hits)/3/queries, "hits/query")
}

func report(b *testing.B, took []float64) {
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2], "p50-ms")
	b.ReportMetric(took[len(took)*99/100], "p99-ms")
	b.ReportMetric(0, "ns/op")
}
