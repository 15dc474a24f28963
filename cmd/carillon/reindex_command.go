package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/local"
)

type reindexCommand struct {
	hubConfig
}

// Run makes the index anew. On a server it is made beside the one that answers
// and swapped with it. That of a running hub's embedded engine lives in the
// hub, which makes it anew itself when its snapshot is gone.
func (c *reindexCommand) Run(ctx context.Context, s streams) (err error) {
	log := c.logger(s.err)
	store, err := openStore(ctx, log, c.hubConfig)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	cats, err := federation.NewCatalogues(ctx, store)
	if err != nil {
		return err
	}
	var index search.Index
	where := "in " + c.searchFolder()
	if c.Search != "" {
		index, err = openServer(ctx, log, c.hubConfig)
		where = "on the search server"
	} else {
		index, err = local.New(log, c.searchFolder())
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, index.Close()) }()
	x := search.NewIndexer(log, index, store, cats)
	if err := x.Rebuild(ctx); err != nil {
		return fmt.Errorf("%w; run it again", err)
	}
	if err := x.CatchUp(ctx); err != nil {
		return fmt.Errorf("bring the index level: %w; run it again", err)
	}
	at, err := index.Cursor(ctx)
	if err == nil {
		_, err = fmt.Fprintf(s.out, "Made the search index anew %s; it holds the store up to change %d.\n", where, at)
	}
	return err
}
