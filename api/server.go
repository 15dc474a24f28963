package api

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/api/portal"
	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/embed"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// Config is what the operator decides.
type Config struct {
	PublicURL string          // origin of the hub, as browsers reach it
	Version   string          // of the program
	Ready     func() bool     // nil = always ready
	Checker   Checker         // nil = this hub makes no checks
	Callback  Callback        // of WebSub hubs; nil = the address is not there
	Counter   *search.Counter // of queries; nil = they are not counted
	// SearchTrouble is why the search server does not answer, for operators; ""
	// when it does. nil = there is none.
	SearchTrouble func() string
}

// Store is what the server reads besides items, which a [federation.Reader]
// gives; a [federation.Store] is one.
type Store interface {
	portal.Store
	QueriesBetween(ctx context.Context, from, to string, n int) ([]federation.QueryCount, error)
	Trouble(ctx context.Context) error
}

// Server answers everything the hub serves. Safe for concurrent use.
type Server struct {
	log       *slog.Logger
	config    Config
	reader    *federation.Reader
	store     Store
	search    *search.Service
	cats      *federation.Catalogues
	titles    sourceTitles
	now       func() time.Time
	pages     pages
	embeds    []embeds
	described description
	widgets   *embed.Server // whose hits need no route; nil = none
	classes   classes
	router    chi.Router
	routes    map[string]web.Route // by method and pattern
	handler   http.Handler
}

// pages are the citizens' pages.
type pages interface {
	Routes() []web.Route
	// Error answers with an HTML page that says title and detail, which is in
	// the language lang.
	Error(w http.ResponseWriter, r *http.Request, status int, title, detail, lang string)
	// Stats answers with a page of what people searched for.
	Stats(w http.ResponseWriter, r *http.Request, counts []federation.QueryCount, from, to string) error
	// Fault says what is wrong with an address in the language of who asks, and
	// which language that is.
	Fault(r *http.Request, err *federation.InvalidError) (sentence, lang string)
}

// embeds are what third-party pages load: widgets and pictures.
type embeds interface {
	Routes() []web.Route
}

func newServer(log *slog.Logger, config Config, reader *federation.Reader, store Store, svc *search.Service,
	cats *federation.Catalogues, p pages, e ...embeds) *Server {
	config.PublicURL = strings.TrimSuffix(config.PublicURL, "/")
	s := &Server{log: log, config: config, reader: reader, store: store, search: svc, cats: cats, pages: p, embeds: e, now: time.Now}
	s.titles.log, s.titles.states = log, store
	s.classes = newClasses(time.Now)
	s.mount()
	s.handler = s.logged(http.HandlerFunc(s.answer))
	return s
}

// ServeHTTP answers any request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Changed drops what the changes make stale. It is the consumer of a follower
// behind that of the index ([federation.Follower.Dealt]), and bears a
// repetition.
func (s *Server) Changed(ctx context.Context, changes []federation.Change) error {
	s.titles.forget()
	t := s.search.Touch(ctx, changes)
	for _, c := range s.classes.of {
		c.kept.Touch(t)
	}
	if s.widgets != nil {
		s.widgets.Touch(t)
	}
	return nil
}

// url is the absolute address of a path of the hub.
func (s *Server) url(path string) string { return s.config.PublicURL + path }
