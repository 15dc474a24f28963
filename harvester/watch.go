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

// hubs are those that the answer names, in its header or in its document.
func (v *visit) hubs(got *fetched, d *federation.Decoded) websub.Found {
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

func (h *Harvester) readPush(ctx context.Context, t federation.Task, src federation.Source, contentType string, body []byte) (err error) {
	v := &visit{Harvester: h, store: federation.Fenced(h.store, t), task: t, src: src, begin: h.now(), since: true}
	if v.state, err = h.store.SourceState(ctx, src.Name()); err != nil {
		return err
	}
	if err := h.learn(ctx); err != nil {
		return err
	}
	v.state.Source = src.Name()
	v.settle()
	if len(body) > maxFile {
		return tooLarge(maxFile)
	}
	got := &fetched{asked: v.address, url: v.address, hash: digest(body), files: []file{{contentType: contentType, body: body}}}
	all, _, err := v.decode(src, got)
	if err != nil {
		return err
	}
	v.complete(&all.Decoded, got)
	d := &all.Decoded
	d.Complete, d.Next, d.Pages = false, "", nil
	return v.store.InTx(ctx, func(tx federation.Tx) error {
		d := copyOf(d)
		state, err := tx.SourceState(ctx, src.Name())
		if err != nil {
			return err
		}
		heads, err := tx.Heads(ctx, src.Name())
		if err != nil {
			return err
		}
		aliases, err := v.identify(ctx, tx, d, heads)
		if err != nil {
			return err
		}
		plan := federation.Reconcile(heads, *d, v.begin)
		if err := apply(ctx, tx, plan, v.begin); err != nil {
			return err
		}
		if err := v.remember(ctx, tx, aliases); err != nil {
			return err
		}
		state.Items = live(heads) + revived(heads, plan) - len(plan.Withdraw)
		if len(plan.New)+len(plan.Changed)+len(plan.Withdraw) > 0 {
			state.LastChange = v.begin
		}
		return tx.SaveSourceState(ctx, state)
	})
}
