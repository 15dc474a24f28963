package api

import (
	"errors"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"github.com/plonegov/carillon/api/web"
)

// sender is what an operation that takes a body knows of its request besides
// typed parts. It is embedded for huma, which reads and checks the rest.
type sender struct{ remote string }

// Resolve is called by huma before the handler. A body must say that it is
// JSON: a form of another site could send anything else without asking.
func (in *sender) Resolve(ctx huma.Context) []error {
	in.remote = ctx.RemoteAddr()
	if ctx.Header("Content-Type") == "" {
		return []error{errNotJSON}
	}
	return nil
}

var errNotJSON = &web.Problem{Status: http.StatusUnsupportedMediaType, Detail: "Send the body as application/json."}

// refuseAsProblems makes what huma finds wrong with a request a problem of ours,
// which names the key. Its only door for that is a variable of the package.
var refuseAsProblems = sync.OnceFunc(func() {
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		u := ctx.URL()
		return web.ProblemOf(refusal(status, message, errs), u.Path)
	}
})

// refusal is the problem of a request that huma refuses: a bad value is 400.
func refusal(status int, message string, errs []error) error {
	if status == http.StatusUnsupportedMediaType {
		return errNotJSON
	}
	p := web.Bad("body", "is not what is asked for: "+message)
	for i, err := range errs {
		var detail huma.ErrorDetailer
		if !errors.As(err, &detail) {
			continue
		}
		d := detail.ErrorDetail()
		one := web.Bad(d.Location, strings.TrimSuffix(d.Message, "."))
		if i == 0 {
			p = one
			continue
		}
		p.Errors = append(p.Errors, one.Errors...)
	}
	if status == http.StatusNotAcceptable {
		p.Status = status
	}
	return p
}
