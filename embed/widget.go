package embed

import (
	"bytes"
	"context"
	"errors"
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

// finder resolves the name and the query of an address.
type finder func(cat *federation.Catalogue, name string, query url.Values) (target, error)

// servePlacement answers /embed/{placement} and /embed/{placement}.html.
func (s *Server) servePlacement(w http.ResponseWriter, r *http.Request) error {
	return s.serve(w, r, chi.URLParam(r, "placement"), saved)
}

// serveUnsaved answers /embed/widget/{kind}?SEL and .html.
func (s *Server) serveUnsaved(w http.ResponseWriter, r *http.Request) error {
	return s.serve(w, r, chi.URLParam(r, "kind"), unsaved)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, name string, find finder) error {
	cat := s.catalogues.Current()
	t, err := resolve(cat, name, r, find)
	if err != nil {
		return err
	}
	at := s.address(cat, t)
	if err := admit(w.Header(), t.sites, r.Header.Get("Origin"), s.hub); err != nil {
		return err
	}
	a, err := s.cache.Get(r.Context(), at.key, func(ctx context.Context) (*web.Answer, error) { return s.build(ctx, cat, t) })
	if err != nil {
		return err
	}
	s.addresses.Put(r.RequestURI, at, len(r.RequestURI)+at.size())
	at.write(w, r, a)
	return nil
}

func resolve(cat *federation.Catalogue, name string, r *http.Request, find finder) (target, error) {
	name, fragment := strings.CutSuffix(name, ".html")
	t, err := find(cat, name, web.Query(r.URL.RawQuery))
	t.page = !fragment
	return t, err
}

// build makes the answer of a target, when there is room for it.
func (s *Server) build(ctx context.Context, cat *federation.Catalogue, t target) (*web.Answer, error) {
	limit := s.builds
	if web.AlertsOnly(cat, t.sel) {
		limit = s.alerts
	}
	release, err := limit.Acquire(ctx, "")
	if err != nil {
		return nil, err
	}
	defer release()
	v, err := s.view(ctx, cat, t)
	if err != nil {
		return nil, err
	}
	render := s.render.Fragment
	if t.page {
		render = s.render.Page
	}
	var b bytes.Buffer
	if err := render(&b, v); err != nil {
		return nil, err
	}
	return web.New("text/html; charset=utf-8", bytes.Clone(b.Bytes()), web.Fast), nil
}

// view is what the renderer shows of a target: what every widget has, and what
// its kind needs.
func (s *Server) view(ctx context.Context, cat *federation.Catalogue, t target) (widgets.View, error) {
	v := widgets.View{Hub: s.hub, Now: time.Now(), Kind: t.kind.Name, Language: t.language, Zone: cat.Hub.Location(), Theme: t.theme, Options: t.options,
		More: s.hub + more(t.sel)}
	if len(t.sel.Channels) == 1 {
		if ch, err := cat.Channel(t.sel.Channels[0]); err == nil {
			v.Title = ch.Title
		}
	}
	if path := picture.LogoPath(t.owner, t.theme.Logo); path != "" {
		v.Logo = s.hub + path
	}
	for _, need := range t.kind.Needs {
		if err := s.bring(ctx, need, t, &v); err != nil {
			return v, fmt.Errorf("%s of widget %q: %w", need, t.sel, err)
		}
	}
	return v, nil
}

// bring puts into a view one thing that the target's kind needs.
func (s *Server) bring(ctx context.Context, need widgets.Need, t target, v *widgets.View) error {
	switch need {
	case widgets.NeedItems:
		found, err := s.search.Search(ctx, search.Request{Select: t.sel, As: t.owner, Language: t.language, List: true})
		if err != nil {
			return err
		}
		for _, f := range found.Items {
			e := widgets.Entry{Item: f.Item, Member: f.Member.Name, Picture: s.picture(f.Item), Next: f.Next}
			for _, a := range f.Also {
				e.Also = append(e.Also, a.Member.Name)
			}
			v.Entries = append(v.Entries, e)
		}
		return nil
	default:
		return errors.New("nobody brings them") // a row of the table without its code here
	}
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
	filter.As = sel.As
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
