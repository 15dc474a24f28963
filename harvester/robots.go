package harvester

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/harvester/page"
)

const (
	pageFormat  = "page"         // the format of web pages, which are read as a crawler would
	robotsName  = "Carillon"     // the product of the User-Agent, as robots.txt names it
	robotsFor   = 24 * time.Hour // how long a robots.txt is kept (RFC 9309, 2.4)
	robotsRetry = time.Hour      // how long one that could not be read is
	maxRobots   = 500 << 10      // RFC 9309, 2.5
	maxRobotsAt = 1000           // hosts remembered
	maxDelay    = 30 * time.Second
)

// robots remembers the robots.txt of hosts whose pages are read. Feeds, APIs
// and whatever else a site publishes for machines are not crawled and do not
// ask it.
type robots struct {
	mu    sync.Mutex
	hosts map[string]rules
}

type rules struct {
	page.Robots
	until time.Time
}

// allowed reports whether the robots.txt of the page's host lets it be read,
// and how long to wait before it is.
func (h *Harvester) allowed(ctx context.Context, src federation.Source, address string) (bool, time.Duration) {
	u, err := url.Parse(address)
	if err != nil {
		return false, 0
	}
	origin := u.Scheme + "://" + u.Host
	key := origin // as a source of these networks reads it
	if len(src.AllowPrivate) > 0 {
		key += fmt.Sprint(" ", src.AllowPrivate)
	}
	h.robots.mu.Lock()
	r, known := h.robots.hosts[key]
	h.robots.mu.Unlock()
	if !known || !h.now().Before(r.until) {
		r = h.readRobots(ctx, src, origin)
		h.robots.put(key, r)
	}
	return r.Allowed(address), min(r.CrawlDelay(), maxDelay)
}

func (h *Harvester) readRobots(ctx context.Context, src federation.Source, origin string) rules {
	res, err := h.fetch.Get(ctx, safehttp.Request{URL: origin + "/robots.txt", Accept: "text/plain", MaxBody: maxRobots, AllowPrivate: src.AllowPrivate})
	if res == nil || err != nil && len(res.Body) == 0 {
		return rules{page.ReadRobots(nil, 0, robotsName), h.now().Add(robotsRetry)}
	}
	keep := robotsFor
	if res.Status >= 500 {
		keep = robotsRetry
	}
	return rules{page.ReadRobots(res.Body, res.Status, robotsName), h.now().Add(keep)}
}

func (r *robots) put(key string, rule rules) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.hosts == nil || len(r.hosts) >= maxRobotsAt {
		r.hosts = map[string]rules{}
	}
	r.hosts[key] = rule
}

// unlisted reports whether the answer asks not to be listed: X-Robots-Tag says
// for any document what the robots meta element says in a page.
func unlisted(h http.Header) bool {
	for _, value := range h.Values("X-Robots-Tag") {
		for _, word := range strings.FieldsFunc(strings.ToLower(value), func(r rune) bool { return r == ',' || r == ' ' || r == ':' }) {
			if word == "noindex" || word == "none" {
				return true
			}
		}
	}
	return false
}

// pause waits, or until ctx is done.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
