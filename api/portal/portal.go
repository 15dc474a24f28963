package portal

import (
	"context"
	goembed "embed"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

//go:embed templates/*.html
var templateFiles goembed.FS

// Store is what the pages read besides items.
type Store interface {
	Stamps(ctx context.Context, prefix string, n int) ([]federation.Stamp, error)
	SourceStates(ctx context.Context) (map[string]federation.SourceState, error)
	SourceState(ctx context.Context, name string) (federation.SourceState, error)
	Subscriptions(ctx context.Context, source string) ([]federation.Subscription, error)
	FileCounts(ctx context.Context, source string) (federation.FileCounts, error)
}

// Portal serves the pages. Safe for concurrent use.
type Portal struct {
	log       *slog.Logger
	search    *search.Service
	reader    *federation.Reader
	store     Store
	cats      *federation.Catalogues
	publicURL string
	now       func() time.Time

	templates *template.Template
	voices    voices
	assets    map[string]asset
	colours   atomic.Pointer[colourSheet]
}

// New returns the pages of a hub whose address is publicURL, "" for links
// without a host. It panics on a fault in the templates or sentences that are
// built in.
func New(log *slog.Logger, svc *search.Service, reader *federation.Reader, store Store, cats *federation.Catalogues, publicURL string) *Portal {
	return &Portal{
		log: log, search: svc, reader: reader, store: store, cats: cats, publicURL: strings.TrimSuffix(publicURL, "/"), now: time.Now,
		templates: template.Must(template.ParseFS(templateFiles, "templates/*.html")),
		voices:    mustVoices(),
		assets:    mustAssets(),
	}
}

// Routes mounts the pages on r.
func (p *Portal) Routes(r chi.Router) {
	for _, route := range []struct {
		pattern string
		keys    []string // of the query, besides ui; others are dropped by a redirect
		serve   handler
		life    time.Duration // of a page that is kept, where no change tells that it is stale; 0 = until one does
	}{
		{"/", nil, p.home, 0},
		{"/search", append(federation.SelectionKeys(), placeKey), p.results, 0},
		{"/map.svg", federation.SelectionKeys(), p.resultsMap, 0},
		{"/items/{id}", nil, p.item, 0},
		{"/items/{id}/map.svg", nil, p.itemMap, 0},
		{"/members/{slug}", nil, p.member, time.Minute},                       // health of its sources
		{"/members/{slug}/sources/{source}", nil, p.source, 10 * time.Second}, // health: a webmaster watches it
		{"/channels/{slug}", []string{"cursor", "from", "sort"}, p.channel, 0},
		{statementPath, nil, p.statement, 0},
	} {
		h := p.adapt(p.canonical(route.keys, route.serve), route.life)
		r.Get(route.pattern, h)
		r.Head(route.pattern, h)
	}
	for _, file := range []struct { // of whatever query
		pattern string
		serve   handler
		life    time.Duration
	}{
		{assetRoot + "*", p.asset, 0},
		{"/favicon.ico", p.favicon, 0},
		{"/manifest.webmanifest", p.manifest, 0},
		{"/opensearch.xml", p.openSearch, 0},
		{"/sitemap.xml", p.sitemap, time.Minute}, // what is withdrawn leaves it, and no search tells
		{"/sitemaps/{part}.xml", p.sitemapPart, time.Minute},
	} {
		h := p.adapt(file.serve, file.life)
		r.Get(file.pattern, h)
		r.Head(file.pattern, h)
	}
}

// handler answers a visit, or returns the error to answer with.
type handler func(w http.ResponseWriter, v visit) error

// adapt makes h a handler of net/http. Every page wears the names and colours
// of the directory.
func (p *Portal) adapt(h handler, life time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		reads := search.ReadsOf(r.Context())
		reads.Directory()
		if life > 0 {
			reads.Until(p.now().Add(life))
		}
		v, err := p.visit(r)
		if err == nil {
			err = h(w, v)
		}
		if err != nil {
			p.fail(w, v, err)
		}
	}
}
