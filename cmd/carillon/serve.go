package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/sync/errgroup"

	"github.com/plonegov/carillon/api"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/likeness"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/harvester/websub"
	"github.com/plonegov/carillon/search"
)

type serveCommand struct {
	hubConfig
	webConfig
	Roles      []string `default:"web,worker" enum:"web,worker" help:"What this process does: web, worker, or both."`
	SkipFiles  bool     `help:"Do not fetch the PDF, ODT and DOCX files of decisions, notices and documents; unless set, these are found by the text in them too."`
	WebsubSHA1 bool     `name:"websub-sha1" help:"Take pushes that a hub signs with sha1, as a hint to fetch; refused unless set."`
}

// Run serves until ctx is done.
func (c *serveCommand) Run(ctx context.Context, s streams, command *kong.Context) error {
	log := c.logger(s.err)
	if err := c.checkAddresses(); err != nil {
		return err
	}
	ended := context.AfterFunc(ctx, func() { fmt.Fprintln(s.out, "Ending; what is under way is finished or given back.") })
	defer ended()
	opened := func() { c.loggerFrom(s.err, slog.LevelInfo).InfoContext(ctx, "configuration", settings(command)...) }
	return c.serve(ctx, log, opened, func(base string, store federation.Store) {
		reportServed(ctx, s.out, base, store, slices.Contains(c.Roles, "worker"), time.Now())
	})
}

func (c *serveCommand) checkAddresses() error {
	err := checkAddress("--listen", c.Listen)
	if err == nil && c.OpsListen != "" {
		err = checkAddress("--ops-listen", c.OpsListen)
	}
	return err
}

// serve runs the hub; opened is called when it could be opened, and ready once
// with its public address, when it answers.
func (c *serveCommand) serve(ctx context.Context, log *slog.Logger, opened func(), ready func(base string, store federation.Store)) (err error) {
	h, err := openHub(ctx, log, c.hubConfig)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	opened()

	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return boundGarbage(ctx) })
	var work []func(context.Context) error // begun once the web side is there
	var reader websub.Pusher
	if slices.Contains(c.Roles, "worker") {
		worker, client := newHarvester(log, h.store, c.hubConfig, c.PublicURL)
		defer client.Close()
		if !c.SkipFiles {
			reader, err := fileReader(c.hubConfig)
			if err != nil {
				return err
			}
			work = append(work, worker.Files(reader).Run)
		}
		work = append(work, worker.Run, link(log, h.store), watchHubs(ctx, log, h.store, worker, client, c.PublicURL).Run)
		reader = worker
	}
	if slices.Contains(c.Roles, "web") {
		pictures := newPictureClient(c.hubConfig, c.PublicURL)
		defer pictures.Close()
		checks, guarded := newHarvester(log, h.store, c.forStrangers(), c.PublicURL) // with turns at hosts of its own: no check makes a harvest wait
		defer guarded.Close()
		config := api.Config{Version: version(), Ready: h.level, SearchTrouble: h.searchTrouble, Checker: siteChecker{checks}}
		if c.PublicURL != "" { // else no hub reaches us
			callback := websub.NewCallback(log, h.store, reader)
			callback.AllowSHA1 = c.WebsubSHA1
			config.Callback = callback
			work = append(work, callback.Run)
		}
		if err := c.web(ctx, group, h, pictures, config, ready); err != nil {
			return err
		}
	}
	for _, run := range work {
		group.Go(func() error { return run(ctx) })
	}
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// web listens, and keeps the index and everything cached level with the log.
func (c *serveCommand) web(ctx context.Context, group *errgroup.Group, h *hub, pictures *safehttp.Client, config api.Config, ready func(string, federation.Store)) error {
	listener, err := listen("--listen", c.Listen)
	if err != nil {
		return err
	}
	base, err := c.base(listener.Addr())
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	var ops net.Listener
	if c.OpsListen != "" {
		if ops, err = listen("--ops-listen", c.OpsListen); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	config.PublicURL = base
	config.Counter = search.NewCounter(h.log, h.store, h.catalogue)
	h.service.SuggestAlso(config.Counter)
	group.Go(func() error { return config.Counter.Run(ctx) })
	server := api.New(h.log, config, h.reader, h.store, h.service, h.catalogue, pictures)
	group.Go(func() error { return serveHTTP(ctx, limitConnections(listener, c.NetworkConnections), server) })
	if ops != nil {
		group.Go(func() error { return serveHTTP(ctx, ops, server.Ops()) })
	}
	group.Go(func() error { return h.keepServer(ctx) })
	group.Go(func() error {
		if err := h.catchUp(ctx); err != nil {
			return fmt.Errorf("the search index could not be made: %w", err)
		}
		debug.FreeOSMemory() // of making the index much is left, and little is needed again
		ready(base, h.store)
		at, err := h.index.Cursor(ctx)
		if err != nil {
			return err
		}
		caches := federation.NewFollower(h.log, "caches", h.follower.Follower().Dealt(), federation.CursorAt(at), server.Changed)
		group.Go(func() error { return caches.Run(ctx) })
		return h.follower.Run(ctx)
	})
	return nil
}

// Limits of a connection (reliability T35).
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 60 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 128 << 10 // 10,000 characters of any kind in an address are told that they are too many
	shutdownGrace = 5 * time.Second
)

// serveHTTP serves until ctx is done, then lets requests under way end.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	err := server.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	<-done
	return err
}

// link keeps the groups of items that are alike, in one of the processes on the
// store.
func link(log *slog.Logger, store federation.Store) func(context.Context) error {
	return func(ctx context.Context) error {
		return federation.Singleton(ctx, log, store, federation.TaskLikeness, func(ctx context.Context, held federation.Store) error {
			return likeness.NewLinker(log, held).Run(ctx)
		})
	}
}
