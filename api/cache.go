package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/embed"
)

// cacheControl is the lifetime of a response, by the pattern of its route and
// its status. A correction must be everywhere within a minute, and no visitor
// need wait for the hub meanwhile.
func cacheControl(pattern string, status int) string {
	switch {
	case status >= 500 || pattern == checkPath:
		return "no-store"
	case status >= 400:
		return "no-cache"
	}
	switch {
	case pattern == "/api/docs" || pattern == "/api/openapi.json" || pattern == "/robots.txt":
		return "public, max-age=3600"
	case strings.HasPrefix(pattern, "/api/v1/sources"): // health: an operator watches it
		return "public, max-age=10"
	case strings.HasPrefix(pattern, "/feed.") || strings.HasPrefix(pattern, "/channels/"):
		return "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
	case strings.HasPrefix(pattern, "/api/"):
		return "public, max-age=60, stale-while-revalidate=300"
	}
	return "no-cache"
}

// etag is a weak validator of a body: weak, because the bytes sent differ by
// compression (RFC 9110, 8.8.1).
func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// validated gives a successful response its lifetime and validator and answers
// 304 where the asker has it. It holds the body until it is whole, so that no
// half of one is ever sent with a 200.
func validated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b := &held{header: w.Header(), status: http.StatusOK}
		next.ServeHTTP(b, r)
		h := w.Header()
		if h.Get("Cache-Control") == "" {
			h.Set("Cache-Control", cacheControl(chi.RouteContext(r.Context()).RoutePattern(), b.status))
		}
		asked := r.Method == http.MethodGet || r.Method == http.MethodHead // what is posted is never looked up again
		if asked && b.status == http.StatusOK && h.Get("ETag") == "" {
			h.Set("ETag", etag(b.body.Bytes()))
		}
		if asked && b.status == http.StatusOK && embed.Current(r, h.Get("ETag")) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if r.Header.Get("Accept-Encoding") == "" {
			h.Set("Content-Length", strconv.Itoa(b.body.Len()))
		}
		w.WriteHeader(b.status)
		if r.Method != http.MethodHead {
			_, _ = w.Write(b.body.Bytes()) // the asker may have gone
		}
	})
}

// held is a response that is kept until it is whole.
type held struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (b *held) Header() http.Header         { return b.header }
func (b *held) WriteHeader(status int)      { b.status = status }
func (b *held) Write(p []byte) (int, error) { return b.body.Write(p) }
