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

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

//go:embed templates/*.html
var templateFiles goembed.FS

// Store is what the pages read besides items.
type Store interface {
	Stamps(ctx context.Context, prefix string, n int) ([]federation.Stamp, error)
	federation.Records
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

// Routes are the pages. A page is kept until a change touches it, or for a time
// where no change tells that it is stale.
func (p *Portal) Routes() []web.Route {
	page := func(pattern string, keys []string, serve handler, kept time.Duration) web.Route {
		return web.Route{Pattern: pattern, Class: web.Page, Life: pageLifetime, Serve: p.adapt(p.canonical(keys, serve), kept)}
	}
	file := func(pattern string, serve handler, kept time.Duration) web.Route { // of whatever query
		return web.Route{Pattern: pattern, Class: web.Page, Life: fileLifetime, Serve: p.adapt(serve, kept)}
	}
	assets := file(assetRoot+"*", p.asset, 0)
	assets.Life = web.ForEver
	return []web.Route{
		page("/", nil, p.home, 0),
		page("/search", append(federation.SelectionKeys(), placeKey), p.results, 0),
		page("/map.svg", federation.SelectionKeys(), p.resultsMap, 0),
		page("/items/{id}", nil, p.item, 0),
		page("/items/{id}/map.svg", nil, p.itemMap, 0),
		page("/members/{slug}", nil, p.member, time.Minute),                     // health of its sources
		page("/members/{slug}/sources/{source}", nil, p.source, 10*time.Second), // health: a webmaster watches it
		page("/channels/{slug}", []string{"cursor", "from", "sort"}, p.channel, 0),
		page(statementPath, nil, p.statement, 0),
		assets,
		file("/favicon.ico", p.favicon, 0),
		file("/manifest.webmanifest", p.manifest, 0),
		file("/opensearch.xml", p.openSearch, 0),
		file("/sitemap.xml", p.sitemap, time.Minute), // what is withdrawn leaves it, and no search tells
		file("/sitemaps/{part}.xml", p.sitemapPart, time.Minute),
	}
}

// handler answers a visit, or returns the error to answer with.
type handler func(w http.ResponseWriter, v visit) error

// adapt makes h a handler that answers its errors with a page. Every page wears
// the names and colours of the directory.
func (p *Portal) adapt(h handler, kept time.Duration) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		reads := search.ReadsOf(r.Context())
		reads.Directory()
		if kept > 0 {
			reads.Until(p.now().Add(kept))
		}
		v, err := p.visit(r)
		if err == nil {
			err = h(w, v)
		}
		if err != nil {
			p.fail(w, v, err)
		}
		return nil
	}
}
