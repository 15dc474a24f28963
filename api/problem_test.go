package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/plonegov/carillon/federation"
)

func TestProblemOfEachKind(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		logged bool
	}{
		{federation.NotFound("item", "x"), 404, false},
		{fmt.Errorf("get: %w", federation.ErrGone), 410, false},
		{fmt.Errorf("search: %w", federation.Invalid("limit", "must be small")), 400, false},
		{federation.ErrInvalid, 400, false},
		{federation.ErrForbidden, 403, false},
		{federation.ErrConflict, 409, false},
		{federation.ErrUnavailable, 503, true},
		{context.Canceled, 503, false},
		{context.DeadlineExceeded, 503, true},
		{errors.New("dial tcp 10.0.0.7: secret password"), 500, true},
	} {
		var log bytes.Buffer
		s := &Server{log: slog.New(slog.NewTextHandler(&log, nil))}
		p := s.problem(t.Context(), "/api/v1/x", c.err)
		if p.Status != c.status || p.Title == "" || p.Detail == "" || p.Instance != "/api/v1/x" {
			t.Errorf("problem(%v) = %+v, want a whole one of status %d", c.err, p, c.status)
		}
		if got := log.Len() > 0; got != c.logged {
			t.Errorf("problem(%v) logged: %v, want %v", c.err, got, c.logged)
		}
		if strings.Contains(p.Detail, "secret") {
			t.Errorf("problem(%v) tells %q", c.err, p.Detail)
		}
	}
}

func TestRefusalTellsWhatWouldLiftIt(t *testing.T) {
	s := &Server{log: slog.New(slog.DiscardHandler)}
	err := fmt.Errorf("widget: %w", federation.Forbidden("%q may not embed this widget; add it to the member's sites", "https://staging.example"))
	const want = `"https://staging.example" may not embed this widget; add it to the member's sites.`
	if p := s.problem(t.Context(), "/embed/x.html", err); p.Status != 403 || p.Detail != want {
		t.Errorf("problem(%v) = %+v, want 403, %s", err, p, want)
	}
}

// broken fails and panics where a store may.
type broken struct {
	*region
	panics bool
}

func (b broken) Item(context.Context, string) (federation.Item, error) {
	if b.panics {
		panic("nil map")
	}
	return federation.Item{}, errors.New("disk I/O error at /srv/secret.db")
}

// TestBreakdownTellsNothing: an error of the inside, and a panic, are one 500
// in plain words and one line in the log, compressed or not.
func TestBreakdownTellsNothing(t *testing.T) {
	for _, panics := range []bool{false, true} {
		for _, encoding := range []string{"", "gzip"} {
			var log bytes.Buffer
			store := newRegion(1)
			h := serveLogged(t, store, slog.New(slog.NewTextHandler(&log, nil)))
			h.reader.Held = broken{store, panics}
			w := ask(h, "GET", "/api/v1/items/"+store.items[0].ID, "Accept-Encoding", encoding)
			if p := problemOf(t, w); w.Code != http.StatusInternalServerError || strings.Contains(p.Detail, "secret") {
				t.Errorf("panics %v: %d %+v, want a 500 that tells nothing", panics, w.Code, p)
			}
			if cc := w.Header().Get("Cache-Control"); cc != "no-store" {
				t.Errorf("panics %v: Cache-Control %q, want no-store", panics, cc)
			}
			if lines := strings.Count(log.String(), "level=ERROR"); lines != 1 {
				t.Errorf("panics %v: %d lines logged, want 1:\n%s", panics, lines, log.String())
			}
		}
	}
}

func TestProbes(t *testing.T) {
	ready := false
	s := serveRegion(t, newRegion(1))
	s.config.Ready = func() bool { return ready }
	for _, h := range []http.Handler{s, s.Ops()} {
		ready = false
		for target, want := range map[string]int{"/healthz": 200, "/readyz": 503} {
			if w := ask(h, "GET", target); w.Code != want || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("GET %s before ready = %d, want %d", target, w.Code, want)
			}
		}
		ready = true
		if w := ask(h, "HEAD", "/readyz"); w.Code != http.StatusOK {
			t.Errorf("HEAD /readyz = %d, want 200", w.Code)
		}
	}
	full := newRegion(1)
	full.trouble = errors.New("the disk of the store is full: free some space")
	if w := ask(serveRegion(t, full), "GET", "/readyz"); w.Code != 503 || !strings.Contains(w.Body.String(), full.trouble.Error()) {
		t.Errorf("GET /readyz with a full disk = %d %s, want 503 and the reason", w.Code, w.Body)
	}
	if w := ask(s.Ops(), "GET", "/api/v1/items"); w.Code != http.StatusNotFound {
		t.Errorf("the operators' address answers items with %d, want 404", w.Code)
	}
}
