package harvester

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/plonegov/carillon/federation"
)

// maxNext bounds the pages of one list.
const maxNext = 100

// follow reads the pages of a list after the first. When the list is not read
// whole, it ends with the first page on which there is nothing new: what is
// new stands first. A page that cannot be read makes the list incomplete, no
// more.
func (v *visit) follow(ctx context.Context, all *collection, format federation.Format) error {
	next, complete := all.Next, all.Complete
	if next == "" {
		v.whole = !v.since
		return nil
	}
	v.whole = v.whole || !v.since && !v.state.Paged // the first time that it goes on
	held, err := v.holds(ctx)
	if err != nil {
		return err
	}
	seen := map[string]bool{v.address: true}
	last := all.Items
	for n := 0; next != ""; n++ {
		switch {
		case n == maxNext:
			all.Warn("", fmt.Sprintf("the list has more than %d pages; the rest is left out", maxNext))
			v.stop(all)
			return nil
		case seen[next] || !v.near(next):
			all.Warn("", fmt.Sprintf("the next page, %.200s, is another site's or was read already; the list ends here", next))
			v.stop(all)
			return nil
		case !v.whole && !v.since && held.nothingNew(last):
			v.stop(all)
			return nil
		}
		seen[next] = true
		d, err := v.page(ctx, next, format)
		if err != nil {
			all.Warn("", fmt.Sprintf("page %d of the list cannot be read: %s", n+2, short(err)))
			v.stop(all)
			return nil
		}
		last = d.Items
		all.join(d)
		all.Pages = append(all.Pages, d.Pages...)
		complete = complete || d.Complete
		next = d.Next
	}
	all.Complete = complete
	return nil
}

// stop marks a list that was not read to its end.
func (v *visit) stop(all *collection) {
	all.Complete, v.whole = false, false
}

// page reads one further page of a list.
func (v *visit) page(ctx context.Context, address string, format federation.Format) (federation.Decoded, error) {
	src := v.src
	src.Format = format.Name
	got, err := v.get(ctx, src, address, copyHeld{})
	if err == nil && !v.stays(got) {
		err = movedAway{got.moved}
	}
	if err != nil {
		return federation.Decoded{}, err
	}
	c, _, err := v.decode(src, got)
	if err != nil {
		return federation.Decoded{}, err
	}
	v.complete(&c.Decoded, got)
	return c.Decoded, nil
}

// holds is what the source is known to have.
func (v *visit) holds(ctx context.Context) (*resolver, error) {
	r := &resolver{source: v.src.Name()}
	err := v.store.InTx(ctx, func(tx federation.Tx) (err error) {
		if r.heads, err = tx.Heads(ctx, r.source); err == nil {
			r.held, err = tx.Aliases(ctx, r.source)
		}
		return err
	})
	return r, err
}

// nothingNew reports whether all items are held as they are, under whatever id.
func (r *resolver) nothingNew(items []federation.Item) bool {
	for _, it := range items {
		if r.heads[r.id(it.OriginID)].Hash != it.Hash {
			return false
		}
	}
	return len(items) > 0
}

// near reports whether an address that a document gives is on the site of the
// source: the same host, or another of the same registrable domain. No
// document can send the hub to somebody else's site.
func (v *visit) near(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return false
	}
	own, err := url.Parse(v.address)
	if err != nil || own.Scheme == "https" && u.Scheme == "http" {
		return false
	}
	return sameSite(u, own)
}

// stays reports whether a document of the list was not led away for good to
// another owner.
func (v *visit) stays(got *fetched) bool { return got.moved == "" || v.own(got.moved) }

func sameSite(a, b *url.URL) bool {
	if strings.EqualFold(a.Host, b.Host) {
		return true
	}
	if net.ParseIP(a.Hostname()) != nil || net.ParseIP(b.Hostname()) != nil {
		return false
	}
	x, err1 := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(a.Hostname()))
	y, err2 := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(b.Hostname()))
	return err1 == nil && err2 == nil && x == y
}

// short is an error in a few plain words.
func short(err error) string {
	f, _ := failure(err, time0)
	return strings.TrimSuffix(f.Message, ".")
}
