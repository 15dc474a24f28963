package api

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/api/feed"
	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// feedAddress is where a feed and its page for people are.
type feedAddress struct {
	path, home string
	query      federation.Selection // what stands behind the "?" of both
	ui         string               // language of titles; "" = the default
}

// selectionFeed answers /feed.<format>?SEL.
func (s *Server) selectionFeed(format feed.Format) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		sel, ui, err := parseFeedQuery(r.URL.RawQuery)
		if err != nil {
			return err
		}
		return s.writeFeed(w, r, format, sel, feedAddress{"/feed." + format.Extension, "/search", sel, ui})
	}
}

// channelFeed answers /channels/{slug}.<format>, which further keys narrow.
func (s *Server) channelFeed(format feed.Format) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		query, ui, err := parseFeedQuery(r.URL.RawQuery)
		if err != nil {
			return err
		}
		if len(query.Channels) > 0 {
			return federation.Invalid("channel", "is named by the path already")
		}
		page := "/channels/" + chi.URLParam(r, "slug")
		sel := query
		sel.Channels = []string{chi.URLParam(r, "slug")}
		return s.writeFeed(w, r, format, sel, feedAddress{page + "." + format.Extension, page, query, ui})
	}
}

// parseFeedQuery takes the interface language from the query and reads the
// rest as a selection; keys that are neither are what others added to a link.
func parseFeedQuery(raw string) (sel federation.Selection, ui string, err error) {
	v := feedQuery(raw)
	ui = v.Get("ui")
	if len(v["ui"]) > 1 || ui != "" && !slices.Contains(federation.Languages, ui) {
		return sel, "", federation.InvalidAs("ui", "ui", ui, "must be one of fr, nl, de and en")
	}
	v.Del("ui")
	sel, err = federation.SelectionFrom(v)
	return sel, ui, err
}

// feedKeys are those that decide what a feed holds.
var feedKeys = append(federation.SelectionKeys(), "ui")

func feedQuery(raw string) url.Values {
	v, _ := web.Known(web.Query(raw), feedKeys...)
	return v
}

func (s *Server) writeFeed(w http.ResponseWriter, r *http.Request, format feed.Format, sel federation.Selection, at feedAddress) error {
	from := time.Time{}
	if format.Extension == feed.Calendar.Extension {
		sel, from = s.calendar(r.Context(), sel)
	}
	a, err := s.search.Search(r.Context(), search.Request{Select: sel, Language: at.ui, List: true})
	if err != nil {
		return err
	}
	f := s.feed(sel, at, a.Next)
	f.From = from
	s.titles.load(r.Context())
	for _, found := range a.Items {
		f.Entries = append(f.Entries, s.told(s.entry(found)))
	}
	var body bytes.Buffer
	if err := format.Write(&body, f); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", format.ContentType)
	// The canonical address, for a reader that asked with another spelling.
	h.Set("Content-Location", f.Self)
	_, err = w.Write(body.Bytes())
	return err
}

// calendar is what a calendar shows of a selection: as much as there is of
// what has a date, from yesterday on where no dates are chosen. from is the
// moment from which series are told.
func (s *Server) calendar(ctx context.Context, sel federation.Selection) (_ federation.Selection, from time.Time) {
	if len(sel.Types) == 0 && len(sel.Channels) == 0 {
		sel.Types = []federation.ItemType{federation.EventItem, federation.Meeting}
	}
	if sel.Limit == 0 {
		sel.Limit = federation.MaxLimit
	}
	if sel.Sort == "" {
		sel.Sort = federation.ByStart
	}
	if sel.From.IsZero() && sel.To.IsZero() {
		today := s.now().UTC().Truncate(24 * time.Hour)
		sel.From = federation.Bound{Time: today.AddDate(0, 0, -1), Day: true}
		search.ReadsOf(ctx).Until(today.AddDate(0, 0, 1))
	}
	return sel, sel.From.Time
}

// feed is everything of a feed but its entries.
func (s *Server) feed(sel federation.Selection, at feedAddress, next string) feed.Feed {
	cat := s.cats.Current()
	title, lang := feedTitle(cat, sel, at.ui)
	first, following, home := at.query, at.query, at.query
	first.Cursor, home.Cursor = "", ""
	f := feed.Feed{
		ID: s.address(at.path, first, at.ui), Self: s.address(at.path, at.query, at.ui), Home: s.address(at.home, home, at.ui),
		Title: title, Description: feedDescriptions.In(lang), Language: lang, Author: "Carillon",
		Generator: "Carillon", Version: s.config.Version,
	}
	if next != "" {
		following.Cursor = next
		f.Next = s.address(at.path, following, at.ui)
	}
	if len(sel.Members) == 1 {
		if m, err := cat.Member(sel.Members[0]); err == nil {
			f.Author, f.Logo = m.Name.In(at.ui), m.Theme.Logo
		}
	}
	return f
}

// address is a canonical address of the hub.
func (s *Server) address(path string, sel federation.Selection, ui string) string {
	query := sel.String()
	if ui != "" {
		if query != "" {
			query += "&"
		}
		query += "ui=" + ui
	}
	if query != "" {
		query = "?" + query
	}
	return s.url(path + query)
}

func (s *Server) entry(f search.Found) feed.Entry {
	e := feed.Entry{Item: f.Item, Page: s.url("/items/" + f.ID), Member: f.Member.Name.In(f.Member.Languages...), MemberURL: f.Member.URL}
	if f.Origin != nil {
		e.SourceTitle = s.titles.of(f.Origin, f.Member)
	}
	return e
}
