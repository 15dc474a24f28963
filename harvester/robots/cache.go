package robots

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/plonegov/carillon/federation/safehttp"
)

const (
	product  = "Carillon"     // of the User-Agent, as robots.txt names it
	keep     = 24 * time.Hour // how long a robots.txt is kept (RFC 9309, 2.4)
	retry    = time.Hour      // how long one that could not be read is
	maxHosts = 1000           // remembered
	maxDelay = 30 * time.Second
)

// Fetcher is the guarded client.
type Fetcher interface {
	Get(ctx context.Context, req safehttp.Request) (*safehttp.Response, error)
}

// Cache remembers the robots.txt of hosts. The zero value is empty. Safe for
// concurrent use.
type Cache struct {
	mu    sync.Mutex
	hosts map[string]entry
}

type entry struct {
	Rules
	until time.Time
}

// Allowed reports whether the robots.txt of the host of an address lets it be
// read, and how long to wait before it is, at most 30 s. private are the networks
// that the host may be on, as in [safehttp.Request]; what is remembered is kept
// apart by them.
func (c *Cache) Allowed(ctx context.Context, fetch Fetcher, address string, private []netip.Prefix, now time.Time) (ok bool, wait time.Duration) {
	u, err := url.Parse(address)
	if err != nil {
		return false, 0
	}
	origin := u.Scheme + "://" + u.Host
	key := origin
	if len(private) > 0 {
		key += fmt.Sprint(" ", private)
	}
	c.mu.Lock()
	e, known := c.hosts[key]
	c.mu.Unlock()
	if !known || !now.Before(e.until) {
		e = ask(ctx, fetch, origin, private, now)
		c.put(key, e)
	}
	return e.Allowed(address), min(e.CrawlDelay(), maxDelay)
}

func ask(ctx context.Context, fetch Fetcher, origin string, private []netip.Prefix, now time.Time) entry {
	res, err := fetch.Get(ctx, safehttp.Request{URL: origin + "/robots.txt", Accept: "text/plain", MaxBody: maxBody, AllowPrivate: private})
	if res == nil || err != nil && len(res.Body) == 0 {
		return entry{Read(nil, 0, product), now.Add(retry)}
	}
	until := now.Add(keep)
	if res.Status >= 500 {
		until = now.Add(retry)
	}
	return entry{Read(res.Body, res.Status, product), until}
}

func (c *Cache) put(key string, e entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.hosts == nil || len(c.hosts) >= maxHosts {
		c.hosts = map[string]entry{}
	}
	c.hosts[key] = e
}

// Unlisted reports whether an answer asks not to be listed: X-Robots-Tag says for
// any document what the robots meta element says in a page.
func Unlisted(h http.Header) bool {
	for _, value := range h.Values("X-Robots-Tag") {
		for _, word := range strings.FieldsFunc(strings.ToLower(value), func(r rune) bool { return r == ',' || r == ' ' || r == ':' }) {
			if word == "noindex" || word == "none" {
				return true
			}
		}
	}
	return false
}
