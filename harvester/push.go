package harvester

import (
	"context"
	"errors"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/websub"
)

// Watch connects the harvester with what follows hubs that tell of changes
// (WebSub). found is called after a source was read, with the hubs it names or
// none; pushed reports whether a source is told of, so that it is polled less
// often. It is called before the harvester is used.
func (h *Harvester) Watch(found func(context.Context, federation.Source, websub.Found), pushed func(federation.Source) bool) {
	h.found, h.pushed = found, pushed
}

// hubsOf are the hubs that the answer names, in its header or in its document.
func hubsOf(got *fetched, d *federation.Decoded) websub.Found {
	doc := federation.Document{URL: got.url}
	if len(got.files) == 1 {
		doc.ContentType, doc.Body = got.files[0].contentType, got.files[0].body
	}
	return websub.Discover(doc, got.header, d.Hubs, d.Self)
}

// Push reads a document that a trusted hub sent as if it had been fetched. It
// is a part of the source's list, so nothing is missed in it.
func (h *Harvester) Push(ctx context.Context, src federation.Source, contentType string, body []byte) error {
	claim := h.claimOf(src)
	claim.Offline = true
	tasks, err := h.store.ClaimTasks(ctx, claim)
	if err != nil {
		return err
	}
	if len(tasks) == 0 {
		return errHarvested
	}
	defer h.finish(tasks[0], tasks[0].Due)
	return h.readPush(ctx, tasks[0], src, contentType, body)
}

// errHarvested: what was pushed comes with the harvest that is under way, or
// the next one.
var errHarvested = errors.New("the source is being harvested")

func (h *Harvester) readPush(ctx context.Context, t federation.Task, src federation.Source, contentType string, body []byte) error {
	v, err := h.prepare(ctx, t, src, Options{})
	if err != nil {
		return err
	}
	if len(body) > maxFile {
		return tooLarge(maxFile)
	}
	address := v.request.address
	list, err := v.read(src, &fetched{asked: address, url: address, hash: digest(body), files: []file{{contentType: contentType, body: body}}})
	if err != nil {
		return err
	}
	list.Complete, list.Next, list.Pages = false, "", nil
	return v.store.InTx(ctx, func(tx federation.Tx) error {
		c, err := v.compare(ctx, tx, list, v.begin)
		if err != nil {
			return err
		}
		if err := c.write(ctx, tx, src.Name(), v.begin); err != nil {
			return err
		}
		state, err := federation.StateOf(ctx, tx, src.Name())
		if err != nil {
			return err
		}
		if state.Items = c.live(); c.changed() {
			state.LastChange = v.begin
		}
		return federation.SaveState(ctx, tx, state)
	})
}
