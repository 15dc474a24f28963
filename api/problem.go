package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
)

// Problem is an error as a program reads it (RFC 9457).
type Problem struct {
	Type     string  `json:"type" doc:"always about:blank: the status says it all"`
	Title    string  `json:"title" doc:"what the status means"`
	Status   int     `json:"status"`
	Detail   string  `json:"detail,omitempty" doc:"what is wrong, in a sentence"`
	Instance string  `json:"instance,omitempty" doc:"the path that was asked for"`
	Errors   []Fault `json:"errors,omitempty" doc:"the parameters at fault"`

	header http.Header // that goes with it, such as when to come back
}

// Fault is one parameter that is wrong.
type Fault struct {
	Location string `json:"location" doc:"where it stands, such as query.limit"`
	Message  string `json:"message"`
}

// Error makes Problem an error, so that a handler may return one.
func (p *Problem) Error() string { return p.Title + ": " + p.Detail }

// GetStatus tells huma the status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders tells huma what header goes with it; huma may add to it.
func (p *Problem) GetHeaders() http.Header { return p.header }

// ContentType tells huma the media type.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// problem is the one table from kinds of error to status and words. Whatever
// it does not know is a bug or a breakdown: logged here, once, and told to the
// asker without its text.
func (s *Server) problem(ctx context.Context, path string, err error) *Problem {
	p, known := describeError(err)
	var missing *federation.NotFoundError
	if errors.As(err, &missing) && slices.Contains(named, missing.Kind) && !strings.Contains(path, missing.Name) {
		reason := fmt.Sprintf("%q is not the name of a %s here", missing.Name, missing.Kind)
		p.Detail, p.Errors = sentence(missing.Kind+": "+reason), []Fault{{location(missing.Kind), reason}}
	}
	p.Type, p.Title, p.Instance = "about:blank", http.StatusText(p.Status), path
	p.header = http.Header{}
	if p.Status == http.StatusServiceUnavailable {
		p.header.Set("Retry-After", web.RetryAfter(err))
	}
	if !known {
		s.log.ErrorContext(ctx, "a request failed", "path", loggable(path), "err", err)
	}
	return p
}

// named are the kinds of things that a selection names.
var named = []string{"member", "source", "channel"}

func describeError(err error) (_ *Problem, known bool) {
	var ready *Problem
	var invalid *federation.InvalidError
	var forbidden *federation.ForbiddenError
	switch {
	case errors.As(err, &ready):
		p := *ready
		return &p, true
	case errors.As(err, &invalid):
		return &Problem{Status: http.StatusBadRequest, Detail: sentence(invalid.Error()),
			Errors: []Fault{{location(invalid.Field), invalid.Reason}}}, true
	case errors.Is(err, federation.ErrInvalid):
		return &Problem{Status: http.StatusBadRequest, Detail: "The request is not valid."}, true
	case errors.Is(err, federation.ErrNotFound):
		return &Problem{Status: http.StatusNotFound, Detail: "Nothing has this name here."}, true
	case errors.Is(err, federation.ErrGone):
		return &Problem{Status: http.StatusGone, Detail: "This was withdrawn by its publisher."}, true
	case errors.As(err, &forbidden):
		return &Problem{Status: http.StatusForbidden, Detail: sentence(forbidden.Reason)}, true
	case errors.Is(err, federation.ErrForbidden):
		return &Problem{Status: http.StatusForbidden, Detail: "You may not do this."}, true
	case errors.Is(err, federation.ErrConflict):
		return &Problem{Status: http.StatusConflict, Detail: "Somebody else changed this meanwhile; look again and retry."}, true
	case errors.Is(err, search.ErrNotLevel):
		return &Problem{Status: http.StatusServiceUnavailable, Detail: "The hub is reading what it holds into its search index; try again in a few seconds."}, true
	case errors.Is(err, web.ErrBusy):
		return &Problem{Status: http.StatusServiceUnavailable, Detail: "The hub has more to do than it can at the moment; try again in a second."}, true
	case errors.Is(err, federation.ErrUnavailable):
		return &Problem{Status: http.StatusServiceUnavailable, Detail: "The hub cannot answer at the moment; try again in a minute."}, false
	case errors.Is(err, context.Canceled):
		return &Problem{Status: http.StatusServiceUnavailable, Detail: "The request was given up."}, true
	case errors.Is(err, context.DeadlineExceeded):
		return &Problem{Status: http.StatusServiceUnavailable, Detail: "The hub took too long; try again in a minute."}, false
	}
	return &Problem{Status: http.StatusInternalServerError, Detail: "Something went wrong on the hub; it has been logged."}, false
}

// location is where a key stands; the query as a whole has no key.
func location(key string) string {
	if key == "query" {
		return key
	}
	return "query." + key
}

// sentence makes a message end like a sentence.
func sentence(s string) string { return strings.TrimSuffix(s, ".") + "." }

// handler is a handler that returns its error for one place to answer.
type handler func(w http.ResponseWriter, r *http.Request) error

// serve adapts a handler.
func (s *Server) serve(h handler) http.HandlerFunc {
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
	h.Set("Cache-Control", cacheControl("", p.Status))
	maps.Copy(h, p.header)
	if s.pages != nil && isPage(r.URL.Path) {
		if p.Status == http.StatusNotFound {
			p.Errors = nil // the page has a sentence of its own
		}
		s.pages.Error(w, r, p.Status, p.Title, p.forPeople(), lang)
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
func (p *Problem) forPeople() string {
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
	return &Problem{Status: http.StatusNotFound, Detail: "There is nothing at this address."}
}
