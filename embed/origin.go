package embed

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/widgets"
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
	return federation.Forbidden("%s may not embed this widget; add it to the member's sites", quote(origin))
}

var anyOrigin, byOrigin = []string{"*"}, []string{"Origin"}

// quote bounds what a stranger wrote.
func quote(origin string) string {
	if len(origin) > 200 {
		origin = origin[:200]
	}
	return fmt.Sprintf("%q", origin)
}

// policy is the Content-Security-Policy of a widget opened as a page: no script
// but the one that tells its height, pictures of the hub and the empty data URL
// of its icon, and frames on the member's sites alone.
func policy(style, hub string, sites []string) string {
	if style == "" {
		style = "'self'" // of a fragment, which links its sheet
	} else {
		style += "; script-src " + frameScript
	}
	ancestors := "*"
	if len(sites) > 0 {
		ancestors = "'self' " + strings.Join(sites, " ")
	}
	return "default-src 'none'; style-src " + style + "; img-src " + hub + " data:; base-uri 'none'; form-action 'none'; frame-ancestors " + ancestors
}

// frameScript is the hash of the script of a frame's page.
var frameScript = hash(widgets.FrameScript())

// hash is a source of a Content-Security-Policy (CSP 3, 2.3.1).
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
