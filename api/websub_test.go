package api

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/websub"
)

// fakeCallback answers what it is told to, and remembers what it was asked.
type fakeCallback struct {
	status int
	err    error
	asked  []string
	body   int64
}

func (c *fakeCallback) Verify(_ context.Context, from, token string, q url.Values) (int, string, error) {
	c.asked = append(c.asked, "verify "+token+" "+q.Get("hub.topic"))
	return c.status, q.Get("hub.challenge"), c.err
}

func (c *fakeCallback) Deliver(_ context.Context, from, token string, h http.Header, body io.Reader) (int, error) {
	c.asked = append(c.asked, "deliver "+token+" "+h.Get("X-Hub-Signature"))
	n, err := io.Copy(io.Discard, body)
	c.body = n
	return c.status, errors.Join(c.err, err)
}

var _ Callback = (*websub.Callback)(nil)

func serveCallback(t *testing.T, cb Callback) *Server {
	t.Helper()
	store := newRegion(1)
	log := slog.New(slog.DiscardHandler)
	svc, cats := searching(t, store, log)
	config := testConfig
	config.Callback = cb
	return newServer(log, config, &federation.Reader{Held: store}, store, svc, cats, plainPages{}, noWidgets{})
}

func TestVerifyIntent(t *testing.T) {
	cb := &fakeCallback{status: http.StatusOK}
	h := serveCallback(t, cb)
	const target = callbackPath + "tok?hub.topic=https%3A%2F%2Fa.example%2F&hub.challenge=%3Cb%3E%26"
	w := ask(h, "GET", target)
	if w.Code != 200 || w.Body.String() != "<b>&" || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" ||
		w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("GET %s = %d %q %v, want the challenge as plain text", target, w.Code, w.Body, w.Header())
	}
	if len(cb.asked) != 1 || cb.asked[0] != "verify tok https://a.example/" {
		t.Errorf("asked %q, want the token and the topic", cb.asked)
	}
	if w := ask(h, "HEAD", target); w.Code != http.StatusNotFound || len(cb.asked) != 1 {
		t.Errorf("HEAD %s = %d and asked %q, want it to confirm nothing", target, w.Code, cb.asked)
	}
	if w := ask(h, "GET", callbackPath+"tok?hub.topic=%zz"); w.Code != http.StatusNotFound {
		t.Errorf("GET with a broken query = %d, want 404", w.Code)
	}
}

func TestCallbackStatuses(t *testing.T) {
	for _, status := range []int{400, 404, 410, 413, 429} {
		cb := &fakeCallback{status: status}
		h := serveCallback(t, cb)
		for _, method := range []string{"GET", "POST"} {
			w := ask(h, method, callbackPath+"tok")
			if w.Code != status || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s = %d %s, want a problem with %d", method, w.Code, w.Header().Get("Content-Type"), status)
			}
			if again := w.Header().Get("Retry-After"); (again != "") != (status == 429) {
				t.Errorf("%s with %d has Retry-After %q", method, status, again)
			}
		}
	}
	cb := &fakeCallback{err: errors.New("disk full")}
	if w := ask(serveCallback(t, cb), "POST", callbackPath+"tok"); w.Code != 500 || strings.Contains(w.Body.String(), "disk") {
		t.Errorf("POST with a breakdown = %d %q, want 500 without the cause", w.Code, w.Body)
	}
	if w := ask(serveCallback(t, nil), "POST", callbackPath+"tok"); w.Code != http.StatusNotFound {
		t.Errorf("POST without subscriptions = %d, want 404", w.Code)
	}
}

func TestPushBounds(t *testing.T) {
	if maxPush != websub.MaxPush {
		t.Errorf("the route takes %d bytes and websub %d", maxPush, websub.MaxPush)
	}
	cb := &fakeCallback{status: http.StatusAccepted}
	h := serveCallback(t, cb)
	post := func(size int, chunked bool) int {
		r := httptest.NewRequest("POST", callbackPath+"tok", io.LimitReader(zeros{}, int64(size)))
		if r.ContentLength = int64(size); chunked {
			r.ContentLength = -1
		}
		r.Header.Set("X-Hub-Signature", "sha256=x")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	for _, chunked := range []bool{false, true} {
		if code := post(maxPush, chunked); code != 202 || cb.body != maxPush {
			t.Errorf("POST of %d bytes = %d and %d read, want 202 and all of them", maxPush, code, cb.body)
		}
	}
	before := len(cb.asked)
	if code := post(maxPush+1, false); code != 413 || len(cb.asked) != before {
		t.Errorf("POST of %d bytes = %d, want 413 before a byte is read", maxPush+1, code)
	}
	if post(maxPush+1, true); cb.body > maxPush {
		t.Errorf("%d bytes were read of a push without a length, want %d at most", cb.body, maxPush)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// TestTokenNotLogged: who reads the log must not be able to push.
func TestTokenNotLogged(t *testing.T) {
	var b strings.Builder
	store := newRegion(1)
	log := slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug}))
	svc, cats := searching(t, store, log)
	config := testConfig
	config.Callback = &fakeCallback{err: errors.New("disk full")}
	h := newServer(log, config, &federation.Reader{Held: store}, store, svc, cats, plainPages{}, noWidgets{})
	ask(h, "POST", callbackPath+"verysecret")
	if text := b.String(); strings.Contains(text, "verysecret") || !strings.Contains(text, "disk full") {
		t.Errorf("log = %q, want the breakdown without the token", text)
	}
}
