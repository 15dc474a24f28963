package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxGrowth is how many times as much a request may cost in ten times the store.
const maxGrowth = 2.0

// asked is how many requests of a kind are put, each at another address, so
// that none is answered from what is kept.
const asked = 300

// requests are the kinds of them: the address of the n-th, to which [another]
// adds what makes it one that nothing is kept for.
var requests = []struct {
	name string
	path func(r *region, n int) string
}{
	{"home page", func(*region, int) string { return "/?" }},
	{"member page", func(r *region, n int) string { return "/members/" + r.member(n) + "?" }},
	{"item page", func(r *region, n int) string { return "/items/" + r.item(n*r.items/asked).ID + "?" }},
	{"feed of a type", func(*region, int) string { return "/feed.rss?type=news&cursor=" }},
	{"feed of a member", func(r *region, n int) string { return "/feed.atom?cursor=&member=" + r.member(n) }},
	{"browse all, facets", func(*region, int) string { return "/search?" }},
	{"browse a type, facets", func(*region, int) string { return "/search?type=service" }},
	{"browse a member, facets", func(r *region, n int) string { return "/search?member=" + r.member(n) }},
	{"word, results page", func(r *region, n int) string { return "/search?q=" + r.word(n) }},
	{"word, /api/v1/search", func(r *region, n int) string { return "/api/v1/search?q=" + r.word(n) }},
	{"browse, /api/v1/search", func(r *region, n int) string { return "/api/v1/search?member=" + r.member(n) }},
}

// another is the address as nobody has asked for it yet.
func another(path string, n int) string { return path + strings.Repeat("&", n) }

// cost is what requests of a kind took.
type cost struct{ cpu, p99 time.Duration }

// growth measures hubs of several sizes, the last beside the first.
func growth(ctx context.Context, carillon, sizes, keep string, out io.Writer) error {
	first, missed := []cost(nil), 0
	for size := range strings.SplitSeq(sizes, ",") {
		items, err := strconv.Atoi(size)
		if err != nil || items < asked || items > 2_000_000 {
			return fmt.Errorf("-growth: %q is not a number of items from %d to 2000000", size, asked)
		}
		costs, err := grown(ctx, carillon, items, keep, out)
		if err != nil {
			return err
		}
		if first == nil {
			first = costs
		}
		for i, c := range costs {
			ratio, slower := float64(c.cpu)/float64(first[i].cpu), float64(c.p99)/float64(first[i].p99)
			verdict := ""
			if ratio > maxGrowth {
				verdict, missed = "  MISSED", missed+1
			}
			fmt.Fprintf(out, "%-24s %7.2f ms CPU, %.2f of the first store's (gate %.0f); 99th percentile %.2f ms, %.2f of the first store's%s\n",
				requests[i].name, milliseconds(c.cpu), ratio, maxGrowth, milliseconds(c.p99), slower, verdict)
		}
	}
	if missed > 0 {
		return fmt.Errorf("%d gates missed", missed)
	}
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// grown measures one hub.
func grown(ctx context.Context, carillon string, items int, keep string, out io.Writer) (costs []cost, err error) {
	dir, done, err := storeIn(keep, items)
	if err != nil {
		return nil, err
	}
	defer done()
	r := newRegion(items)
	begin := time.Now()
	h, err := startHub(ctx, carillon, dir, func(file string) error {
		if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
			return err
		}
		defer func() { begin = time.Now() }()
		return r.fill(ctx, file)
	})
	if err != nil {
		return nil, err
	}
	defer h.stop()
	if err := h.ready(ctx); err != nil {
		return nil, err
	}
	cpu, err := cpuOf(h.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	wall := time.Since(begin)
	peak, err := h.status("VmHWM:")
	if err != nil {
		return nil, err
	}
	time.Sleep(3 * time.Second) // until it is at rest
	rest, err := h.status("VmRSS:")
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "%d items: ready after %.1f s CPU (%v); resident %d MB at most, %d MB at rest\n", items, cpu, wall.Round(time.Second), peak>>20, rest>>20)
	for _, kind := range requests {
		c, err := h.cost(r, kind.path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", kind.name, err)
		}
		costs = append(costs, c)
	}
	if rest, err = h.status("VmRSS:"); err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "%d items: resident %d MB after the requests\n", items, rest>>20)
	return costs, nil
}

// ready waits until the hub answers searches.
func (h *hub) ready(ctx context.Context) error {
	c, err := dial(h.addr)
	if err != nil {
		return err
	}
	defer c.conn.Close()
	for ctx.Err() == nil {
		status, _, err := c.ask(request(h.addr, "/api/v1/search?limit=1", ""))
		if err != nil || status == 200 {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return ctx.Err()
}

// cost asks for the addresses of a kind one after the other.
func (h *hub) cost(r *region, path func(r *region, n int) string) (cost, error) {
	c, err := dial(h.addr)
	if err != nil {
		return cost{}, err
	}
	defer c.conn.Close()
	before, err := cpuOf(h.cmd.Process.Pid)
	if err != nil {
		return cost{}, err
	}
	var took []time.Duration
	for n := range asked {
		begin := time.Now()
		status, _, err := c.ask(request(h.addr, another(path(r, n), n), ""))
		if err != nil || status != 200 {
			return cost{}, fmt.Errorf("GET %s = %d, %w", path(r, n), status, err)
		}
		took = append(took, time.Since(begin))
	}
	after, err := cpuOf(h.cmd.Process.Pid)
	slices.Sort(took)
	return cost{time.Duration((after - before) / asked * float64(time.Second)), took[len(took)*99/100]}, err
}
