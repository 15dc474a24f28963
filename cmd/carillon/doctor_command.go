package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search/local"
	"github.com/plonegov/carillon/search/meili"
)

type doctorCommand struct {
	hubConfig
	JSON bool `name:"json" help:"Print one JSON object a finding."`
}

// finding is one line of the doctor's.
type finding struct {
	OK    bool   `json:"ok"`
	About string `json:"about"` // store, search
	Says  string `json:"says"`
}

// errUnwell is that something is wrong; the lines say what.
var errUnwell = errors.New("something is wrong; the lines above say what to do")

// doctorPatience is how long the doctor waits for the search server.
const doctorPatience = 15 * time.Second

// Run prints one line a finding and fails when one of them is bad.
func (c *doctorCommand) Run(ctx context.Context, s streams) (err error) {
	log := c.logger(io.Discard) // what is wrong is printed
	store, err := openStore(ctx, log, c.hubConfig)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	found := examineStore(ctx, store)
	if c.Search == "" {
		x, err := local.New(log, c.searchFolder())
		if err != nil {
			return err
		}
		found = append(found, finding{true, "search", "the embedded engine answers; no search server is named with --search"})
		if err := x.Close(); err != nil {
			return err
		}
	} else {
		within, cancel := context.WithTimeout(ctx, doctorPatience)
		defer cancel()
		more, err := c.examineServer(within, store)
		if err != nil {
			return err
		}
		found = append(found, more...)
	}
	well := true
	for _, f := range found {
		well = well && f.OK
		if err := c.print(s.out, f); err != nil {
			return err
		}
	}
	if !well {
		return errUnwell
	}
	return nil
}

func (c *doctorCommand) print(w io.Writer, f finding) error {
	if c.JSON {
		return json.NewEncoder(w).Encode(f)
	}
	mark := "ok  "
	if !f.OK {
		mark = "BAD "
	}
	_, err := fmt.Fprintf(w, "%s%s: %s\n", mark, f.About, f.Says)
	return err
}

func examineStore(ctx context.Context, store federation.Store) []finding {
	if err := store.Trouble(ctx); err != nil {
		return []finding{{false, "store", err.Error()}}
	}
	return []finding{{true, "store", "can be read and written"}}
}

// examineServer compares the search server's index with the store and with how
// this version makes it.
func (c *doctorCommand) examineServer(ctx context.Context, store federation.Store) ([]finding, error) {
	x, err := meili.New(c.logger(io.Discard), c.server())
	if err != nil {
		return nil, usageError{err}
	}
	bad := func(format string, args ...any) finding {
		return finding{false, "search", fmt.Sprintf(format, args...)}
	}
	good := func(format string, args ...any) finding { return finding{true, "search", fmt.Sprintf(format, args...)} }
	report, err := x.Examine(ctx)
	switch {
	case errors.Is(err, federation.ErrForbidden):
		return []finding{bad("the server at %s refuses the key for writing; give its admin key or its master key with --search-key", redact(c.Search))}, nil
	case err != nil:
		return []finding{bad("%v; see that the server runs at %s", err, redact(c.Search))}, nil
	}
	out := []finding{good("Meilisearch %s at %s", report.Version, redact(c.Search))}
	if report.Missing {
		return append(out, bad("the index %s is not there; a running hub makes it, or `carillon reindex`", report.Name)), nil
	}
	for _, d := range report.Differences {
		out = append(out, bad("index %s: %s; `carillon reindex` puts it right", report.Name, d))
	}
	if !report.Ours {
		return append(out, bad("the index %s is not one that this version made; `carillon reindex` makes it anew", report.Name)), nil
	}
	stamps, err := store.Stamps(ctx, "", math.MaxInt32)
	if err != nil {
		return nil, err
	}
	pending, err := store.Changes(ctx, report.Cursor, maxPending)
	if err != nil {
		return nil, err
	}
	switch {
	case len(pending) == maxPending:
		out = append(out, bad("the index is at least %d changes behind the store; is the hub running? `carillon reindex` brings it level", maxPending))
	case len(pending) > 0:
		out = append(out, good("the index is %d changes behind the store; a running hub brings it level in a moment", len(pending)))
	case len(stamps) != report.Documents:
		out = append(out, bad("the index holds %d items, the store %d; `carillon reindex` makes it anew", report.Documents, len(stamps)))
	default:
		out = append(out, good("the index holds all %d items, with the settings that it must have", report.Documents))
	}
	return out, nil
}

// maxPending is from how many changes on an index is behind, not on its way.
const maxPending = 1000
