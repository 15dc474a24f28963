package websub

import (
	"context"
	"errors"

	"github.com/plonegov/carillon/federation"
)

// Run reads the bytes of pushes, one after the other, until ctx is done; what
// is left then is fetched from the sources later.
func (c *Callback) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case d := <-c.queue:
			c.take(ctx, d)
			<-c.bodies
		}
	}
}

// take reads one push. One that cannot be read makes its source due.
func (c *Callback) take(ctx context.Context, d delivery) {
	src, err := federation.Get[federation.Source](ctx, c.store, d.source)
	if err == nil {
		err = c.push.Push(ctx, src, d.contentType, d.body)
	}
	if err == nil || errors.Is(err, federation.ErrNotFound) || ctx.Err() != nil {
		return
	}
	c.log.WarnContext(ctx, "a push could not be read; its source is fetched instead", "source", d.source, "err", err)
	err = federation.PutTask(ctx, c.store, federation.Task{Kind: federation.TaskHarvest, Key: d.source, Due: c.now()})
	if err != nil {
		c.log.ErrorContext(ctx, "source not made due; it is fetched at its time", "source", d.source, "err", err)
	}
}
