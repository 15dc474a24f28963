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

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/embed/picture"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/widgets"
)

// buildWithin bounds the making of a widget, which outlives the request that
// began it because others may be waiting for the same.
const buildWithin = 10 * time.Second

// finder resolves the name and the query of an address.
type finder func(cat *federation.Catalogue, name string, query url.Values) (target, error)

// resolved is a target with what follows from it, under one catalogue.
type resolved struct {
	target
	catalogue *federation.Catalogue
	key       string
}

// servePlacement answers /embed/{placement} and /embed/{placement}.html.
func (s *Server) servePlacement(w http.ResponseWriter, r *http.Request) error {
	cat := s.catalogues.Current()
	name := chi.URLParam(r, "placement")
	if r.URL.RawQuery != "" {
		t, err := resolve(cat, name, r, saved)
		return s.serve(w, r, t, err)
	}
	// The address that most pages ask for is worth a short cut. Only names
	// of placements are kept, so strangers cannot fill it.
	if t, ok := s.plain.Load(name); ok && t.(*resolved).catalogue == cat {
		return s.serve(w, r, t.(*resolved), nil)
	}
	t, err := resolve(cat, name, r, saved)
	if err == nil {
		s.plain.Store(name, t)
	}
	return s.serve(w, r, t, err)
}

// serveUnsaved answers /embed/widget/{kind}?SEL and .html.
func (s *Server) serveUnsaved(w http.ResponseWriter, r *http.Request) error {
	t, err := resolve(s.catalogues.Current(), chi.URLParam(r, "kind"), r, unsaved)
	return s.serve(w, r, t, err)
}

func resolve(cat *federation.Catalogue, name string, r *http.Request, find finder) (*resolved, error) {
	name, fragment := strings.CutSuffix(name, ".html")
	t, err := find(cat, name, web.Query(r.URL.RawQuery))
	if err != nil {
		return nil, err
	}
	t.page = !fragment
	return &resolved{target: t, catalogue: cat, key: t.key()}, nil
}

var (
	lifetime = []string{"public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"}
	referrer = []string{"strict-origin-when-cross-origin"}
)

func (s *Server) serve(w http.ResponseWriter, r *http.Request, t *resolved, err error) error {
	if err != nil {
		return err
	}
	h := w.Header()
	if err := admit(h, t.sites, r.Header.Get("Origin"), s.hub); err != nil {
		return err
	}
	a, err := s.cache.get(t.key, t.catalogue, func() (*answer, error) { return s.build(r.Context(), t.catalogue, t.target) })
	if err != nil {
		return err
	}
	h["Cache-Control"] = lifetime
	h["Content-Security-Policy"] = []string{policy(a.style, s.hub, t.sites)}
	h["Referrer-Policy"] = referrer
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
	if path := picture.LogoPath(t.owner, t.theme.Logo); path != "" {
		v.Logo = s.hub + path
	}
	v.Label = v.Options.Title.In(t.language)
	for _, f := range items {
		e := widgets.Entry{Item: f.Item, Member: f.Member.Name, Picture: s.picture(f.Item), Next: f.Next}
		for _, a := range f.Also {
			e.Also = append(e.Also, a.Member.Name)
		}
		v.Entries = append(v.Entries, e)
	}
	return v
}

// picture is where the hub serves the item's picture, if it has one.
func (s *Server) picture(it federation.Item) widgets.Picture {
	small := picture.PathAt(it, picture.Small)
	if small == "" {
		return widgets.Picture{}
	}
	return widgets.Picture{Small: s.hub + small, Large: s.hub + picture.PathAt(it, picture.Medium)}
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
