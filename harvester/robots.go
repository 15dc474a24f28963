package harvester

import (
	"context"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"

	"github.com/plonegov/carillon/federation/safehttp"
)

const (
	pageFormat  = "page"         // the format of web pages that are read as a crawler would
	robotsName  = "Carillon"     // the product of the User-Agent, as robots.txt names it
	robotsFor   = 24 * time.Hour // how long a robots.txt is kept (RFC 9309, 2.4)
	maxRobots   = 500 << 10      // RFC 9309, 2.5
	maxRobotsAt = 1000           // hosts remembered
)

// robots remembers the robots.txt of hosts whose pages are read. Feeds, APIs
// and whatever else a site publishes for machines are not crawled and do not
// ask it.
type robots struct {
	mu    sync.Mutex
	hosts map[string]rules
}

type rules struct {
	group *robotstxt.Group // nil = all is allowed
	none  bool             // nothing is
	until time.Time
}

// allowed reports whether the robots.txt of the page's host lets it be read. A
// server fault forbids all, a missing file nothing (RFC 9309, 2.3.1).
func (h *Harvester) allowed(ctx context.Context, address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	origin := u.Scheme + "://" + u.Host
	h.robots.mu.Lock()
	r, known := h.robots.hosts[origin]
	h.robots.mu.Unlock()
	if !known || !h.now().Before(r.until) {
		r = h.readRobots(ctx, origin)
		h.robots.put(origin, r)
	}
	switch {
	case r.none:
		return false
	case r.group == nil:
		return true
	}
	return r.group.Test(u.RequestURI())
}

func (h *Harvester) readRobots(ctx context.Context, origin string) rules {
	r := rules{until: h.now().Add(robotsFor)}
	res, err := h.fetch.Get(ctx, safehttp.Request{URL: origin + "/robots.txt", Accept: "text/plain", MaxBody: maxRobots})
	if err != nil {
		r.none, r.until = true, h.now().Add(time.Hour)
		return r
	}
	data, err := robotstxt.FromStatusAndBytes(res.Status, res.Body)
	if err != nil || res.Status >= 500 {
		r.none, r.until = res.Status >= 500, h.now().Add(time.Hour)
		return r
	}
	r.group = data.FindGroup(robotsName)
	return r
}

func (r *robots) put(origin string, rule rules) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.hosts == nil || len(r.hosts) >= maxRobotsAt {
		r.hosts = map[string]rules{}
	}
	r.hosts[origin] = rule
}
