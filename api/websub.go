package api

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/api/web"
)

const (
	callbackPath = "/websub/callback/"
	maxPush      = 8 << 20 // bytes; as long as a document that is fetched may be
)

// Callback is where WebSub hubs call back: harvester/websub has one. Statuses
// are what the hub is told; errors are breakdowns of our own.
type Callback interface {
	// Verify answers whether the hub was asked for what query says, with the
	// challenge to echo.
	Verify(ctx context.Context, from, token string, query url.Values) (status int, challenge string, err error)
	// Deliver takes a push. It reads the body only when the token is right.
	Deliver(ctx context.Context, from, token string, header http.Header, body io.Reader) (status int, err error)
}

// callbacks are what hubs call.
func (s *Server) callbacks() []web.Route {
	row := func(method string, serve web.Handler) web.Route {
		return web.Route{Method: method, Pattern: callbackPath + "{token}", Class: web.Direct, Life: web.NoStore, Serve: serve}
	}
	return []web.Route{
		row(http.MethodGet, s.verifyIntent),
		row(http.MethodHead, notFound), // it must not confirm anything
		row(http.MethodPost, s.takePush),
	}
}

// verifyIntent answers a hub that asks whether it was asked (WebSub 1.0, 5.3).
func (s *Server) verifyIntent(w http.ResponseWriter, r *http.Request) error {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return notFound(w, r)
	}
	status, challenge, err := s.config.Callback.Verify(r.Context(), r.RemoteAddr, chi.URLParam(r, "token"), query)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return tellHub(status)
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8") // with nosniff: whatever the challenge holds, it is no page
	_, _ = io.WriteString(w, challenge)                // the hub may have gone
	return nil
}

// takePush takes what a hub pushes (WebSub 1.0, 7).
func (s *Server) takePush(w http.ResponseWriter, r *http.Request) error {
	if r.ContentLength > maxPush {
		return tellHub(http.StatusRequestEntityTooLarge)
	}
	status, err := s.config.Callback.Deliver(r.Context(), r.RemoteAddr, chi.URLParam(r, "token"), r.Header, r.Body)
	if err != nil {
		return err
	}
	if status != http.StatusAccepted {
		return tellHub(status)
	}
	w.WriteHeader(status)
	return nil
}

// tellHub is the problem for a status that a hub gets.
func tellHub(status int) error {
	detail := map[int]string{
		http.StatusNotFound:              "There is nothing at this address.",
		http.StatusGone:                  "There is no such subscription any more.",
		http.StatusRequestEntityTooLarge: "A push may be 8 MiB long.",
		http.StatusTooManyRequests:       "Too many at once; come again in a minute.",
		http.StatusBadRequest:            "The push broke off.",
	}[status]
	p := &web.Problem{Status: status, Detail: detail}
	if status == http.StatusTooManyRequests {
		p.After = time.Minute
	}
	return p
}

// bodyLimit is how many bytes a request to path may bring: nothing the hub
// serves takes a body but pushes.
func bodyLimit(path string) int64 {
	if strings.HasPrefix(path, callbackPath) {
		return maxPush
	}
	return maxBody
}

// loggable is a path without the token that opens a callback.
func loggable(path string) string {
	if strings.HasPrefix(path, callbackPath) {
		return callbackPath + "…"
	}
	return path
}
