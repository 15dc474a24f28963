package websub

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/federation/storetest"
	"github.com/plonegov/carillon/harvester/feed"
)

// world is a source, its hub and us, all on loopback, at a time of the test.
type world struct {
	*testing.T
	store      federation.Store
	client     *safehttp.Client
	subscriber *Subscriber
	callback   *Callback
	pusher     *fakePusher
	origin     *httptest.Server // of the source
	pages      map[string]page
	hub        *peer
	us         *httptest.Server
	src        federation.Source

	mu    sync.Mutex
	clock time.Time
}

// page is what the origin answers at a path.
type page struct {
	header http.Header
	status int
	body   string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldOn(t, storetest.Twice(storetest.NewMem()))
}

func newWorldOn(t *testing.T, store federation.Store) *world {
	t.Helper()
	w := &world{T: t, store: store, pusher: &fakePusher{}, pages: map[string]page{}, clock: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	w.origin = httptest.NewServer(http.HandlerFunc(w.serveOrigin))
	t.Cleanup(w.origin.Close)
	w.us = httptest.NewServer(http.HandlerFunc(w.serveUs))
	t.Cleanup(w.us.Close)
	w.hub = newPeer(t)
	w.client = safehttp.New(safehttp.Config{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	t.Cleanup(w.client.Close)
	w.start()
	w.src = federation.Source{Member: "alba", Slug: "news", URL: w.origin.URL + "/feed"}
	w.saveSource(w.src)
	return w
}

// start makes our side anew, as a restart does.
func (w *world) start() {
	log := slog.New(slog.NewTextHandler(w.Output(), nil))
	w.subscriber = New(log, w.store, w.client, w.us.URL)
	w.callback = NewCallback(log, w.store, w.pusher)
	w.subscriber.now, w.callback.now = w.now, w.now
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.clock
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.clock = w.clock.Add(d)
}

func (w *world) saveSource(src federation.Source) {
	w.Helper()
	err := w.store.InTx(w.Context(), func(tx federation.Tx) error {
		if _, err := federation.Save(w.Context(), tx, federation.Member{Slug: src.Member}); err != nil {
			return err
		}
		_, err := federation.Save(w.Context(), tx, src)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) serveOrigin(rw http.ResponseWriter, r *http.Request) {
	p := w.pages[r.URL.Path]
	for name, values := range p.header {
		rw.Header()[name] = values
	}
	if p.status == 0 {
		p.status = http.StatusOK
	}
	rw.WriteHeader(p.status)
	_, _ = io.WriteString(rw, p.body)
}

// serveUs is package api's route, as short as can be.
func (w *world) serveUs(rw http.ResponseWriter, r *http.Request) {
	token := strings.TrimPrefix(r.URL.Path, CallbackPath)
	var status int
	var challenge string
	var err error
	if r.Method == http.MethodPost {
		status, err = w.callback.Deliver(r.Context(), r.RemoteAddr, token, r.Header, r.Body)
	} else {
		status, challenge, err = w.callback.Verify(r.Context(), r.RemoteAddr, token, r.URL.Query())
	}
	if err != nil {
		w.Errorf("%s %s: %v", r.Method, r.URL, err)
		status = http.StatusInternalServerError
	}
	rw.WriteHeader(status)
	_, _ = io.WriteString(rw, challenge)
}

// atom is a feed that names what is given; "" is left out.
func atom(hub, self string) string {
	links := ""
	if hub != "" {
		links += `<link rel="hub" href="` + hub + `"/>`
	}
	if self != "" {
		links += `<link rel="self" href="` + self + `"/>`
	}
	return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:a</id><title>t</title>` + links +
		`<entry><id>urn:1</id><title>one</title></entry></feed>`
}

// discover fetches the source, decodes it as the harvester does and tells the
// subscriber.
func (w *world) discover() Found {
	w.Helper()
	res, err := w.client.Get(w.Context(), safehttp.Request{URL: w.src.URL})
	if err != nil {
		w.Fatal(err)
	}
	doc := federation.Document{URL: res.URL, ContentType: res.Header.Get("Content-Type"), Body: res.Body, Source: w.src}
	var d federation.Decoded
	if format := feed.Format(); format.Sniff(doc) > 0 {
		if d, err = format.Decode(doc); err != nil {
			w.Fatal(err)
		}
	}
	f := Discover(doc, res.Header, d.Hubs, d.Self)
	if err := w.subscriber.Discovered(w.Context(), w.src, f); err != nil {
		w.Fatalf("Discovered(%+v) = %v", f, err)
	}
	return f
}

// turn lets the subscriber ask what is due.
func (w *world) turn() {
	w.Helper()
	if _, err := w.subscriber.turn(w.Context()); err != nil {
		w.Fatalf("turn() = %v", err)
	}
}

// subscribed is a source that was discovered, asked for and confirmed.
func (w *world) subscribed() federation.Subscription {
	w.Helper()
	w.pages["/feed"] = page{body: atom(w.hub.URL, w.src.URL)}
	w.discover()
	w.turn()
	sub := w.only()
	if status, _ := w.hub.verify(w.hub.last(), nil); status != http.StatusOK {
		w.Fatalf("verification = %d, want 200", status)
	}
	return w.get(sub.ID)
}

// only is the one subscription of the source.
func (w *world) only() federation.Subscription {
	w.Helper()
	list := w.all()
	if len(list) != 1 {
		w.Fatalf("Subscriptions(%q) = %+v, want one", w.src.Name(), list)
	}
	return list[0]
}

func (w *world) all() []federation.Subscription {
	w.Helper()
	list, err := federation.SubscriptionsOf(w.Context(), w.store, w.src.Name())
	if err != nil {
		w.Fatal(err)
	}
	return list
}

func (w *world) get(id string) federation.Subscription {
	w.Helper()
	sub, err := federation.Get[federation.Subscription](w.Context(), w.store, id)
	if err != nil {
		w.Fatal(err)
	}
	return sub
}

// due is when the source is to be fetched; zero when nothing asked for it.
func (w *world) due() time.Time {
	w.Helper()
	due, err := w.store.NextDue(w.Context(), federation.TaskHarvest)
	if err != nil {
		w.Fatal(err)
	}
	if due.Equal(federation.AtOnce) { // since it was saved
		return time.Time{}
	}
	return due
}

// notProcessed holds that a push changed nothing but the counts.
func (w *world) notProcessed(why string) {
	w.Helper()
	if due := w.due(); !due.IsZero() {
		w.Errorf("the source is due at %v, want it left alone", due)
	}
	if n := w.pusher.count(); n > 0 {
		w.Errorf("%d pushes were read, want none", n)
	}
	sub := w.only()
	if why != "" && (sub.Ignored[why] != 1 || len(sub.Ignored) != 1 || sub.Pushes != 0) {
		w.Errorf("pushes %d, ignored %v, want one because %s", sub.Pushes, sub.Ignored, why)
	}
}

// fakePusher stands in for the harvester.
type fakePusher struct {
	mu     sync.Mutex
	bodies []string
	err    error
}

func (p *fakePusher) Push(_ context.Context, src federation.Source, contentType string, body []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bodies = append(p.bodies, src.Name()+" "+contentType+" "+string(body))
	return p.err
}

func (p *fakePusher) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.bodies)
}

// peer is a hub, written from the lines of the shared cases alone.
type peer struct {
	*httptest.Server
	t *testing.T

	mu     sync.Mutex
	asked  []url.Values
	answer func(rw http.ResponseWriter, r *http.Request, form url.Values) // nil = 202
}

func newPeer(t *testing.T) *peer {
	p := &peer{t: t}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

func (p *peer) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.ParseForm() != nil {
		p.t.Errorf("the hub was asked %s %s", r.Method, r.URL)
	}
	p.mu.Lock()
	p.asked = append(p.asked, r.PostForm)
	answer := p.answer
	p.mu.Unlock()
	if answer != nil {
		answer(rw, r, r.PostForm)
		return
	}
	rw.WriteHeader(http.StatusAccepted)
}

func (p *peer) answers(status int, header ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = func(rw http.ResponseWriter, _ *http.Request, _ url.Values) {
		for i := 0; i+1 < len(header); i += 2 {
			rw.Header().Set(header[i], header[i+1])
		}
		rw.WriteHeader(status)
	}
}

func (p *peer) requests() []url.Values {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]url.Values(nil), p.asked...)
}

// last is the last request.
func (p *peer) last() url.Values {
	p.t.Helper()
	all := p.requests()
	if len(all) == 0 {
		p.t.Fatal("the hub was asked nothing")
	}
	return all[len(all)-1]
}

const theChallenge = "0123 <b>&ff</b>"

// verify asks the callback of a request whether it meant it; change, if any,
// replaces parameters.
func (p *peer) verify(form url.Values, change map[string]string) (status int, body string) {
	p.t.Helper()
	q := url.Values{"hub.mode": {form.Get("hub.mode")}, "hub.topic": {form.Get("hub.topic")}, "hub.challenge": {theChallenge}}
	if form.Get("hub.mode") == "subscribe" {
		q.Set("hub.lease_seconds", form.Get("hub.lease_seconds"))
	}
	for name, v := range change {
		q.Set(name, v)
	}
	res, err := http.Get(form.Get("hub.callback") + "?" + q.Encode())
	if err != nil {
		p.t.Error(err)
		return 0, ""
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Error(err)
	}
	if res.StatusCode == http.StatusOK && form.Get("hub.challenge") == "" && q.Get("hub.mode") != "denied" && string(b) != q.Get("hub.challenge") {
		p.t.Errorf("verification echoes %q, want %q", b, q.Get("hub.challenge"))
	}
	return res.StatusCode, string(b)
}

// push delivers a body with a signature; "" sends none.
func (p *peer) push(form url.Values, body, signature string) (status int) {
	p.t.Helper()
	req, err := http.NewRequest(http.MethodPost, form.Get("hub.callback"), bytes.NewReader([]byte(body)))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/atom+xml")
	if signature != "" {
		req.Header.Set("X-Hub-Signature", signature)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

// sign is the signature that the hub owes.
func sign(form url.Values, body string) string {
	m := hmac.New(sha256.New, []byte(form.Get("hub.secret")))
	_, _ = io.WriteString(m, body)
	return "sha256=" + hex.EncodeToString(m.Sum(nil))
}

var errFake = errors.New("cannot be read")
