package portal

import (
	"context"
	goembed "embed"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/federation/storetest"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/search/local"
)

//go:embed testdata/items.json
var testdata goembed.FS

// today is the clock of every test.
var today = time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)

// hub is a small region with a portal.
type hub struct {
	t      testing.TB
	store  *brittle
	items  []federation.Item
	portal *Portal
	router chi.Router
}

// brittle is a store whose items can be made to fail.
type brittle struct {
	federation.Store
	err error
}

func (b *brittle) Item(ctx context.Context, id string) (federation.Item, error) {
	if b.err != nil {
		return federation.Item{}, b.err
	}
	return b.Store.Item(ctx, id)
}

// newHub returns a portal over the region, and over extra items.
func newHub(t testing.TB, extra ...federation.Item) *hub {
	t.Helper()
	return newHubWith(t, append(readItems(t, "https://pictures.example"), extra...))
}

func newHubWith(t testing.TB, items []federation.Item) *hub {
	t.Helper()
	h := &hub{t: t, store: &brittle{Store: storetest.NewMem()}, items: items, router: chi.NewRouter()}
	h.save()
	h.start()
	return h
}

// hubOf is a portal over what save saves.
func hubOf(t testing.TB, save func(federation.Tx) error) *hub {
	t.Helper()
	h := &hub{t: t, store: &brittle{Store: storetest.NewMem()}, router: chi.NewRouter()}
	if err := h.store.InTx(t.Context(), save); err != nil {
		t.Fatal(err)
	}
	h.start()
	return h
}

// start makes the portal over what the store holds.
func (h *hub) start() {
	t := h.t
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	cats, err := federation.NewCatalogues(t.Context(), h.store)
	if err != nil {
		t.Fatal(err)
	}
	index, err := local.New(log, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = index.Close() })
	if err := search.NewIndexer(log, index, h.store, cats).Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	reader := &federation.Reader{Held: h.store}
	h.portal = New(log, search.NewService(log, index, reader, cats), reader, h.store, cats, "https://hub.example/")
	h.portal.now = func() time.Time { return today }
	web.Mount(h.router, h.portal.Routes(), nil)
}

