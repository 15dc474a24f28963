package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
)

// world is a hub with items in memory, the publisher of their pictures, and a
// clock.
type world struct {
	federation.Readable // the methods not given here are not called

	server    *Server
	hub       http.Handler
	publisher *httptest.Server
	asked     atomic.Int32 // requests the publisher had
	now       time.Time

	mu      sync.Mutex
	items   map[string]federation.Item
	gone    map[string]bool
	logos   map[string][]string
	private map[string][]netip.Prefix
	body    map[string][]byte // by path; what is not there is 404
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// newWorld has a client that may reach the networks given besides public ones.
func newWorld(t testing.TB, private ...netip.Prefix) *world {
	t.Helper()
	w := &world{items: map[string]federation.Item{}, gone: map[string]bool{}, body: map[string][]byte{},
		now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)}
	w.publisher = httptest.NewServer(w)
	t.Cleanup(w.publisher.Close)
	client := safehttp.New(safehttp.Config{AllowPrivate: private, Timeout: 5 * time.Second})
	t.Cleanup(client.Close)
	w.use(t, client)
	return w
}

// use gives the hub another client.
func (w *world) use(t testing.TB, fetch Fetcher) {
	w.server = New(slog.New(slog.NewTextHandler(t.Output(), nil)), &federation.Reader{Held: w}, w, fetch)
	w.server.now = func() time.Time { return w.now }
	r := chi.NewRouter()
	web.Mount(r, w.server.Routes(), fail)
	w.hub = r
}

// Logos is the directory: each member has the logos of its name.
func (w *world) Logos(owner string) []string { return w.logos[owner] }

// Private is the directory: the networks of each source.
func (w *world) Private(source string) []netip.Prefix { return w.private[source] }

func fail(w http.ResponseWriter, _ *http.Request, err error) {
	status := http.StatusInternalServerError
	for kind, code := range map[error]int{federation.ErrNotFound: 404, federation.ErrGone: 410} {
		if errors.Is(err, kind) {
			status = code
		}
	}
	http.Error(w, err.Error(), status)
}

// ServeHTTP is the publisher: every picture under a type that it may not have.
func (w *world) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.asked.Add(1)
	w.mu.Lock()
	defer w.mu.Unlock()
	body, ok := w.body[r.URL.Path]
	if !ok {
		http.NotFound(rw, r)
		return
	}
	rw.Header().Set("Content-Type", "image/jpeg")
	_, _ = rw.Write(body)
}

func (w *world) Item(_ context.Context, id string) (federation.Item, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.gone[id] {
		return federation.Item{}, fmt.Errorf("item %q: %w", id, federation.ErrGone)
	}
	it, ok := w.items[id]
	if !ok {
		return federation.Item{}, federation.NotFound("item", id)
	}
	return it, nil
}

// publish makes an item whose picture is body at the publisher's path.
func (w *world) publish(path string, body []byte) federation.Item {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.body[path] = body
	return w.add(w.publisher.URL + path)
}

// add makes an item with a picture at an address.
func (w *world) add(address string) federation.Item {
	it := federation.Item{ID: federation.NewItemID("sambre/actus", fmt.Sprint(len(w.items))), Source: "sambre/actus",
		Image: &federation.Image{URL: address}}
	w.items[it.ID] = it
	return it
}

// get asks the hub; headers come in pairs.
func (w *world) get(path string, header ...string) *httptest.ResponseRecorder {
	return w.do(http.MethodGet, path, header...)
}

func (w *world) do(method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	w.hub.ServeHTTP(rec, r)
	return rec
}

// photo is a picture with a different colour in each quarter: red, green in
// the upper half, blue, yellow in the lower.
func photo(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	quarters := [2][2]color.NRGBA{{{220, 30, 30, 255}, {30, 160, 30, 255}}, {{30, 30, 220, 255}, {230, 220, 30, 255}}}
	for y := range h {
		for x := range w {
			img.SetNRGBA(x, y, quarters[2*y/h][2*x/w])
		}
	}
	return img
}

// corners names the colours of the quarters of a picture, in reading order.
func corners(img image.Image) string {
	b := img.Bounds()
	var out strings.Builder
	for _, at := range [4][2]int{{1, 1}, {3, 1}, {1, 3}, {3, 3}} {
		r, g, bl, _ := img.At(b.Min.X+at[0]*b.Dx()/4, b.Min.Y+at[1]*b.Dy()/4).RGBA()
		switch red, green, blue := r > 0x8000, g > 0x6000, bl > 0x8000; {
		case red && green && blue:
			out.WriteByte('W')
		case red && green:
			out.WriteByte('Y')
		case red:
			out.WriteByte('R')
		case green:
			out.WriteByte('G')
		case blue:
			out.WriteByte('B')
		default:
			out.WriteByte('?')
		}
	}
	return out.String()
}

func encode(t testing.TB, kind string, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch kind {
	case "jpeg":
		err = jpeg.Encode(&b, img, nil)
	case "png":
		err = png.Encode(&b, img)
	case "gif":
		err = gif.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// shown decodes what the hub sent.
func shown(t testing.TB, rec *httptest.ResponseRecorder) image.Image {
	t.Helper()
	if rec.Code != http.StatusOK {
		t.Fatalf("status %d %s, want a picture", rec.Code, rec.Body)
	}
	img, err := jpeg.Decode(rec.Body)
	if err != nil {
		t.Fatal(err)
	}
	return img
}
