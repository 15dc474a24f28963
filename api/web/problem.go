package web

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// Problem is an error as a program reads it (RFC 9457).
type Problem struct {
	Type     string  `json:"type" doc:"always about:blank: the status says it all"`
	Title    string  `json:"title" doc:"what the status means"`
	Status   int     `json:"status"`
	Detail   string  `json:"detail,omitempty" doc:"what is wrong, in a sentence"`
	Instance string  `json:"instance,omitempty" doc:"the path that was asked for"`
	Errors   []Fault `json:"errors,omitempty" doc:"the parameters at fault"`

	After time.Duration `json:"-"` // when it is worth asking again; 0 = that is not said
	// Logged is that its cause is to be logged: a bug or a breakdown, whose own
	// text the asker is not told.
	Logged bool `json:"-"`
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

// GetHeaders tells huma, and who answers without it, what header goes with the
// problem: when to come back (RFC 9110, 10.2.3).
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.After > 0 {
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(p.After.Seconds()))))
	}
	return h
}

// ContentType tells huma the media type.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// later is when to come back where nobody knows.
const later = time.Minute

// ProblemOf is the one table from kinds of error to status and words, for an
// error met at path.
func ProblemOf(err error, path string) *Problem {
	p := problemOf(err)
	var missing *federation.NotFoundError
	if errors.As(err, &missing) && slices.Contains(named, missing.Kind) && !strings.Contains(path, missing.Name) {
		reason := fmt.Sprintf("%q is not the name of a %s here", missing.Name, missing.Kind)
		p.Detail, p.Errors = sentence(missing.Kind+": "+reason), []Fault{{location(missing.Kind), reason}}
	}
	p.Type, p.Title, p.Instance = "about:blank", http.StatusText(p.Status), path
	if p.Status == http.StatusServiceUnavailable && p.After == 0 {
		p.After = later
	}
	return &p
}

// named are the kinds of things that a selection names.
var named = []string{"member", "source", "channel"}

func problemOf(err error) Problem {
	var ready *Problem
	var invalid *federation.InvalidError
	var forbidden *federation.ForbiddenError
	var busy *federation.UnavailableError
	switch {
	case errors.As(err, &ready):
		return *ready
	case errors.As(err, &invalid):
		return Problem{Status: http.StatusBadRequest, Detail: sentence(invalid.Error()),
			Errors: []Fault{{location(invalid.Field), invalid.Reason}}}
	case errors.Is(err, federation.ErrInvalid):
		return Problem{Status: http.StatusBadRequest, Detail: "The request is not valid."}
	case errors.Is(err, federation.ErrNotFound):
		return Problem{Status: http.StatusNotFound, Detail: "Nothing has this name here."}
	case errors.Is(err, federation.ErrGone):
		return Problem{Status: http.StatusGone, Detail: "This was withdrawn by its publisher."}
	case errors.As(err, &forbidden):
		return Problem{Status: http.StatusForbidden, Detail: sentence(forbidden.Reason)}
	case errors.Is(err, federation.ErrForbidden):
		return Problem{Status: http.StatusForbidden, Detail: "You may not do this."}
	case errors.Is(err, federation.ErrConflict):
		return Problem{Status: http.StatusConflict, Detail: "Somebody else changed this meanwhile; look again and retry."}
	case errors.As(err, &busy):
		return Problem{Status: http.StatusServiceUnavailable, Detail: sentence(busy.Reason), After: busy.After}
	case errors.Is(err, federation.ErrUnavailable):
		return Problem{Status: http.StatusServiceUnavailable, Detail: "The hub cannot answer at the moment; try again in a minute.", Logged: true}
	case errors.Is(err, context.Canceled):
		return Problem{Status: http.StatusServiceUnavailable, Detail: "The request was given up."}
	case errors.Is(err, context.DeadlineExceeded):
		return Problem{Status: http.StatusServiceUnavailable, Detail: "The hub took too long; try again in a minute.", Logged: true}
	}
	return Problem{Status: http.StatusInternalServerError, Detail: "Something went wrong on the hub; it has been logged.", Logged: true}
}

// Bad is the problem of a value that stands at location, such as "body.url"; what
// is wrong with it begins with a verb and ends without a full stop.
func Bad(location, wrong string) *Problem {
	return &Problem{Status: http.StatusBadRequest, Detail: sentence(location + " " + wrong), Errors: []Fault{{location, wrong}}}
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