// save puts the region and the items in the store; later versions of an item
// differ by their hash only.
func (h *hub) save() {
	h.t.Helper()
	ctx := h.t.Context()
	err := h.store.InTx(ctx, func(tx federation.Tx) error {
		if err := saveRegion(ctx, tx); err != nil {
			return err
		}
		for _, it := range h.items {
			last := it.Version
			for it.Version = 1; it.Version <= last; it.Version++ {
				it.Hash = fmt.Sprint("hash ", it.Version)
				if err := tx.SaveItem(ctx, it, it.FirstSeen.Add(time.Duration(it.Version)*26*time.Hour)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// saveRegion saves the directory.
func saveRegion(ctx context.Context, tx federation.Tx) error {
	var errs []error
	keep := func(_ bool, err error) { errs = append(errs, err) }
	at := func(lat, lon float64) *federation.Point { return &federation.Point{Lat: lat, Lon: lon} }
	member := func(slug string, kind federation.MemberKind, accent string, p *federation.Point, post string, name federation.Text, languages ...string) {
		m := federation.Member{Slug: slug, Kind: kind, Name: name, URL: "https://www." + slug + ".example/", Location: p,
			Languages: languages, Theme: federation.Theme{Accent: accent}}
		if post != "" {
			m.PostalCodes = []string{post}
		}
		keep(federation.Save(ctx, tx, m))
	}
	member("amis", federation.KindAssociation, "#6b7a1f", nil, "", federation.Text{"fr": "Les Amis du canal"}, "fr")
	member("bellerive", federation.KindCommune, "#b3123a", at(50.43, 4.61), "5060", federation.Text{"fr": "Bellerive-sur-Ornelle"}, "fr")
	member("eaux", federation.KindAgency, "#0a7fb8", nil, "", federation.Text{"fr": "Les Eaux de l’Ornelle"}, "fr")
	member("hautecombe", federation.KindCommune, "#f2c200", at(50.47, 4.70), "5070", federation.Text{"fr": "Hautecombe-les-Prés"}, "fr")
	member("lindewater", federation.KindCommune, "#006b54", at(50.70, 4.55), "1590", federation.Text{"nl": "Lindewater", "fr": "Lindewater"}, "nl", "fr")
	member("ornelle", federation.KindRegion, "#1d3f8f", at(50.45, 4.65), "", federation.Text{"fr": "Le Pays de l’Ornelle",
		"nl": "Het Ornelleland", "de": "Das Ornelleland", "en": "The Ornelle Country"}, "fr", "nl", "de")
	member("rosenthal", federation.KindCommune, "#7a2f8f", at(50.30, 6.05), "4790", federation.Text{"de": "Rosenthal am Berg"}, "de")
	for _, s := range []struct{ member, slug, title string }{
		{"amis", "billets", ""}, {"bellerive", "actualites", "Actualités"}, {"bellerive", "agenda", "Agenda"}, {"eaux", "avis", "Avis"},
		{"hautecombe", "actualites", "Actualités"}, {"hautecombe", "agenda", "Agenda"}, {"lindewater", "agenda", "Agenda"},
		{"lindewater", "nieuws", "Nieuws"}, {"ornelle", "actualites", "Actualités régionales"}, {"ornelle", "demarches", "Démarches"},
		{"rosenthal", "nachrichten", "Nachrichten"}, {"rosenthal", "termine", "Termine"},
	} {
		src := federation.Source{Member: s.member, Slug: s.slug, URL: "https://www." + s.member + ".example/" + s.slug + ".xml", License: "CC-BY-4.0"}
		if s.title != "" {
			src.Title = federation.Text{"fr": s.title}
		}
		src, state := inHealth(src)
		keep(federation.Save(ctx, tx, src))
		if !state.LastFetch.IsZero() {
			errs = append(errs, federation.SaveState(ctx, tx, state))
		}
	}
	for _, c := range []struct{ slug, fr, sel string }{
		{"actus-region", "Actualités de la région", "type=news&limit=6"}, {"agenda", "Agenda du pays", "type=event&sort=start"},
		{"demarches", "Démarches", "type=service"},
	} {
		sel, err := federation.ParseSelection(c.sel)
		errs = append(errs, err)
		keep(federation.Save(ctx, tx, federation.Channel{Slug: c.slug, Title: federation.Text{"fr": c.fr}, Select: sel}))
	}
	keep(federation.Save(ctx, tx, federation.Placement{Slug: "bellerive-actus", Member: "bellerive", Widget: "list"}))
	return errors.Join(errs...)
}

// readItems reads the items of testdata, dated from today, with pictures at an
// origin.
func readItems(t testing.TB, pictures string) []federation.Item {
	t.Helper()
	var rows []struct {
		M, S, T, Lang, Title, Summary, HTML, Place, Address, Start, End, Status, Severity string
		Days, Img                                                                         int
		Cats, Areas                                                                       []string
		Lat, Lon                                                                          float64
	}
	b, err := testdata.ReadFile("testdata/items.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &rows); err != nil {
		t.Fatal(err)
	}
	items := make([]federation.Item, len(rows))
	for i, r := range rows {
		it := newItem(r.M, r.S, fmt.Sprint("urn:test:", i), federation.ItemType(r.T), r.Title)
		it.Summary, it.Language, it.Categories = r.Summary, r.Lang, r.Cats
		it.Content = markup.Sanitise(r.HTML, nil)
		it.Published = today.AddDate(0, 0, -r.Days).Add(-time.Duration(i) * 11 * time.Minute)
		it.FirstSeen, it.Version = it.Published, 1+i%3
		if r.Img > 0 {
			it.Image = &federation.Image{URL: fmt.Sprintf("%s/img/%d.svg", pictures, r.Img), Alt: "Vue du lieu", Width: 960, Height: 640}
		}
		if r.Place != "" {
			it.Place = &federation.Place{Name: r.Place, Address: r.Address}
			if r.Lat != 0 {
				it.Place.Point = &federation.Point{Lat: r.Lat, Lon: r.Lon}
			}
		}
		if r.Severity != "" {
			it.Alert = &federation.Alert{Severity: r.Severity, Areas: r.Areas}
			it.Expires = today.AddDate(0, 0, 1)
		}
		if r.Start != "" {
			start, allDay := moveDay(t, r.Start)
			it.Event = &federation.Event{Start: start, AllDay: allDay, Status: r.Status}
			if r.End != "" {
				it.Event.End, _ = moveDay(t, r.End)
			}
		}
		items[i] = it
	}
	return items
}

// moveDay reads "+3 14:00", a day and a time from today on.
func moveDay(t testing.TB, s string) (_ time.Time, allDay bool) {
	t.Helper()
	var days, hour, minute int
	n, _ := fmt.Sscanf(s, "+%d %d:%d", &days, &hour, &minute)
	day := time.Date(2026, 11, 23+days, hour, minute, 0, 0, time.UTC)
	if n == 3 {
		day = day.Add(-time.Hour) // the communes' clock is an hour ahead in winter
	}
	return day, n == 1
}

// newItem is an item as a harvest leaves it.
func newItem(member, source, origin string, kind federation.ItemType, title string) federation.Item {
	name := member + "/" + source
	return federation.Item{ID: federation.NewItemID(name, origin), Member: member, Source: name, OriginID: origin, Type: kind, Title: title,
		URL: "https://www." + member + ".example/" + url.PathEscape(origin), Language: "fr", Published: today, FirstSeen: today, Version: 1,
		Provenance: federation.Provenance{SourceURL: "https://www." + member + ".example/" + source + ".xml", Fetched: today.Add(-12 * time.Minute),
			License: "CC-BY-4.0", Attribution: "© " + member, Hash: "00"}}
}

// get asks for a page with header fields "Name: value".
func (h *hub) get(path string, fields ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	return h.ask(http.MethodGet, path, fields...)
}

func (h *hub) ask(method, path string, fields ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for _, f := range fields {
		name, value, _ := strings.Cut(f, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.router.ServeHTTP(w, r)
	return w
}

// titled is the id of the item with a title.
func (h *hub) titled(start string) string {
	h.t.Helper()
	for _, it := range h.items {
		if strings.HasPrefix(it.Title, start) {
			return it.ID
		}
	}
	h.t.Fatalf("no item is called %q", start)
	return ""
}

// kinds are an address of each kind of page.
func (h *hub) kinds() map[string]string {
	return map[string]string{
		"home":    "/",
		"results": "/search?q=travaux&type=news,notice&member=bellerive,hautecombe",
		"near":    "/search?near=50.43,4.61&radius=25&sort=distance",
		"nothing": "/search?q=xyzzyq&type=event",
		"item":    "/items/" + h.titled("La passerelle"),
		"event":   "/items/" + h.titled("Fête de la"),
		"alert":   "/items/" + h.titled("Vigilance"),
		"dutch":   "/items/" + h.titled("Nieuwe fietsstraat"),
		"member":  "/members/bellerive",
		"german":  "/members/rosenthal",
		"channel": "/channels/actus-region",
		"source":  "/members/bellerive/sources/actualites",
		"failing": "/members/bellerive/sources/agenda",
		"held":    "/members/hautecombe/sources/agenda",
		"weekly":  "/members/amis/sources/billets",
		"gone":    "/members/eaux/sources/avis",
		"stopped": "/members/lindewater/sources/nieuws",
		"unread":  "/members/rosenthal/sources/termine",
		"file":    "/members/ornelle/sources/demarches",
		"coming":  "/channels/agenda",
		"agenda":  "/search?type=event",
		"access":  statementPath,
		"error":   "/items/nothing-here",
		"invalid": "/search?from=2026-12-24&to=2026-12-01&q=travaux",
	}
}
