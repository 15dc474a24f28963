package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/sqlite"
)

// wholeWay are the requests with a gate of their own: what each may cost the
// server, compression included, when nothing is kept for it.
var wholeWay = []struct {
	name string
	path func(r *region, n int) string
	gate time.Duration
}{
	{"word, /api/v1/search", func(r *region, n int) string { return "/api/v1/search?q=" + r.word(n) }, 2 * time.Millisecond},
	{"browse, /api/v1/search", func(r *region, n int) string { return "/api/v1/search?member=" + r.member(n) }, 2 * time.Millisecond},
	{"word, results page", func(r *region, n int) string { return "/search?q=" + r.word(n) }, 4 * time.Millisecond},
	{"browse, results page", func(r *region, n int) string { return "/search?member=" + r.member(n) }, 4 * time.Millisecond},
	{"suggestions", func(r *region, n int) string { return "/api/v1/suggest?q=" + r.word(n)[:2+n%3] }, 2 * time.Millisecond},
}

// The gates of a hub that changes.
const (
	maxUnseen    = time.Second // from storing a change to finding it
	changesOnce  = 20          // changes measured one by one
	changing     = 1000        // changes a minute beside searches
	searching    = 20          // searches a second
	searchSpan   = 10 * time.Second
	maxDisturbed = 2.0 // of the 99th percentile without changes
)

// whole measures a hub of some items over HTTP: what requests cost, how late a
// change is found, and how much changes slow down searches.
func whole(ctx context.Context, carillon string, items int, keep string, out io.Writer) error {
	if items < asked || items > 2_000_000 {
		return fmt.Errorf("-http: %d is not a number of items from %d to 2000000", items, asked)
	}
	dir, done, err := storeIn(keep, items)
	if err != nil {
		return err
	}
	defer done()
	r := newRegion(items)
	h, err := startHub(ctx, carillon, dir, func(file string) error {
		if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return r.fill(ctx, file)
	})
	if err != nil {
		return err
	}
	defer h.stop()
	if err := h.ready(ctx); err != nil {
		return err
	}
	time.Sleep(3 * time.Second) // until it is at rest
	missed := 0
	say := func(ok bool, format string, args ...any) {
		if !ok {
			missed++
			format += "  MISSED"
		}
		fmt.Fprintf(out, format+"\n", args...)
	}
	for _, kind := range wholeWay {
		c, err := h.least(r, kind.path)
		if err != nil {
			return fmt.Errorf("%s: %w", kind.name, err)
		}
		say(c.cpu <= kind.gate, "%-24s %7.2f ms CPU (gate %.0f); 99th percentile %v", kind.name, milliseconds(c.cpu), milliseconds(kind.gate), c.p99.Round(10*time.Microsecond))
	}
	store, err := sqlite.Open(ctx, slog.New(slog.DiscardHandler), filepath.Join(dir, "carillon.db"))
	if err != nil {
		return err
	}
	err = h.whileChanging(ctx, r, store, say)
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	if missed > 0 {
		return fmt.Errorf("%d gates missed", missed)
	}
	return nil
}

// rounds are measured of everything, and the least counts: other work on the
// machine only adds to it.
const rounds = 3

// least is the least cost of a kind, in each round at addresses of its own.
func (h *hub) least(r *region, path func(r *region, n int) string) (least cost, err error) {
	for round := range rounds {
		c, err := h.cost(r, func(r *region, n int) string { return another(path(r, n), round*asked) })
		if err != nil {
			return cost{}, err
		}
		if round == 0 || c.cpu < least.cpu {
			least = c
		}
	}
	return least, nil
}

// storeIn is the folder of a store: one in keep, or a temporary one that done
// removes.
func storeIn(keep string, items int) (dir string, done func(), err error) {
	if keep == "" {
		dir, err = os.MkdirTemp("", "carillon-growth-")
		return dir, func() { _ = os.RemoveAll(dir) }, err // what is left is in the temporary folder
	}
	dir = filepath.Join(keep, fmt.Sprint(items))
	return dir, func() {}, os.MkdirAll(dir, 0o750)
}

