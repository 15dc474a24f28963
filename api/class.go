package api

import (
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

// class is a kind of request: what is kept of its answers, and how many are
// made at once. Each has room of its own, so that a flood of one leaves the
// others theirs. Widgets have theirs in package embed.
type class struct {
	kept  *web.Cache
	makes *web.Limit
}

// classes are the kinds of requests whose answers are made whole before they
// are sent.
type classes struct {
	pages, feeds, lists class
	alerts              *web.Limit // of any kind, that show alerts alone
}

// What is kept of each class, in bytes.
const (
	pageBytes = 24 << 20
	feedBytes = 12 << 20
	listBytes = 12 << 20
)

// newClasses gives each class half of the machine: making an answer is work
// for the processor, and a cached widget must find one that is free.
func newClasses(now func() time.Time) classes {
	half := runtime.GOMAXPROCS(0) / 2
	one := func(bytes int) class { return class{web.NewCache(bytes, now), web.NewLimit(half)} }
	return classes{pages: one(pageBytes), feeds: one(feedBytes), lists: one(listBytes), alerts: web.NewLimit(half)}
}

// of is the class of a request; false = its handler sends by itself.
func (c *classes) of(r *http.Request) (class, bool) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return class{}, false
	}
	path := r.URL.Path
	switch {
	case isFeed(path):
		return c.feeds, true
	case strings.HasPrefix(path, "/api/") && path != checkPath, path == "/robots.txt":
		return c.lists, true
	}
	for _, own := range []string{"/embed", "/w", "/pictures", "/logos", "/websub", "/events", "/healthz", "/readyz", checkPath} {
		if path == own || strings.HasPrefix(path, own+"/") {
			return class{}, false
		}
	}
	return c.pages, true
}

func isFeed(path string) bool {
	return strings.HasPrefix(path, "/feed.") || strings.HasPrefix(path, "/channels/") && strings.Contains(path, ".")
}

// alertsOnly reports whether an address shows alerts alone.
func alertsOnly(cat *federation.Catalogue, u *url.URL) bool {
	if strings.HasPrefix(u.Path, "/alerts") {
		return true
	}
	if rest, ok := strings.CutPrefix(u.Path, "/channels/"); ok {
		slug, _, _ := strings.Cut(rest, ".")
		return web.AlertsOnly(cat, federation.Selection{Channels: []string{slug}})
	}
	types, channels := u.Query()["type"], u.Query()["channel"]
	if len(types) > 0 {
		return len(types) == 1 && types[0] == string(federation.AlertItem)
	}
	return len(channels) > 0 && web.AlertsOnly(cat, federation.Selection{Channels: channels})
}
