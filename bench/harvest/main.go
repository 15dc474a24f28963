// Command harvest measures what a harvest costs: 500 feeds of 20 items, read
// cold, unchanged by validator (twice), with one new item each, and unchanged
// though answered 200, with the same ETag and without validators. Each phase is one process of `carillon harvest` on
// SQLite; its CPU seconds and its peak memory are compared with the gates of
// issue 3, and a miss makes the exit code 1.
//
// It builds the command from the tree it lies in and asks nothing of the
// network: the feeds come from a second process of this program, on loopback.
// -miniflux has Miniflux read the same feeds in each phase, after the harvest;
// -whole goes on from harvested to linked and searchable. For another hub
// -serve alone publishes the feeds (docs/benchmarks.md).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"text/tabwriter"
)

func main() {
	var (
		p       publication
		o       options
		publish = flag.Bool("serve", false, "publish the feeds and read commands from standard input, nothing else")
		port    = flag.Int("port", 0, "first of the ports that -serve listens on; 0 = free ones")
		opml    = flag.String("opml", "", "file for the list of the feeds, with -serve")
	)
	flag.StringVar(&o.carillon, "carillon", "", "the command to measure; built from this tree unless given")
	flag.StringVar(&o.miniflux, "miniflux", "", "a Miniflux to run beside it, with the PostgreSQL of this machine; not run unless given (Linux)")
	flag.BoolVar(&o.whole, "whole", false, "measure last what it takes until 10,000 items are linked and searchable")
	flag.BoolVar(&o.keep, "keep", false, "keep the data folder, and say where it is")
	flag.IntVar(&p.feeds, "feeds", 500, "number of feeds")
	flag.IntVar(&p.items, "items", 20, "items a feed")
	flag.IntVar(&p.hosts, "hosts", 50, "number of hosts that the feeds lie on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := errors.New("-feeds, -items and -hosts must be 1 or more")
	switch {
	case p.feeds < 1 || p.items < 1 || p.hosts < 1:
	case *publish:
		err = serve(p, *port, *opml, os.Stdin, os.Stdout)
	default:
		err = bench(ctx, p, o, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench/harvest:", err)
		os.Exit(1)
	}
}

// options say what is measured.
type options struct {
	carillon, miniflux string // commands; "" = built from this tree, not run
	whole, keep        bool
}

// bench measures in a temporary folder.
func bench(ctx context.Context, p publication, o options, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "carillon-bench-")
	if err != nil {
		return err
	}
	if o.keep {
		fmt.Fprintln(out, "data folder:", dir)
	} else {
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	if o.carillon == "" {
		if o.carillon, err = build(ctx, dir); err != nil {
			return err
		}
	}
	missed := benchPhases(ctx, p, o, dir, out)
	if !o.whole {
		return missed
	}
	harvest, serve, err := whole(ctx, p, filepath.Join(dir, "whole"), o.carillon)
	if err != nil {
		return errors.Join(missed, fmt.Errorf("the whole way: %w", err))
	}
	fmt.Fprintf(out, "the whole way: harvest %.2f + link and index %.2f = %.2f CPU s; wall %.2f s; peak %.0f and %.0f MB\n", harvest.cpu.Seconds(), serve.cpu.Seconds(),
		(harvest.cpu + serve.cpu).Seconds(), (harvest.wall + serve.wall).Seconds(), harvest.peakMB(), serve.peakMB())
	return missed
}

// benchPhases runs the phases one after the other on one data folder.
func benchPhases(ctx context.Context, p publication, o options, dir string, out io.Writer) (err error) {
	origin, err := startOrigin(ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, origin.close()) }()
	h := hub{carillon: o.carillon, data: dir + "/data"}
	if err := h.apply(ctx, dir, p, origin.ports); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d feeds of %d items on %d hosts; SQLite, one process a phase\n", p.feeds, p.items, p.hosts)
	var theirs *miniflux
	if o.miniflux != "" {
		if theirs, err = startMiniflux(ctx, o.miniflux, p, origin.ports); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, theirs.close()) }()
		versions, err := theirs.versions(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, "theirs:", versions)
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "phase\tCPU s\tgate\ttheirs\tratio\twall s\tpeak MB\tgate\t200\t304\tnew\tunchanged\t")
	defer func() { err = errors.Join(err, table.Flush()) }()
	var missed error
	for _, ph := range phases(p) {
		got, err := ph.run(ctx, h, origin, theirs)
		if err != nil {
			return fmt.Errorf("%s: %w", ph.name, err)
		}
		beside := "-\t-"
		if theirs != nil {
			beside = fmt.Sprintf("%.2f\t%.3f", got.theirs.Seconds(), got.cpu.Seconds()/got.theirs.Seconds())
		}
		fmt.Fprintf(table, "%s\t%.2f\t≤ %.1f\t%s\t%.2f\t%.0f\t≤ %d\t%d\t%d\t%d\t%d\t\n", ph.name, got.cpu.Seconds(), ph.maxCPU.Seconds(), beside,
			got.wall.Seconds(), got.peakMB(), maxPeakMB, got.sent200, got.sent304, got.New, got.Unchanged)
		missed = errors.Join(missed, ph.judge(got))
	}
	return missed
}