// whileChanging measures how late changes are found, and how slow searches are
// beside them. The hub follows a store that another process writes.
func (h *hub) whileChanging(ctx context.Context, r *region, store federation.Store, say func(bool, string, ...any)) error {
	took, err := h.unseen(ctx, r, store)
	if err != nil {
		return err
	}
	slices.Sort(took)
	last := took[len(took)-1]
	say(last <= maxUnseen, "a change is found after  %v, at most %v (gate %v)", took[len(took)/2].Round(time.Millisecond), last.Round(time.Millisecond), maxUnseen)

	alone, beside, n, err := h.disturbed(ctx, r, store)
	if err != nil {
		return err
	}
	bound := max(time.Duration(maxDisturbed*float64(alone)), floor)
	say(beside <= bound, "search, 99th percentile  %v alone, %v beside %.0f changes a minute (gate %v)", alone.Round(10*time.Microsecond), beside.Round(10*time.Microsecond),
		float64(n)/rounds/searchSpan.Minutes(), bound.Round(10*time.Microsecond))
	return nil
}

// disturbed measures searches alone and beside changes in turn, and returns the
// least 99th percentile of each and how many changes there were.
func (h *hub) disturbed(ctx context.Context, r *region, store federation.Store) (alone, beside time.Duration, n int, err error) {
	for round := range rounds {
		search := func(side int) func(n int) string {
			return func(n int) string {
				return another("/api/v1/search?q="+r.word(n%asked), 2*asked*(2*round+side)+n/asked)
			}
		}
		a, _, err := paced(h.addr, search(0), searching, searchSpan)
		if err != nil {
			return 0, 0, 0, err
		}
		some, stop := context.WithCancel(ctx)
		changed := make(chan error, 1)
		go func() { changed <- change(some, r, store, &n) }()
		b, _, err := paced(h.addr, search(1), searching, searchSpan)
		stop()
		if err := errors.Join(err, <-changed); err != nil {
			return 0, 0, 0, err
		}
		if round == 0 || a < alone {
			alone = a
		}
		if round == 0 || b < beside {
			beside = b
		}
	}
	return alone, beside, n, nil
}

// unseen stores changes one after the other and asks for a word that only the
// newest has until it is found.
func (h *hub) unseen(ctx context.Context, r *region, store federation.Store) (took []time.Duration, err error) {
	c, err := dial(h.addr)
	if err != nil {
		return nil, err
	}
	defer c.conn.Close()
	find := func(word string, n int) (length int, err error) {
		path := another("/api/v1/search?limit=1&q="+word, n)
		status, length, err := c.ask(request(h.addr, path, ""))
		if err == nil && status != 200 {
			err = fmt.Errorf("GET %s = %d", path, status)
		}
		return length, err
	}
	stamp := time.Now().UnixNano()
	for i := range changesOnce {
		empty, err := find(fmt.Sprintf("zz%dp", stamp+int64(i)), 0)
		if err != nil {
			return nil, err
		}
		word := fmt.Sprintf("zz%dq", stamp+int64(i))
		if err := save(ctx, store, r, i*r.items/changesOnce, word); err != nil {
			return nil, err
		}
		const item = 200 // bytes, at least
		begin, length := time.Now(), 0
		for n := 0; length < empty+item; n++ {
			if time.Since(begin) > 10*maxUnseen {
				return nil, fmt.Errorf("%s is not found after %v", word, time.Since(begin))
			}
			time.Sleep(5 * time.Millisecond)
			if length, err = find(word, n); err != nil {
				return nil, err
			}
		}
		took = append(took, time.Since(begin))
	}
	return took, ctx.Err()
}

// change stores changes at an even pace until ctx is done, and counts them.
func change(ctx context.Context, r *region, store federation.Store, n *int) error {
	const gap = time.Minute / changing
	next := time.Now()
	for stamp := next.UnixNano(); ctx.Err() == nil; *n++ {
		if err := save(context.WithoutCancel(ctx), store, r, (*n*7919)%r.items, fmt.Sprintf("zz%dx", stamp+int64(*n))); err != nil {
			return err
		}
		next = next.Add(gap)
		time.Sleep(time.Until(next))
	}
	return nil
}

// save stores a version more of the i-th item, with a word more in its title.
func save(ctx context.Context, store federation.Store, r *region, i int, word string) error {
	was, err := store.Item(ctx, r.item(i).ID)
	if err != nil {
		return err
	}
	it := r.item(i)
	it.Title, it.Hash, it.Version = it.Title+" "+word, word, was.Version+1
	return store.InTx(ctx, func(tx federation.Tx) error { return tx.SaveItem(ctx, it, time.Now()) })
}
