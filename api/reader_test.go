package api

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

// throughReader stands between the store and the reader: what comes through it
// is told by its title.
type throughReader struct{ *region }

const readerWord, layerWord = "LU PAR LE LECTEUR", "NOTRE GUICHET"

func (r throughReader) read(it federation.Item) federation.Item {
	it.Title = strings.Replace(it.Title, "numéro", readerWord, 1)
	return it
}

func (r throughReader) Item(ctx context.Context, id string) (federation.Item, error) {
	it, err := r.region.Item(ctx, id)
	return r.read(it), err
}

func (r throughReader) ItemsByID(ctx context.Context, ids []string) ([]federation.Item, error) {
	items, err := r.region.ItemsByID(ctx, ids)
	for i := range items {
		items[i] = r.read(items[i])
	}
	return items, err
}

func (r throughReader) Versions(ctx context.Context, id string) ([]federation.Version, error) {
	versions, err := r.region.Versions(ctx, id)
	for i := range versions {
		versions[i].Item = r.read(versions[i].Item)
	}
	return versions, err
}

// Records has a placement of m01 that shows everybody's.
func (r throughReader) Records(ctx context.Context, kind, owner string) ([]federation.Record, error) {
	list := append(r.records(), federation.Placement{Slug: "m01-actus", Member: "m01", Widget: "list", Select: federation.Selection{Sort: federation.ByNewest}})
	return list.Records(ctx, kind, owner)
}

// guichet is what m01 adds to everything.
type guichet struct{}

func (guichet) Over(_ context.Context, as string, items []federation.Item) error {
	for i := range items {
		if as == "m01" {
			items[i].Title += " " + layerWord
		}
	}
	return nil
}

func serveLayered(t *testing.T, layer federation.Layer) *Server {
	t.Helper()
	store, log := throughReader{newRegion(2)}, slog.New(slog.DiscardHandler)
	reader := &federation.Reader{Held: store, Layer: layer}
	svc, cats := searchingThrough(t, store, reader, store.items, log)
	return New(log, testConfig, reader, store, svc, cats, noPictures{})
}

// TestEveryOutputComesThroughTheReader holds that no page, list, feed or widget
// has a title that the reader did not give.
func TestEveryOutputComesThroughTheReader(t *testing.T) {
	h := serveLayered(t, nil)
	id := federation.NewItemID("m00/actus", "guid-1")
	for _, path := range []string{"/", "/search", "/search?q=travaux", "/items/" + id, "/members/m00", "/channels/m00",
		"/api/v1/items", "/api/v1/items/" + id, "/api/v1/items/" + id + "/versions", "/api/v1/search?q=travaux",
		"/feed.rss", "/feed.atom", "/feed.json", "/channels/m00.rss", "/embed/m01-actus", "/embed/m01-actus.html",
		"/embed/widget/list", "/embed/widget/list.html?member=m00"} {
		w := ask(h, "GET", path)
		body := w.Body.String()
		if w.Code != 200 || !strings.Contains(body, readerWord) || strings.Contains(body, "numéro") {
			t.Errorf("GET %s = %d; with what the reader gives %v, past it %v", path, w.Code, strings.Contains(body, readerWord), strings.Contains(body, "numéro"))
		}
	}
}

// TestReaderOfAMember: who asks as a member sees what it adds; nobody else does.
func TestReaderOfAMember(t *testing.T) {
	h := serveLayered(t, guichet{})
	for path, want := range map[string]bool{
		"/api/v1/items?as=m01": true, "/api/v1/items?as=m00": false, "/api/v1/items": false,
		"/api/v1/search?q=travaux&as=m01": true, "/api/v1/search?q=travaux": false,
		"/feed.rss?as=m01": true, "/feed.rss": false, "/feed.json?as=m01": true,
		"/search?as=m01": true, "/search": false, "/": false,
		"/embed/m01-actus": true, "/embed/m01-actus.html": true,
		"/embed/widget/list.html?as=m01": true, "/embed/widget/list.html?member=m01": false,
		"/items/" + federation.NewItemID("m00/actus", "guid-1"): false,
	} {
		w := ask(h, "GET", path)
		if got := strings.Contains(w.Body.String(), layerWord); w.Code != 200 || got != want {
			t.Errorf("GET %s = %d; shows what m01 adds: %v, want %v", path, w.Code, got, want)
		}
	}
}
