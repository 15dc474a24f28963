package embed

import (
	"maps"
	"net/http"
	"strings"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
)

// address is what an address leads to under one catalogue: the key of what is
// kept, and the header that goes with it, with its values ready.
type address struct {
	catalogue *federation.Catalogue
	key       string
	sites     []string // origins that may show it; empty = any
	header    http.Header
}

// address resolves a target as far as a hit needs it.
func (s *Server) address(cat *federation.Catalogue, t target) *address {
	style := ""
	if t.page {
		style = hash(widgets.PageStyle(t.theme))
	}
	h := http.Header{}
	web.Secure(h)
	h["Cache-Control"] = lifetime
	h["Content-Security-Policy"] = []string{policy(style, s.hub, t.sites)}
	h["Cross-Origin-Resource-Policy"] = acrossOrigins
	h["Access-Control-Expose-Headers"] = exposed
	h["Referrer-Policy"] = referrer
	return &address{catalogue: cat, key: t.key(), sites: t.sites, header: h}
}

func (at *address) size() int {
	return 800 + len(at.key) + len(at.header["Content-Security-Policy"][0])
}

// ServeKept answers a request for a widget that is kept, as the routes would
// but without their way there; false = nothing was written, and they have to.
func (s *Server) ServeKept(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || !strings.HasPrefix(r.RequestURI, "/embed/") {
		return false
	}
	at, ok := s.addresses.Get(r.RequestURI)
	if !ok || at.catalogue != s.catalogues.Current() {
		return false
	}
	a := s.cache.Find(at.key)
	if a == nil || admit(w.Header(), at.sites, r.Header.Get("Origin"), s.hub) != nil {
		return false
	}
	at.write(w, r, a)
	return true
}

var (
	lifetime      = []string{"public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"}
	referrer      = []string{"strict-origin-when-cross-origin"}
	acrossOrigins = []string{"cross-origin"}
	exposed       = []string{"ETag, Retry-After"} // to scripts of other origins, which may read nothing else (Fetch, 3.2.6)
)

func (at *address) write(w http.ResponseWriter, r *http.Request, a *web.Answer) {
	maps.Copy(w.Header(), at.header)
	a.Write(w, r)
}
