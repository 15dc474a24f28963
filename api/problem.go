package api

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"strings"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

// problem is what an error at path is told as. What is a bug or a breakdown is
// logged here, once.
func (s *Server) problem(ctx context.Context, path string, err error) *web.Problem {
	p := web.ProblemOf(err, path)
	if p.Logged {
		s.log.ErrorContext(ctx, "a request failed", "path", loggable(path), "err", err)
	}
	return p
}

// serve adapts a handler.
func (s *Server) serve(h web.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	}
}

// fail answers with the error: a page where people look, else a problem. What
// is wrong with the address of a feed or a widget is said in the language of
// who looks at it; the JSON API speaks English to all.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := s.problem(r.Context(), r.URL.Path, err)
	h := w.Header()
	lang := "en"
	if fault := new(federation.InvalidError); s.pages != nil && !strings.HasPrefix(r.URL.Path, "/api/") && errors.As(err, &fault) {
		p.Detail, lang = s.pages.Fault(r, fault)
		p.Errors[0].Message = p.Detail
		h.Set("Content-Language", lang)
		h.Add("Vary", "Accept-Language")
	}
	h.Set("Cache-Control", web.Lifetime("", p.Status))
	maps.Copy(h, p.GetHeaders())
	if s.pages != nil && isPage(r.URL.Path) {
		if p.Status == http.StatusNotFound {
			p.Errors = nil // the page has a sentence of its own
		}
		s.pages.Error(w, r, p.Status, p.Title, forPeople(p), lang)
		return
	}
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	if err := json.NewEncoder(w).Encode(p); err != nil {
		s.log.DebugContext(r.Context(), "the asker left before the problem was told", "err", err)
	}
}

// forPeople is the detail where it says more than the status: the page has
// words of its own, in the reader's language, for the rest.
func forPeople(p *web.Problem) string {
	if len(p.Errors) > 0 || p.Status == http.StatusMethodNotAllowed {
		return p.Detail
	}
	return ""
}

// isPage reports whether people rather than programs look at the path. A frame
// is looked at; the fragment of a widget is fetched.
func isPage(path string) bool {
	for _, programs := range []string{"/api/", "/feed.", "/pictures/", "/w/", "/websub/"} {
		if strings.HasPrefix(path+"/", programs) {
			return false
		}
	}
	if strings.HasPrefix(path, "/embed/") {
		return !strings.HasSuffix(path, ".html")
	}
	_, channel, _ := strings.Cut(path, "/channels/")
	return !strings.Contains(channel, ".")
}

// notFound answers for a path that no route has.
func notFound(http.ResponseWriter, *http.Request) error {
	return &web.Problem{Status: http.StatusNotFound, Detail: "There is nothing at this address."}
}
