package portal

import (
	"net/http"
	"net/url"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

// canonical sends who comes with keys that the page does not know to its
// address without them: what a newsletter or a social network adds to a link
// must neither fail, nor be shared on, nor make a cache keep the page twice.
//
// The redirect is permanent (301), so that search engines forget the longer
// address, and kept for an hour at most: a key that a page does not know today
// may mean something to it after the next release.
func (p *Portal) canonical(keys []string, h handler) handler {
	return func(w http.ResponseWriter, v visit) error {
		known, all := web.Known(v.query, keys...)
		if all {
			return h(w, v)
		}
		w.Header().Set("Cache-Control", web.MovedLifetime)
		http.Redirect(w, v.Request, v.link(v.URL.EscapedPath(), canonicalQuery(known)), http.StatusMovedPermanently)
		return nil
	}
}

// canonicalQuery is the canonical text of the selection in a query, or the
// query itself where that is not one: its page says why.
func canonicalQuery(known url.Values) string {
	sel, err := federation.SelectionFrom(known)
	if err != nil {
		return known.Encode()
	}
	return sel.String()
}
