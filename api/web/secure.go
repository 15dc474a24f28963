package web

import (
	"net/http"
	"slices"

	"github.com/plonegov/carillon/federation"
)

// Values of headers that every response shares.
var (
	nosniff     = []string{"nosniff"}
	referrer    = []string{"strict-origin"} // never the words somebody searched
	permissions = []string{"camera=(), microphone=(), geolocation=(self), payment=(), usb=()"}
	nothing     = []string{"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"}
)

// Secure sets the headers that are on every response; a page that needs more
// rights than none sets its own policy over this one.
func Secure(h http.Header) {
	h["X-Content-Type-Options"] = nosniff
	h["Referrer-Policy"] = referrer
	h["Permissions-Policy"] = permissions
	h["Content-Security-Policy"] = nothing
}

// AlertsOnly reports whether a selection shows alerts and nothing else, by
// itself or by the channels it names: such answers have room of their own
// (DESIGN.md 8.14).
func AlertsOnly(cat *federation.Catalogue, sel federation.Selection) bool {
	only := func(s federation.Selection) bool {
		return slices.Equal(s.Types, []federation.ItemType{federation.AlertItem})
	}
	if only(sel) {
		return true
	}
	for _, slug := range sel.Channels {
		if ch, err := cat.Channel(slug); err != nil || !only(ch.Select) {
			return false
		}
	}
	return len(sel.Channels) > 0
}
