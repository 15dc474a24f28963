// Command load measures what the hub bears as a web server: a cached fragment
// beside a bare net/http server that gives the same bytes, a page and a feed
// from the cache, fragments under a flood of pages that are not cached, and
// 40,000 distinct widget addresses. What misses a gate makes the exit code 1.
//
// With -growth it measures instead what pages, feeds, lists and searches that
// nothing keeps cost in stores of several sizes, and what the hub has resident;
// with -http what searches and suggestions cost with one number of items, how
// late a change is found, and how much 1,000 changes a minute slow searches down;
// with -beside what four kinds of query cost the embedded engine and Bleve.
//
// It builds the command from the tree it lies in, fills a store with made-up
// items, and asks over loopback alone. Each measurement is bounded in time and
// in requests. Client and hub share the machine, so that the figures are
// orders of magnitude; the gates are ratios but for the two that DESIGN.md 9
// gives as requests a second.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
)

func main() {
	var (
		carillon = flag.String("carillon", "", "the command to measure; built from this tree unless given")
		items    = flag.Int("items", 2000, "items in the store")
		span     = flag.Duration("span", 2*time.Second, "how long one measurement lasts")
		bare     = flag.String("bare", "", "serve this file on loopback until the input ends, nothing else")
	)
	sizes := flag.String("growth", "", "measure what requests cost in stores of these numbers of items, such as 100000,1000000, and nothing else")
	over := flag.Int("http", 0, "measure what searches cost over HTTP with this many items, how late a change is found and what changes cost those who search, and nothing else")
	keep := flag.String("keep", "", "with -growth and -http: keep the stores in this folder, and use those that are there")
	peer := flag.Int("beside", 0, "measure the embedded engine beside Bleve on this many items, and nothing else")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := error(nil)
	switch {
	case *bare != "":
		err = serveBare(*bare, os.Stdin, os.Stdout)
	case *peer > 0:
		err = beside(ctx, min(*peer, 1_000_000), os.Stdout)
	case *over > 0:
		err = whole(ctx, *carillon, *over, *keep, os.Stdout)
	case *sizes != "":
		err = growth(ctx, *carillon, *sizes, *keep, os.Stdout)
	default:
		err = bench(ctx, *carillon, *items, *span, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench/load:", err)
		os.Exit(1)
	}
}

// The gates of DESIGN.md 9.
const (
	minRatio   = 0.9    // of a bare server's requests a second of CPU
	minCached  = 5000.0 // requests a second
	maxSlower  = 2.0    // of the 99th percentile alone
	floor      = 2 * time.Millisecond
	distinct   = 40_000
	maxMemory  = 256 << 20
	perSecond  = 100 // fragments asked for beside the flood
	floodPages = 250 // pages a second, twice what brought the widgets to 1.4 s
)

// bench measures all and says which gates were missed.
func bench(ctx context.Context, carillon string, items int, span time.Duration, out io.Writer) error {
	dir, err := os.MkdirTemp("", "carillon-load-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left is in the temporary folder
	h, err := startHub(ctx, carillon, dir, func(file string) error { return fill(ctx, file, items) })
	if err != nil {
		return err
	}
	defer h.stop()
	missed := 0
	say := func(ok bool, format string, args ...any) {
		if !ok {
			missed++
			format += "  MISSED"
		}
		fmt.Fprintf(out, format+"\n", args...)
	}
	if err := h.measure(ctx, dir, span, say); err != nil {
		return err
	}
	if missed > 0 {
		return fmt.Errorf("%d gates missed", missed)
	}
	return nil
}

const (
	fragment = "/embed/m0-news.html"
	page     = "/channels/news-0"
	feed     = "/channels/news-0.rss"
)

func (h *hub) measure(ctx context.Context, dir string, span time.Duration, say func(bool, string, ...any)) error {
	own, bare, bodyAlone, err := h.besideBare(ctx, dir, span)
	if err != nil {
		return err
	}
	say(own >= minRatio*bare, "fragment from the cache  %6.0f requests a CPU second, %.2f of a bare net/http server's %.0f (gate %.1f); of one that sends the body without the header %.2f",
		own, own/bare, bare, minRatio, own/bodyAlone)
	for _, c := range []struct{ name, path, condition string }{{"page from the cache", page, ""}, {"feed from the cache", feed, ""}, {"page, 304", page, "*"}} {
		rate, err := closedLoop(h.addr, c.path, c.condition, span)
		if err != nil {
			return err
		}
		say(rate >= minCached, "%-25s %6.0f req/s (gate %.0f)", c.name, rate, minCached)
	}
	alone, beside, answers, err := h.underFlood(span)
	if err != nil {
		return err
	}
	bound := max(time.Duration(maxSlower*float64(alone)), floor)
	say(beside <= bound, "fragment, 99th percentile  %v alone, %v while %d pages a second are asked for (gate %v); pages answered %v", alone, beside, floodPages, bound, answers)
	if err := h.manyWidgets(distinct); err != nil {
		return err
	}
	resident, err := h.resident()
	if err != nil {
		return err
	}
	say(resident <= maxMemory, "%d distinct widgets      %6.0f MB resident (gate %d)", distinct, float64(resident)/(1<<20), maxMemory>>20)
	return nil
}

// underFlood measures fragments alone and under a flood of pages in turn and
// returns the least 99th percentile of each: other work on the machine only
// adds to them.
func (h *hub) underFlood(span time.Duration) (alone, beside time.Duration, answers map[int]int, err error) {
	answers = map[int]int{}
	for round := range 5 {
		a, _, err := paced(h.addr, always(fragment), perSecond, span)
		if err != nil {
			return 0, 0, nil, err
		}
		flood := startFlood(h.addr, round, floodPages, span+span/2)
		time.Sleep(span / 4) // until it is there
		b, _, err := paced(h.addr, always(fragment), perSecond, span)
		for status, n := range flood() {
			answers[status] += n
		}
		if err != nil {
			return 0, 0, nil, err
		}
		if round == 0 || a < alone {
			alone = a
		}
		if round == 0 || b < beside {
			beside = b
		}
	}
	return alone, beside, answers, nil
}
