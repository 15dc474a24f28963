package embed

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/widgets"
)

// buildWithin bounds the making of a widget, which outlives the request that
// began it because others may be waiting for the same.
const buildWithin = 10 * time.Second

// servePlacement answers /embed/{placement} and /embed/{placement}.html.
func (s *Server) servePlacement(w http.ResponseWriter, r *http.Request) error {
	return s.serve(w, r, chi.URLParam(r, "placement"), saved)
}

// serveUnsaved answers /embed/widget/{kind}?SEL and .html.
func (s *Server) serveUnsaved(w http.ResponseWriter, r *http.Request) error {
	return s.serve(w, r, chi.URLParam(r, "kind"),
		func(_ *federation.Catalogue, kind string, query url.Values) (target, error) {
			return unsaved(kind, query)
		})
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, name string,
	find func(*federation.Catalogue, string, url.Values) (target, error)) error {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return federation.Invalid("query", "is not a URL query: percent-encode %% and ; in values")
	}
	cat := s.catalogues.Current()
	name, fragment := strings.CutSuffix(name, ".html")
	t, err := find(cat, name, query)
	if err != nil {
		return err
	}
	t.page = !fragment
	if err := admit(w.Header(), t.sites, r.Header.Get("Origin"), s.hub); err != nil {
		return err
	}
	a, err := s.cache.get(t.key(), cat, func() (*answer, error) { return s.build(r.Context(), cat, t) })
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400")
	h.Set("Content-Security-Policy", policy(a.style, t.sites))
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	a.write(w, r)
	return nil
}

// build makes the answer of a target.
func (s *Server) build(ctx context.Context, cat *federation.Catalogue, t target) (*answer, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), buildWithin)
	defer cancel()
	found, err := s.search.Search(ctx, search.Request{Select: t.sel, Language: t.language})
	if err != nil {
		return nil, fmt.Errorf("widget %q: %w", t.sel, err)
	}
	v := s.view(cat, t, found.Items)
	var b bytes.Buffer
	style := ""
	if t.page {
		sum := sha256.Sum256([]byte(widgets.PageStyle(t.theme)))
		style = "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		err = s.render.Page(&b, v)
	} else {
		err = s.render.Fragment(&b, v)
	}
	if err != nil {
		return nil, err
	}
	a, err := newAnswer("text/html; charset=utf-8", b.Bytes(), fast)
	if err == nil {
		a.style = style
	}
	return a, err
}

// view is what the renderer shows of a target.
func (s *Server) view(cat *federation.Catalogue, t target, items []search.Found) widgets.View {
	v := widgets.View{Hub: s.hub, Kind: t.kind, Language: t.language, Theme: t.theme, Options: t.options,
		More: s.hub + more(t.sel)}
	if v.Options.Title == nil && len(t.sel.Channels) == 1 {
		if ch, err := cat.Channel(t.sel.Channels[0]); err == nil {
			v.Options.Title = ch.Title
		}
	}
	v.Label = v.Options.Title.In(t.language)
	for _, f := range items {
		v.Entries = append(v.Entries, widgets.Entry{Item: f.Item, Member: f.Member.Name})
	}
	return v
}

// more is the portal's page with the same items.
func more(sel federation.Selection) string {
	filter := sel.Filter()
	if len(filter.Channels) == 1 {
		alone := federation.Selection{Channels: filter.Channels}
		if filter.String() == alone.String() {
			return "/channels/" + filter.Channels[0]
		}
	}
	if query := filter.String(); query != "" {
		return "/search?" + query
	}
	return "/search"
}
