package api

import (
	"slices"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/api/web"
)

// mount makes the router of everything the hub answers, and its table.
// Compression, validators and lengths are the work of what stands before it,
// see [Server.answer].
func (s *Server) mount() {
	r := chi.NewRouter()
	r.Use(securityHeaders, s.recovered, s.bounded, s.spelt(r), s.options(r), middleware.GetHead)
	r.NotFound(s.serve(notFound))
	r.MethodNotAllowed(s.methodNotAllowed(r))
	routes := append(s.operations(r), s.own()...)
	if s.pages != nil {
		routes = append(routes, s.pages.Routes()...)
	}
	for _, e := range s.embeds {
		routes = append(routes, e.Routes()...)
	}
	web.Mount(r, routes, s.fail)
	s.router, s.routes = r, make(map[string]web.Route, len(routes))
	for _, rt := range routes {
		for _, method := range rt.Methods() {
			s.routes[method+" "+rt.Pattern] = rt
		}
	}
}

// Lifetimes of the routes: a correction must be everywhere within a minute, and
// no visitor need wait for the hub meanwhile.
const (
	feedLife = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
	listLife = "public, max-age=60, stale-while-revalidate=300"
	// An operator watches the health of sources.
	healthLife = "public, max-age=10"
)

// own are the routes of the package besides the JSON API.
func (s *Server) own() []web.Route {
	routes := []web.Route{
		{Pattern: "/api/openapi.json", Class: web.List, Life: web.Hour, Shared: true, Serve: s.serveOpenAPI},
		{Pattern: "/api/docs", Class: web.List, Life: web.Hour, Shared: true, Serve: s.serveDocs},
		{Pattern: "/robots.txt", Class: web.List, Life: web.Hour, Shared: true, Serve: s.serveRobots},
	}
	for _, f := range append(slices.Clone(feed.Formats), feed.Calendar) {
		routes = append(routes,
			web.Route{Pattern: "/feed." + f.Extension, Class: web.Feed, Life: feedLife, Shared: true, Serve: s.selectionFeed(f)},
			web.Route{Pattern: "/channels/{slug}." + f.Extension, Class: web.Feed, Life: feedLife, Shared: true, Serve: s.channelFeed(f)})
	}
	if s.config.Callback != nil {
		routes = append(routes, s.callbacks()...)
	}
	return append(routes, s.probes()...)
}

// operations mounts the JSON API on r and returns its rows.
func (s *Server) operations(r chi.Router) []web.Route {
	t := &table{server: s, api: newAPI(r.With(shared))}
	const missing, gone = 404, 410
	get(t, operation{"list-items", "/api/v1/items",
		"Items of a selection, newest first unless sort says otherwise", selectionParams(), []int{missing}, ""}, s.listItems)
	get(t, operation{"get-item", "/api/v1/items/{id}",
		"One item", nil, []int{missing, gone}, ""}, s.getItem)
	get(t, operation{"list-versions", "/api/v1/items/{id}/versions",
		"Every version of an item, newest first", nil, []int{missing, gone}, ""}, s.getVersions)
	get(t, operation{"search", "/api/v1/search",
		"Items of a selection with marked words and counts per facet", searchParams(), []int{missing}, ""}, s.find)
	get(t, operation{"suggest", "/api/v1/suggest",
		"How the beginning of a query may go on: only what finds something", suggestParams(), []int{missing}, ""}, s.suggest)
	get(t, operation{"list-members", "/api/v1/members",
		"The municipalities and other organisations that publish here", nil, nil, ""}, s.listMembers)
	get(t, operation{"list-channels", "/api/v1/channels",
		"The named selections", nil, nil, ""}, s.listChannels)
	get(t, operation{"list-sources", "/api/v1/sources",
		"Where members publish, with the health of each source", memberParams(), []int{missing}, healthLife}, s.listSources)
	get(t, operation{"get-source", "/api/v1/sources/{member}/{slug}",
		"The status of one source, in plain language, for its webmaster", sourceParams(), []int{missing}, healthLife}, s.getSource)

	t.check()

	settle(t.api.OpenAPI())
	var err error
	if s.described, err = describeIn(*t.api.OpenAPI(), s.config.PublicURL); err != nil {
		panic(err)
	}
	return t.routes
}
