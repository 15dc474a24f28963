package harvester

import (
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"github.com/plonegov/carillon/federation"
)

const (
	movesToAdopt = 3              // successful fetches in a row that were redirected for good
	moveSpan     = 24 * time.Hour // over which they must be
	maxFormer    = 5              // addresses before the present one
)

// owns reports whether an address belongs to the owner of the source's: it is on
// the site of the configured address, or on one that the operator agreed to
// (DESIGN.md 8.12).
func owns(src federation.Source, s federation.SourceState, address string) bool {
	to, err := url.Parse(address)
	if err != nil {
		return false
	}
	for _, known := range []string{src.URL, s.Agreed} {
		if u, err := url.Parse(known); known != "" && err == nil && sameSite(u, to) {
			return true
		}
	}
	return false
}

// stays reports whether a document was not led away for good to another owner.
func (v *harvest) stays(got *fetched) bool {
	return got.moved == "" || owns(v.src, v.state, got.moved)
}

// near reports whether an address that a document gives is on the site of the
// list: the same host, or another of the same registrable domain. No document
// can send the hub to somebody else's site.
func near(address, list string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return false
	}
	own, err := url.Parse(list)
	if err != nil || own.Scheme == "https" && u.Scheme == "http" {
		return false
	}
	return sameSite(u, own)
}

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

// movedAway is a permanent redirect to another owner: a domain that lapsed and
// was bought looks the same as a move.
type movedAway struct{ to string }

func (e movedAway) Error() string { return "it leads for good to another site, " + e.to }

func (e movedAway) failure(source string) (message, advice string) {
	return fmt.Sprintf("The address leads for good to another site, %.300s. Nothing is taken from there.", e.to),
		"If the publisher has moved there, run `carillon harvest --confirm " + source + "` or write the new address into the region file; if not, ask the publisher for the right one."
}

// adopt follows a permanent redirect of the answer from an address: the new one is
// adopted after three successes over a day, or at once when the operator has just
// agreed to it, and the old one kept. It reports whether it was adopted. The
// guarded client has refused redirects from https to http.
func adopt(next *federation.SourceState, src federation.Source, address string, got *fetched, agreed bool, now time.Time) bool {
	if address == src.URL { // nothing is adopted, or no longer
		next.Address, next.Former = "", nil
		if got.moved == "" { // it speaks for itself again
			next.Agreed = ""
		}
	}
	if got.moved == "" || got.status == 0 {
		next.Move = nil
		return false
	}
	if next.Move == nil || next.Move.URL != got.moved || next.Move.Held {
		next.Move = &federation.Move{URL: got.moved, Since: now}
	}
	next.Move = &federation.Move{URL: got.moved, Since: next.Move.Since, Times: next.Move.Times + 1}
	if !agreed && (next.Move.Times < movesToAdopt || now.Sub(next.Move.Since) < moveSpan) {
		return false
	}
	former := []string{src.URL}
	if address != src.URL {
		former = append([]string{address}, next.Former...)
	}
	if len(former) > maxFormer {
		former = append(former[:maxFormer-1], src.URL)
	}
	next.Address, next.Former, next.Move, next.Asked = got.moved, former, nil, now
	next.ETag, next.LastModified, next.FetchedURL = "", "", got.moved
	return true
}

// movedWarning tells of a permanent redirect.
func movedWarning(got *fetched) string {
	return "the address has moved for good to " + got.moved + "; change it in the region file"
}
