// Command harvest measures what a harvest costs: 500 feeds of 20 items, read
// cold, unchanged by validator (twice), with one new item each, and unchanged
// though answered 200, with the same ETag and without validators. Each phase is one process of `carillon harvest` on
// SQLite; its CPU seconds and its peak memory are compared with the gates of
// issue 3, and a miss makes the exit code 1.
//
// It builds the command from the tree it lies in and asks nothing of the
// network: the feeds come from a second process of this program, on loopback.
// It does not measure other hubs; `-serve` alone publishes the same feeds for
// one (docs/benchmarks.md).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"text/tabwriter"
)

func main() {
	var (
		p        publication
		publish  = flag.Bool("serve", false, "publish the feeds and read commands from standard input, nothing else")
		port     = flag.Int("port", 0, "first of the ports that -serve listens on; 0 = free ones")
		opml     = flag.String("opml", "", "file for the list of the feeds, with -serve")
		carillon = flag.String("carillon", "", "the command to measure; built from this tree unless given")
		profile  = flag.Bool("keep", false, "keep the data folder, and say where it is")
	)
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
		err = bench(ctx, p, *carillon, *profile, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench/harvest:", err)
		os.Exit(1)
	}
}

// bench runs the phases one after the other on one data folder.
func bench(ctx context.Context, p publication, carillon string, keep bool, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "carillon-bench-")
	if err != nil {
		return err
	}
	if keep {
		fmt.Fprintln(out, "data folder:", dir)
	} else {
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	if carillon == "" {
		if carillon, err = build(ctx, dir); err != nil {
			return err
		}
	}
	origin, err := startOrigin(ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, origin.close()) }()
	h := hub{carillon: carillon, data: dir + "/data"}
	if err := h.apply(ctx, dir, p, origin.ports); err != nil {
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "%d feeds of %d items on %d hosts; SQLite, one process a phase\n", p.feeds, p.items, p.hosts)
	fmt.Fprintln(table, "phase\tCPU s\tgate\twall s\tpeak MB\tgate\t200\t304\tnew\tunchanged\t")
	var missed error
	for _, ph := range phases(p) {
		got, err := ph.run(ctx, h, origin)
		if err != nil {
			return fmt.Errorf("%s: %w", ph.name, err)
		}
		fmt.Fprintf(table, "%s\t%.2f\t≤ %.1f\t%.2f\t%.0f\t≤ %d\t%d\t%d\t%d\t%d\t\n", ph.name, got.cpu.Seconds(), ph.maxCPU.Seconds(),
			got.wall.Seconds(), got.peakMB(), maxPeakMB, got.sent200, got.sent304, got.New, got.Unchanged)
		missed = errors.Join(missed, ph.judge(got))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	return missed
}
