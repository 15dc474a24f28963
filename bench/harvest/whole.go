package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/sqlite"
)

// whole goes the whole way in a folder of its own, with feeds that nothing has
// read: harvest, then serve until all items are linked and searchable. It
// returns what each process used until its end.
func whole(ctx context.Context, p publication, dir, carillon string) (harvest, serve usage, err error) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return harvest, serve, err
	}
	o, err := startOrigin(ctx, p)
	if err != nil {
		return harvest, serve, err
	}
	defer o.close() // its input is at its end, and nothing is asked of it
	h := hub{carillon: carillon, data: filepath.Join(dir, "data")}
	if err := h.apply(ctx, dir, p, o.ports); err != nil {
		return harvest, serve, err
	}
	harvest, sum, err := h.harvest(ctx)
	if err == nil && sum.New != p.feeds*p.items {
		err = fmt.Errorf("%d new items, want %d", sum.New, p.feeds*p.items)
	}
	if err == nil {
		serve, err = h.level(ctx, p.feeds*p.items)
	}
	return harvest, serve, err
}

// level serves until every change is linked and indexed.
func (h hub) level(ctx context.Context, items int) (usage, error) {
	cmd := h.command(ctx, "serve", "--listen=127.0.0.1:0", "--allow-private=127.0.0.1/32")
	var log strings.Builder
	cmd.Stderr = &log
	out, err := cmd.StdoutPipe()
	if err != nil {
		return usage{}, err
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, err
	}
	lines, base := bufio.NewScanner(out), "" // the address is said once what the store held is indexed
	for base == "" && lines.Scan() {
		_, base, _ = strings.Cut(lines.Text(), " is at ")
	}
	if base == "" {
		err = errors.New("it did not say where it is")
	} else if err = h.linked(ctx); err == nil {
		err = searchable(ctx, base, items)
	}
	_ = cmd.Process.Signal(os.Interrupt) // it may have ended by itself
	for lines.Scan() {                   // what it says later must not stop it
	}
	if err = errors.Join(err, cmd.Wait()); err != nil {
		err = fmt.Errorf("carillon serve: %w: %s", err, log.String())
	}
	return used(cmd, begin), err
}

// linked waits until the linker has dealt with every change, its own included,
// and half a second more, in which a hub indexes these.
func (h hub) linked(ctx context.Context) error {
	store, err := sqlite.Open(ctx, slog.New(slog.DiscardHandler), filepath.Join(h.data, "carillon.db"))
	if err != nil {
		return err
	}
	defer store.Close() // nothing was written
	since := time.Now()
	return until(ctx, func() (bool, error) {
		at, err := store.Cursor(ctx, federation.TaskLikeness)
		if err != nil {
			return false, err
		}
		left, err := store.Changes(ctx, at, 1)
		if len(left) > 0 {
			since = time.Now()
		}
		return at > 0 && time.Since(since) > time.Second/2, err
	})
}

// searchable is nil when the hub finds that many items.
func searchable(ctx context.Context, base string, items int) error {
	r, err := http.NewRequestWithContext(ctx, "GET", base+"/api/v1/search?limit=1", nil)
	if err != nil {
		return err
	}
	var found struct{ Total int }
	if err := answered(r, &found); err != nil {
		return err
	}
	if found.Total != items {
		return fmt.Errorf("%d items are found, want %d", found.Total, items)
	}
	return nil
}
