package embed

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// admit says in h which origin may read the answer (Fetch, 3.3.5), or refuses
// the one that asks. A request without an Origin comes from a server include,
// a frame or the hub's own page, and is answered.
func admit(h http.Header, sites []string, origin, hub string) error {
	if len(sites) == 0 {
		h.Set("Access-Control-Allow-Origin", "*")
		return nil
	}
	h.Add("Vary", "Origin")
	switch {
	case origin == "" || origin == hub:
		return nil
	case slices.Contains(sites, origin):
		h.Set("Access-Control-Allow-Origin", origin)
		return nil
	}
	return fmt.Errorf("%s may not embed this widget; add it to the member's sites: %w", quote(origin), federation.ErrForbidden)
}

// quote bounds what a stranger wrote.
func quote(origin string) string {
	if len(origin) > 200 {
		origin = origin[:200]
	}
	return fmt.Sprintf("%q", origin)
}

// policy is the Content-Security-Policy of a widget opened as a page: no
// script, pictures from the given sources, and frames on the member's sites
// alone.
func policy(style, pictures string, sites []string) string {
	if style == "" {
		style = "'self'" // of a fragment, which links its sheet
	}
	ancestors := "*"
	if len(sites) > 0 {
		ancestors = "'self' " + strings.Join(sites, " ")
	}
	return "default-src 'none'; style-src " + style + "; img-src " + pictures + "; base-uri 'none'; form-action 'none'; frame-ancestors " + ancestors
}

// pictures is where a widget's pictures come from: the hub, and the host of
// the logo that the member's own theme names. Its icon is the empty data URL.
func (s *Server) pictures(t federation.Theme) string {
	sources := s.hub + " data:"
	// A host may hold what would end a policy (RFC 3986, 3.2.2: sub-delims).
	if u, err := url.Parse(t.Logo); err == nil && plainHost.MatchString(u.Host) {
		sources += " " + u.Scheme + "://" + u.Host
	}
	return sources
}

var plainHost = regexp.MustCompile(`^[A-Za-z0-9.:\[\]-]+$`)
