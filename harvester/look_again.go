package harvester

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// A feed is a window: what leaves it may be old, or taken back. Once a day the
// pages of a few items that have left are asked for. An item is withdrawn when its
// own address, on the site of its source, says twice that it is gone, a day apart
// at least: 404, 410, or a login where there was a page. Any other error says
// nothing.
const (
	lookEvery  = 24 * time.Hour
	looksADay  = 5
	lookedFor  = 30 * 24 * time.Hour // how long an address that answered is believed
	leftMark   = "left the list"     // the mark of the page states that remember this
	goneReason = "its page is gone"
)

// departures is what is known of items that left a list.
type departures struct {
	looked    bool
	pages     []federation.PageState // to save
	forgotten []string               // addresses of those to forget
	gone      []string               // ids of items to withdraw
}

// lookAgain asks for the pages of items that have left the list; of those that were
// gone already when nothing is new in it. Sources that list everything, and those
// whose documents are read one by one, say by themselves what is gone.
func (v *harvest) lookAgain(ctx context.Context, list *collection) error {
	if federation.HostOf(v.request.address) == "" || v.begin.Sub(v.state.LookedAgain) < lookEvery || v.src.Complete || v.request.since {
		return nil
	}
	if list != nil && (list.Complete || !list.toEnd || len(list.Pages) > 0 || v.state.Items <= len(list.Items)+len(list.Kept)) {
		return nil
	}
	v.left.looked = true
	if v.state.LookedAgain.IsZero() { // the first that has left may come back within the day
		return nil
	}
	items, held, err := v.departed(ctx, list)
	if err != nil {
		return err
	}
	for i, it := range items[:min(len(items), looksADay)] {
		ok, wait := v.robots.Allowed(ctx, v.fetch, it.URL, v.src.AllowPrivate, v.now())
		if i > 0 {
			pause(ctx, wait)
		}
		if ctx.Err() != nil {
			return nil
		}
		p := held[it.ID]
		p.URL, p.Mark, p.Origins, p.Read = it.URL, leftMark, []string{it.ID}, v.begin
		if ok {
			gone, known := v.isGone(ctx, it.URL)
			switch {
			case !known: // the next ones would fare no better
				return nil
			case gone && p.Failures > 0:
				v.left.gone, v.left.forgotten = append(v.left.gone, it.ID), append(v.left.forgotten, it.URL)
				continue
			case gone:
				p.Failures = 1
			default:
				p.Failures = 0
			}
		}
		v.left.pages = append(v.left.pages, p)
	}
	return nil
}

// departed returns the items whose pages are to be asked for, those seen gone
// before first, and what is remembered of each, by id.
func (v *harvest) departed(ctx context.Context, list *collection) ([]federation.Item, map[string]federation.PageState, error) {
	held, known := map[string]federation.PageState{}, map[string]federation.Head{}
	listed := map[string]bool{}
	err := v.store.InTx(ctx, func(tx federation.Tx) error {
		pages, err := federation.Pages(ctx, tx, v.src.Name())
		if err != nil {
			return err
		}
		clear(held)
		for _, p := range pages {
			if p.Mark == leftMark && len(p.Origins) == 1 {
				held[p.Origins[0]] = p
			}
		}
		if list == nil {
			known, err = tx.Heads(ctx, v.src.Name())
			return err
		}
		c, err := v.compare(ctx, tx, list, v.begin)
		known = c.heads
		for _, it := range c.Items {
			listed[it.ID] = true
		}
		for _, id := range c.Kept {
			listed[id] = true
		}
		for _, w := range c.plan.Withdraw {
			listed[w.ID] = true
		}
		return err
	})
	var ids []string
	for id, h := range known {
		p, before := held[id]
		due := !before || p.Failures > 0 || v.begin.Sub(p.Read) >= lookedFor
		if h.Withdrawn.IsZero() && !listed[id] && due && (list != nil || p.Failures > 0) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(held[b].Failures, held[a].Failures), held[a].Read.Compare(held[b].Read),
			known[b].FirstSeen.Compare(known[a].FirstSeen), cmp.Compare(a, b))
	})
	if err != nil || len(ids) == 0 {
		return nil, nil, err
	}
	items, err := v.store.ItemsByID(ctx, ids[:min(len(ids), 4*looksADay)])
	return slices.DeleteFunc(items, func(it federation.Item) bool {
		u, err := url.Parse(it.URL)
		return err != nil || len(u.Path) < 2 && u.RawQuery == "" || !near(it.URL, v.request.address) // a home page is nobody's own
	}), held, err
}

// isGone asks for a page; known is false when the answer says nothing and the
// site is better left alone.
func (v *harvest) isGone(ctx context.Context, address string) (gone, known bool) {
	res, err := v.fetch.Get(ctx, safehttp.Request{URL: address, Accept: "text/html, */*;q=0.1", AllowPrivate: v.src.AllowPrivate})
	if err != nil && !errors.Is(err, safehttp.ErrTruncated) || res == nil {
		return false, false
	}
	switch {
	case res.Status == http.StatusNotFound, res.Status == http.StatusGone:
		return true, true
	case res.Status == http.StatusTooManyRequests, res.Status >= 500:
		wait, _ := safehttp.RetryAfter(res.Header, v.now())
		if d := restFor(res.Status, wait); d > 0 {
			v.rest(address, v.begin.Add(d))
		}
		return false, false
	}
	return isLogin(res.URL) && !isLogin(address), true
}

// loginLike is how the pages are called that ask who reads: of Plone, WordPress,
// Drupal, TYPO3 and others.
var loginLike = regexp.MustCompile(`(?i)/(?:login|log-in|login_form|require_login|wp-login\.php|signin|sign-in|connexion|anmelden|anmeldung|aanmelden|inloggen)(?:\.[a-z]{2,5})?/?$`)

func isLogin(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (loginLike.MatchString(u.Path) || u.Query().Has("came_from"))
}

// saveDepartures withdraws what is gone, and remembers what was looked at.
func (v *harvest) saveDepartures(ctx context.Context, tx federation.Tx, next *federation.SourceState, now time.Time) error {
	if !v.left.looked {
		return nil
	}
	next.LookedAgain = v.begin
	for _, id := range v.left.gone {
		if err := tx.WithdrawItem(ctx, id, goneReason, now); err != nil {
			return err
		}
	}
	next.Items = max(0, next.Items-len(v.left.gone))
	for _, p := range v.left.pages {
		if err := federation.SavePage(ctx, tx, v.src.Name(), p); err != nil {
			return err
		}
	}
	for _, address := range v.left.forgotten {
		if err := federation.RemovePage(ctx, tx, v.src.Name(), address); err != nil {
			return err
		}
	}
	return nil
}
