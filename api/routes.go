package api

import (
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"slices"

	"github.com/plonegov/carillon/api/feed"
)

// routes is the table of everything the hub answers. Compression, validators
// and lengths are the work of what stands before it, see [Server.answer].
func (s *Server) routes() chi.Router {
	r := chi.NewRouter()
	r.Use(securityHeaders, s.recovered, s.bounded, s.spelt(r), s.options(r), middleware.GetHead)
	r.NotFound(s.serve(notFound))
	r.MethodNotAllowed(s.methodNotAllowed(r))

	r.Group(func(r chi.Router) { // for programs of any origin
		r.Use(shared)
		s.operations(r)
		r.Get("/api/openapi.json", s.serve(s.serveOpenAPI))
		r.Get("/api/docs", s.serve(s.serveDocs))
		r.Get("/robots.txt", s.serve(s.serveRobots))
		for _, f := range append(slices.Clone(feed.Formats), feed.Calendar) {
			r.Get("/feed."+f.Extension, s.serve(s.selectionFeed(f)))
			r.Get("/channels/{slug}."+f.Extension, s.serve(s.channelFeed(f)))
			// Else HEAD would find the page /channels/{slug}, which names its own.
			r.Head("/channels/{slug}."+f.Extension, s.serve(s.channelFeed(f)))
		}
	})
	if s.pages != nil {
		s.pages.Routes(r) // for people
	}
	for _, e := range s.embeds { // they compress and validate by themselves
		e.Routes(r, s.fail)
	}
	s.callbacks(r)
	s.probes(r)
	return r
}

// operations is the table of the JSON API.
func (s *Server) operations(r chi.Router) {
	api := newAPI(r)
	const missing, gone = 404, 410
	get(s, api, operation{"list-items", "/api/v1/items",
		"Items of a selection, newest first unless sort says otherwise", selectionParams(), []int{missing}}, s.listItems)
	get(s, api, operation{"get-item", "/api/v1/items/{id}",
		"One item", nil, []int{missing, gone}}, s.getItem)
	get(s, api, operation{"list-versions", "/api/v1/items/{id}/versions",
		"Every version of an item, newest first", nil, []int{missing, gone}}, s.getVersions)
	get(s, api, operation{"search", "/api/v1/search",
		"Items of a selection with marked words and counts per facet", searchParams(), []int{missing}}, s.find)
	get(s, api, operation{"suggest", "/api/v1/suggest",
		"How the beginning of a query may go on: only what finds something", suggestParams(), []int{missing}}, s.suggest)
	get(s, api, operation{"list-members", "/api/v1/members",
		"The municipalities and other organisations that publish here", nil, nil}, s.listMembers)
	get(s, api, operation{"list-channels", "/api/v1/channels",
		"The named selections", nil, nil}, s.listChannels)
	get(s, api, operation{"list-sources", "/api/v1/sources",
		"Where members publish, with the health of each source", memberParams(), []int{missing}}, s.listSources)
	get(s, api, operation{"get-source", "/api/v1/sources/{member}/{slug}",
		"The status of one source, in plain language, for its webmaster", sourceParams(), []int{missing}}, s.getSource)

	s.check(api)

	settle(api.OpenAPI())
	var err error
	if s.described, err = describeIn(*api.OpenAPI(), s.config.PublicURL); err != nil {
		panic(err)
	}
}
