package embed

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// admit says in h which origin may read the answer (Fetch, 3.3.5), or refuses
// the one that asks. A request without an Origin comes from a server include,
// a frame or the hub's own page, and is answered.
func admit(h http.Header, sites []string, origin, hub string) error {
	if len(sites) == 0 {
		h["Access-Control-Allow-Origin"] = anyOrigin
		return nil
	}
	h["Vary"] = byOrigin
	switch {
	case origin == "" || origin == hub:
		return nil
	case slices.Contains(sites, origin):
		h.Set("Access-Control-Allow-Origin", origin)
		return nil
	}
	return fmt.Errorf("%s may not embed this widget; add it to the member's sites: %w", quote(origin), federation.ErrForbidden)
}

var anyOrigin, byOrigin = []string{"*"}, []string{"Origin"}

// quote bounds what a stranger wrote.
func quote(origin string) string {
	if len(origin) > 200 {
		origin = origin[:200]
	}
	return fmt.Sprintf("%q", origin)
}

// policy is the Content-Security-Policy of a widget opened as a page: no
// script, pictures of the hub and the empty data URL of its icon, and frames on
// the member's sites alone.
func policy(style, hub string, sites []string) string {
	if style == "" {
		style = "'self'" // of a fragment, which links its sheet
	}
	ancestors := "*"
	if len(sites) > 0 {
		ancestors = "'self' " + strings.Join(sites, " ")
	}
	return "default-src 'none'; style-src " + style + "; img-src " + hub + " data:; base-uri 'none'; form-action 'none'; frame-ancestors " + ancestors
}
