package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/plonegov/carillon/cmd/carillon/demo"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/region"
	"github.com/plonegov/carillon/harvester"
)

type demoCommand struct {
	Listen  string `default:"127.0.0.1:8080" placeholder:"ADDR" help:"Address of the hub; another free port when it is taken."`
	Verbose bool   `short:"v" help:"Log every harvest."`
}

// Run serves the made-up region until ctx is done. A line on standard input
// stops the hub, and the next one starts it again, so that what the pages do
// without it can be seen.
func (c *demoCommand) Run(ctx context.Context, s streams) (err error) {
	dir, err := os.MkdirTemp("", "carillon-demo-")
	if err != nil {
		return fmt.Errorf("cannot make a folder for the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	d := &demonstration{out: s.out, hub: serveCommand{Roles: []string{"web", "worker"}}}
	d.hub.Data, d.hub.Verbose, d.hub.LogFormat = dir, c.Verbose, "auto"
	d.hub.AllowPrivate = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	d.log = d.hub.logger(s.err)
	if d.region, err = demo.New(time.Now()); err != nil {
		return err
	}
	if d.hub.Listen, err = freeAddress(c.Listen); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	if err := d.publish(ctx, group); err != nil {
		return err
	}
	if err := d.fill(ctx); err != nil {
		return err
	}
	group.Go(func() error { return d.serve(ctx, lines(ctx, s.in)) })
	return group.Wait()
}

// demonstration is a region, its publishers and its hub, all on loopback.
type demonstration struct {
	out    io.Writer
	log    *slog.Logger
	region *demo.Region
	hub    serveCommand
	sites  map[string]string // slug to origin of the municipal page
	file   *region.File
	told   sync.Once
}

// freeAddress returns addr if it can be listened on, else the same host with
// a port that can.
func freeAddress(addr string) (string, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		host, _, splitErr := net.SplitHostPort(addr)
		if splitErr != nil {
			return "", usageError{fmt.Errorf("--listen=%q must be an address such as 127.0.0.1:8080", addr)}
		}
		if l, err = net.Listen("tcp", net.JoinHostPort(host, "0")); err != nil {
			return "", fmt.Errorf("cannot listen on %s: %w", addr, err)
		}
	}
	return l.Addr().String(), l.Close()
}

// publish starts the publishers and the municipal pages, each on its own port.
func (d *demonstration) publish(ctx context.Context, group *errgroup.Group) error {
	sources, err := serveLoopback(ctx, group, d.region.Sources())
	if err != nil {
		return err
	}
	d.sites = map[string]string{}
	for _, site := range d.region.Sites() {
		if d.sites[site.Slug], err = serveLoopback(ctx, group, site.Handler("http://"+d.hub.Listen)); err != nil {
			return err
		}
	}
	body := d.region.File(sources, d.sites)
	options := regionOptions(nil, false)
	options.Beside = d.region.Beside()
	d.file, err = region.Parse("demo.yaml", body, options)
	return err
}

func serveLoopback(ctx context.Context, group *errgroup.Group, h http.Handler) (origin string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("cannot listen on loopback: %w", err)
	}
	group.Go(func() error { return serveHTTP(ctx, l, h) })
	return "http://" + l.Addr().String(), nil
}

// fill applies the region and harvests it for the first time.
func (d *demonstration) fill(ctx context.Context) (err error) {
	store, err := openStore(ctx, d.log, d.hub.hubConfig)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if _, err := region.Apply(ctx, store, d.file, time.Now(), false); err != nil {
		return err
	}
	worker, client := newHarvester(d.log, store, d.hub.hubConfig, "")
	defer client.Close()
	sum, err := worker.Harvest(ctx, d.file.Sources, harvester.Options{})
	if err == nil && sum.Failed > 0 {
		err = fmt.Errorf("%d of %d demo sources could not be read; run with --verbose", sum.Failed, sum.Sources)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(d.out, "%d members, %d sources, %d items harvested", len(d.file.Members), sum.Sources, sum.New)
	return d.count(ctx, store)
}

// count tells how many items came in which format.
func (d *demonstration) count(ctx context.Context, store federation.Store) error {
	states, err := federation.States(ctx, store)
	if err != nil {
		return err
	}
	items := map[string]int{}
	for _, s := range states {
		items[s.Format] += s.Items
	}
	sep := ": "
	for _, name := range formatNames() {
		if items[name] > 0 {
			fmt.Fprintf(d.out, "%s%s %d", sep, name, items[name])
			sep = ", "
		}
	}
	fmt.Fprintln(d.out, ".")
	return nil
}

// serve runs the hub, stopping and starting it with each line.
func (d *demonstration) serve(ctx context.Context, toggle <-chan struct{}) error {
	for ctx.Err() == nil {
		hub, stop := context.WithCancel(ctx)
		done := make(chan error, 1)
		go func() {
			done <- d.hub.serve(hub, d.log, func() {}, func(base string, _ federation.Store) { d.ready(base) })
		}()
		select {
		case err := <-done:
			stop()
			return err
		case <-toggle:
		}
		stop()
		if err := <-done; err != nil {
			return err
		}
		fmt.Fprintln(d.out, "The portal is stopped: reload a municipal page to see that it keeps its link. Press Enter to start it again.")
		select {
		case <-ctx.Done():
		case <-toggle:
		}
	}
	return nil
}

func (d *demonstration) ready(base string) {
	d.told.Do(func() {
		fmt.Fprintf(d.out, "\nPortal\n  %s/\n\nMunicipal pages that embed it\n", base)
		for _, site := range d.region.Sites() {
			fmt.Fprintf(d.out, "  %s/  %s\n", d.sites[site.Slug], site.Name)
		}
		fmt.Fprintf(d.out, "\nFor programs\n  %s/api/v1/items\n  %s/api/docs\n  %s/feed.rss\n\nPress Enter to stop the portal and see what the municipal pages do without it. Press Ctrl-C to end the demo.\n", base, base, base)
	})
}

// lines sends for every line of r; nil channels never send.
func lines(ctx context.Context, r io.Reader) <-chan struct{} {
	if r == nil {
		return nil
	}
	out := make(chan struct{})
	go func() {
		for in := bufio.NewScanner(r); in.Scan(); {
			select {
			case out <- struct{}{}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
