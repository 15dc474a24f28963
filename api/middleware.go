package api

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

// Bounds of a request; see bodyLimit.
const (
	maxURL  = 8 << 10
	maxBody = 64 << 10
)

// securityHeaders are on every response.
func securityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		web.Secure(w.Header())
		next.ServeHTTP(w, r)
	})
}

// shared is [web.Share] for what huma mounts.
func shared(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		web.Share(w.Header())
		next.ServeHTTP(w, r)
	})
}

// logged notes each request at debug level, without the words of the query.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.log.Enabled(r.Context(), slog.LevelDebug) {
			next.ServeHTTP(w, r)
			return
		}
		begin := time.Now()
		ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		next.ServeHTTP(ww, r)
		s.log.DebugContext(r.Context(), "request", "method", r.Method, "path", loggable(r.URL.Path),
			"status", ww.Status(), "bytes", ww.BytesWritten(), "took", time.Since(begin))
	})
}

// recovered turns a panic into one 500 and one line in the log.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(v) // net/http's own way to drop a connection
			}
			s.fail(w, r, fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
		}()
		next.ServeHTTP(w, r)
	})
}

// bounded refuses what is larger than any honest request.
func (s *Server) bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.RequestURI) > maxURL || len(r.URL.RawQuery) > maxURL {
			s.fail(w, r, tooLong(r.URL))
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, bodyLimit(r.URL.Path))
		next.ServeHTTP(w, r)
	})
}

// tooLong says what makes an address too long: the words looked for, where it is them, else the address.
func tooLong(u *url.URL) error {
	if q := u.Query()["q"]; len(q) > 0 {
		if _, err := federation.ParseSelection(url.Values{"q": q}.Encode()); err != nil {
			return err
		}
	}
	return &web.Problem{Status: http.StatusRequestURITooLong, Detail: "The address is longer than 8 KiB."}
}

// askedWith are the headers that pages of other origins may send besides those
// that need no leave (Fetch, 2.2.2): validators, and what common libraries add
// to every request. None of them changes what is answered but by a 304.
const askedWith = "Accept-Language, Cache-Control, Content-Type, If-Modified-Since, If-None-Match, Last-Event-ID, Pragma, X-Requested-With"

// isShared reports whether pages of other origins may read what is at the path.
// An address that takes a POST is never among them: allowing Content-Type would
// let them send it.
func isShared(path string) bool {
	return strings.HasPrefix(path, "/embed/") || !isPage(path) && !strings.HasPrefix(path, "/websub/")
}

// options answers what a browser or a program may do with an address. What may
// be read by which origin is said again with the answer itself.
func (s *Server) options(routes chi.Routes) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodOptions {
				next.ServeHTTP(w, r)
				return
			}
			allow := allowed(routes, r.URL.Path)
			if allow == "" {
				next.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Allow", allow)
			if strings.HasPrefix(allow, http.MethodGet) && isShared(r.URL.Path) {
				h := w.Header()
				h.Set("Access-Control-Allow-Origin", "*")
				h.Set("Access-Control-Allow-Methods", "GET, HEAD")
				h.Set("Access-Control-Allow-Headers", askedWith)
				h.Set("Access-Control-Max-Age", "86400")
			}
			w.WriteHeader(http.StatusNoContent)
		})
	}
}

// methodNotAllowed answers 405 with what would be allowed (RFC 9110, 15.5.6).
func (s *Server) methodNotAllowed(routes chi.Routes) http.HandlerFunc {
	return s.serve(func(w http.ResponseWriter, r *http.Request) error {
		allow := allowed(routes, r.URL.Path)
		w.Header().Set("Allow", allow)
		return &web.Problem{Status: http.StatusMethodNotAllowed, Detail: "This address can be asked with " + allow + " only."}
	})
}

// allowed lists the methods that some route answers at path; "" when none.
func allowed(routes chi.Routes, path string) string {
	var methods []string
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if !routes.Match(chi.NewRouteContext(), m, path) {
			continue
		}
		methods = append(methods, m)
		if m == http.MethodGet {
			methods = append(methods, http.MethodHead)
		}
	}
	if len(methods) == 0 {
		return ""
	}
	return strings.Join(append(methods, http.MethodOptions), ", ")
}
