package harvester

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/plonegov/carillon/federation"
)

const (
	movesToAdopt  = 3              // successful fetches in a row that were redirected for good
	moveSpan      = 24 * time.Hour // over which they must be
	maxFormer     = 5              // addresses before the present one
	askConfigured = 24 * time.Hour // how often the configured address is asked where another was adopted
)

// settle is the address to fetch: the configured one, or one adopted since
// that is still its owner's (DESIGN.md 8.12).
func (v *visit) settle() {
	s := &v.state
	if s.Address != "" && !v.own(s.Address) {
		s.Address, s.Former = "", nil // adopted before the operator was asked
	}
	v.address = s.URL(v.src)
}

// own reports whether an address belongs to the owner of the source's: it is
// on the site of the configured address, or on one that the operator agreed to.
func (v *visit) own(address string) bool {
	to, err := url.Parse(address)
	if err != nil {
		return false
	}
	for _, known := range []string{v.src.URL, v.state.Agreed} {
		if u, err := url.Parse(known); known != "" && err == nil && sameSite(u, to) {
			return true
		}
	}
	return false
}

// list fetches the list of the source. Where an address was adopted the
// configured one is asked once a day, and taken back when it gives the list by
// itself again.
func (v *visit) list(ctx context.Context) (*fetched, error) {
	if v.address != v.src.URL && v.begin.Sub(v.state.Asked) >= askConfigured {
		if until, err := v.awaitHost(ctx, v.src.URL); err == nil && until.IsZero() {
			v.state.Asked = v.begin
			got, err := v.get(ctx, v.src, v.src.URL, copyHeld{})
			if err == nil && got.direct && v.readable(got) {
				v.log.InfoContext(ctx, "source is back at its own address", "source", v.src.Name(), "from", v.address)
				v.address, v.held, v.since, v.whole = v.src.URL, copyHeld{}, false, true
				return got, nil
			}
		}
	}
	return v.get(ctx, v.src, v.asking(), v.held)
}

// readable reports whether there is a list in what was fetched: a page that
// says that the site has gone is none.
func (v *visit) readable(got *fetched) bool {
	all, _, err := v.decode(v.src, got)
	return err == nil && len(all.Items)+len(all.Pages) > 0
}

// agree reports whether what was fetched may be taken: it was not led away for
// good to another owner, or the operator says that it is the publisher's.
func (v *visit) agree(got *fetched) bool {
	if v.stays(got) {
		return true
	}
	if !v.opt.Confirm {
		return false
	}
	v.state.Agreed, v.agreed = got.moved, true
	return true
}

// movedAway is a permanent redirect to another owner: a domain that lapsed and
// was bought looks the same as a move.
type movedAway struct{ to string }

func (e movedAway) Error() string { return "it leads for good to another site, " + e.to }

func (e movedAway) failure(source string) (message, advice string) {
	return fmt.Sprintf("The address leads for good to another site, %.300s. Nothing is taken from there.", e.to),
		"If the publisher has moved there, run `carillon harvest --confirm " + source + "` or write the new address into the region file; if not, ask the publisher for the right one."
}

// moved follows a permanent redirect: the new address is adopted after three
// successes over a day, or at once when the operator has just agreed to it, and
// the old one kept. The guarded client has refused redirects from https to http.
func (v *visit) moved(next *federation.SourceState, got *fetched, now time.Time) {
	if v.address == v.src.URL { // nothing is adopted, or no longer
		next.Address, next.Former = "", nil
		if got.moved == "" { // it speaks for itself again
			next.Agreed = ""
		}
	}
	if got.moved == "" || got.status == 0 {
		next.Move = nil
		return
	}
	if next.Move == nil || next.Move.URL != got.moved || next.Move.Held {
		next.Move = &federation.Move{URL: got.moved, Since: now}
	}
	next.Move = &federation.Move{URL: got.moved, Since: next.Move.Since, Times: next.Move.Times + 1}
	if !v.agreed && (next.Move.Times < movesToAdopt || now.Sub(next.Move.Since) < moveSpan) {
		return
	}
	former := []string{v.src.URL}
	if v.address != v.src.URL {
		former = append([]string{v.address}, next.Former...)
	}
	if len(former) > maxFormer {
		former = append(former[:maxFormer-1], v.src.URL)
	}
	next.Address, next.Former, next.Move, next.Asked = got.moved, former, nil, now
	next.ETag, next.LastModified, next.FetchedURL = "", "", got.moved
	v.log.Info("source has moved for good; its new address is used from now on", "source", v.src.Name(), "from", v.address, "to", got.moved)
}

// movedWarning tells of a permanent redirect.
func movedWarning(got *fetched) string {
	return "the address has moved for good to " + got.moved + "; change it in the region file"
}
