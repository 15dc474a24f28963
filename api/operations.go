package api

import (
	"cmp"
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/api/web"
	"github.com/plonegov/carillon/federation"
)

// newAPI makes the API whose operations [get] adds to the router.
func newAPI(r chi.Router) huma.API {
	refuseAsProblems()
	c := huma.DefaultConfig("Carillon", "1")
	c.Info.Description = "Everything the members of the federation publish, as JSON. All of it is public and read-only. " +
		"Errors are problem documents (RFC 9457). See docs/api.md."
	c.Info.License = &huma.License{Name: "EUPL-1.2", Identifier: "EUPL-1.2"}
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", "" // served by handlers of ours
	c.CreateHooks = nil                                   // no $schema in bodies
	c.Formats = map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat}
	c.AllowAdditionalPropertiesByDefault = true // so that a field may be added later
	return humachi.New(r, c)
}

// settle corrects what huma supposes once all operations are known: no list of
// ours is ever null, and no error has its model.
func settle(doc *huma.OpenAPI) {
	schemas := doc.Components.Schemas.Map()
	delete(schemas, "ErrorModel")
	delete(schemas, "ErrorDetail")
	for _, s := range schemas {
		for _, p := range s.Properties {
			notNull(p)
		}
	}
}

func notNull(s *huma.Schema) {
	if s == nil {
		return
	}
	if s.Type == huma.TypeArray {
		s.Nullable = false
		notNull(s.Items)
	}
	if more, ok := s.AdditionalProperties.(*huma.Schema); ok {
		notNull(more)
	}
}

// Asked is what an operation knows of its request besides typed parameters.
// The query is read raw, because a parser that skips unknown keys would hide
// typing errors. It is exported for huma's reflection only.
type Asked struct {
	path  string
	query string
}

// Resolve is called by huma before the handler.
func (a *Asked) Resolve(ctx huma.Context) []error {
	u := ctx.URL()
	a.path, a.query = u.Path, u.RawQuery
	return nil
}

func (a *Asked) asked() *Asked { return a }

// only returns the values of the query, or an error for a key not listed.
func (a *Asked) only(keys ...string) (url.Values, error) {
	v, err := url.ParseQuery(a.query)
	if err != nil {
		return nil, errQuery
	}
	for _, key := range slices.Sorted(maps.Keys(v)) {
		if !slices.Contains(keys, key) {
			return nil, federation.Invalid(key, "is not a key of this address")
		}
		if len(v[key]) > 1 {
			return nil, federation.Invalid(key, "is given %d times; once is enough", len(v[key]))
		}
	}
	return v, nil
}

var errQuery = federation.Invalid("query", "is not a URL query: percent-encode %% and ; in values")

// encoded is a body that is encoded before it is sent, because its validator
// is not that of its bytes.
type encoded interface {
	encode() (tag string, err error)
	// written writes what encode made, once; false = there is none.
	written(w io.Writer) (bool, error)
}

// jsonFormat is huma's, but for what is encoded already.
var jsonFormat = huma.Format{
	Marshal: func(w io.Writer, v any) error {
		if e, ok := v.(interface{ written(io.Writer) (bool, error) }); ok {
			if done, err := e.written(w); done {
				return err
			}
		}
		return huma.DefaultJSONFormat.Marshal(w, v)
	},
	Unmarshal: huma.DefaultJSONFormat.Unmarshal,
}

type reply[O any] struct {
	ETag string `header:"ETag"`
	Body O
}

// operation is one row of the API's table.
type operation struct {
	id, path, summary string
	params            []*huma.Param
	errors            []int  // statuses besides 400 and 500
	life              string // "" = that of lists
}

// table is the JSON API while it is put together.
type table struct {
	server *Server
	api    huma.API
	routes []web.Route
}

// get adds an operation. It is the only way to one: it turns our errors into
// problems before huma sees them, which would tell their text to the asker.
func get[I any, P interface {
	*I
	asked() *Asked
}, O any](t *table, o operation, h func(context.Context, P) (O, error)) {
	s := t.server
	t.routes = append(t.routes, web.Route{Pattern: o.path, Class: web.List, Life: cmp.Or(o.life, listLife), Shared: true})
	op := huma.Operation{Method: http.MethodGet, Path: o.path, OperationID: o.id, Summary: o.summary,
		Parameters: o.params, Responses: t.responses(o)}
	huma.Register(t.api, op, func(ctx context.Context, in *I) (*reply[O], error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, s.problem(ctx, P(in).asked().path, err)
		}
		r := &reply[O]{Body: out}
		if e, ok := any(&r.Body).(encoded); ok {
			r.ETag, err = e.encode()
		}
		return r, err
	})
}

// responses describes the statuses an operation may give besides 200.
func (t *table) responses(o operation) map[string]*huma.Response {
	schema := t.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[web.Problem](), true, "Problem")
	all := map[string]*huma.Response{"304": {Description: "Your copy (If-None-Match) is current."}}
	for _, status := range append([]int{http.StatusBadRequest, http.StatusInternalServerError}, o.errors...) {
		all[strconv.Itoa(status)] = &huma.Response{Description: http.StatusText(status),
			Content: map[string]*huma.MediaType{(*web.Problem)(nil).ContentType(""): {Schema: schema}}}
	}
	return all
}
