package api

import (
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/api/cache"
	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

// class is what a [web.Class] has for itself. Widgets have theirs in package
// embed.
type class struct {
	kept  *cache.Cache
	makes *web.Limit
}

// classes are those whose answers are made whole before they are sent.
type classes struct {
	of     map[web.Class]class
	alerts *web.Limit // of any kind, that show alerts alone
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
	one := func(bytes int) class { return class{cache.New(bytes, now), web.NewLimit(half)} }
	return classes{of: map[web.Class]class{web.Page: one(pageBytes), web.Feed: one(feedBytes), web.List: one(listBytes)}, alerts: web.NewLimit(half)}
}

// places are for looking up routes: each is used again and again.
var places = sync.Pool{New: func() any { return chi.NewRouteContext() }}

// route is the row of the table that answers a request. What no row answers is
// told to people.
func (s *Server) route(r *http.Request) web.Route {
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	at := places.Get().(*chi.Context)
	defer places.Put(at)
	at.Reset()
	if rt, ok := s.routes[method+" "+s.router.Find(at, method, r.URL.Path)]; ok {
		return rt
	}
	if method != http.MethodGet {
		return web.Route{Class: web.Direct}
	}
	return web.Route{Class: web.Page}
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
