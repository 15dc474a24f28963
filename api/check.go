package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/plonegov/carillon/federation"
)

// Checker looks at an address for somebody who wants it harvested.
type Checker interface {
	// Check reads the address and, of a web page, what its site has to
	// harvest; nothing is stored. It refuses addresses that are not public. It
	// ends within 30 seconds or when ctx does. A site that cannot be read is
	// told in the report.
	Check(ctx context.Context, address string) CheckReport
}

// CheckReport is what an address has to harvest.
type CheckReport struct {
	URL      string              `json:"url" doc:"where the answer came from, after redirects"`
	Direct   bool                `json:"direct" doc:"the address is itself a source, not a page of a site"`
	Site     *CheckedSite        `json:"site,omitempty" doc:"what the page tells of its site"`
	Sources  []CheckedSource     `json:"sources" doc:"what can be harvested, the best first; each was fetched and read"`
	Requests int                 `json:"requests" doc:"how many requests the check made"`
	Warnings []string            `json:"warnings,omitempty"`
	Failure  *federation.Failure `json:"failure,omitempty" doc:"why there is no source: what happened and what to do, in plain words"`
	YAML     string              `json:"yaml,omitempty" doc:"the member with its sources, to paste into the region file"`
}

// CheckedSite is what a web page tells of its site.
type CheckedSite struct {
	Name     string   `json:"name,omitempty"`
	Slug     string   `json:"slug,omitempty"`
	Language string   `json:"language,omitempty"`
	CMS      string   `json:"cms,omitempty" doc:"the system that made the page, with its version where it says so"`
	Accent   string   `json:"accent,omitempty" doc:"the site's colour, #rrggbb"`
	Colours  []string `json:"colours,omitempty"`
	Logo     string   `json:"logo,omitempty"`
}

// CheckedSource is one source that was found.
type CheckedSource struct {
	URL      string              `json:"url"`
	Format   string              `json:"format"`
	Kind     string              `json:"kind" doc:"feed, calendar, data, page or sitemap"`
	Reason   string              `json:"reason,omitempty" doc:"how it was found: link, anchor, cms, robots or guess"`
	Title    string              `json:"title,omitempty"`
	Language string              `json:"language,omitempty"`
	Items    int                 `json:"items" doc:"items that were read"`
	Listed   int                 `json:"listed" doc:"items that it lists, read or not"`
	Pages    int                 `json:"pages,omitempty" doc:"documents that it names and that are read one by one"`
	Newest   *time.Time          `json:"newest,omitempty"`
	Sample   []CheckedItem       `json:"sample,omitempty" doc:"the first items"`
	Also     []string            `json:"also,omitempty" doc:"addresses that give the same list"`
	Worth    bool                `json:"worth" doc:"is in the YAML; the others are empty or repeat what better ones have"`
	Slug     string              `json:"slug" doc:"a suggestion, as are type and every"`
	Type     federation.ItemType `json:"type"`
	Every    string              `json:"every" doc:"a duration such as 30m"`
	Warnings []string            `json:"warnings,omitempty"`
}

// CheckedItem is an item by its title.
type CheckedItem struct {
	Type      federation.ItemType `json:"type"`
	Title     string              `json:"title"`
	URL       string              `json:"url,omitempty"`
	Published *time.Time          `json:"published,omitempty"`
}

// Bounds of a check.
const (
	checkTime   = 30 * time.Second
	maxAsked    = 8 << 10 // bytes of the request
	maxAskedURL = 2000
)

// Posted is the request of a check before it is read. It is exported for huma's
// reflection only.
type Posted struct {
	body        []byte
	read        error
	contentType string
	remote      string
}

// Resolve is called by huma before the handler. The body is not bound by huma,
// whose refusals would not be problems of ours.
func (p *Posted) Resolve(ctx huma.Context) []error {
	p.contentType, p.remote = ctx.Header("Content-Type"), ctx.RemoteAddr()
	p.body, p.read = io.ReadAll(io.LimitReader(ctx.BodyReader(), maxAsked+1))
	return nil
}

type checkReply struct {
	CacheControl string `header:"Cache-Control"`
	Body         CheckReport
}

const checkPath = "/api/v1/check"

// check adds the one operation that makes the hub ask others: see checkLimit.
func (s *Server) check(api huma.API) {
	o := operation{id: "check", path: checkPath,
		summary: "What would be harvested from an address, and of a web page from its site; nothing is stored",
		errors:  []int{http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusTooManyRequests}}
	responses := s.responses(api, o)
	delete(responses, "304")
	limit := newCheckLimit(time.Now)
	huma.Register(api, huma.Operation{Method: http.MethodPost, Path: o.path, OperationID: o.id, Summary: o.summary, Responses: responses},
		func(ctx context.Context, in *Posted) (*checkReply, error) {
			report, err := s.checked(ctx, in, limit)
			if err != nil {
				return nil, err
			}
			return &checkReply{"no-store", report}, nil
		})
	api.OpenAPI().Paths[o.path].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json": {Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"url"}, AdditionalProperties: false,
			Properties: map[string]*huma.Schema{"url": {Type: huma.TypeString, Format: "uri",
				Description: "http or https, of a feed, a calendar, another source, or a page of the site"}}}}}}
}

// checked answers one request: refusals of ours are problems, all that the
// asked site does wrong is in the report.
func (s *Server) checked(ctx context.Context, in *Posted, limit *checkLimit) (CheckReport, error) {
	if s.config.Checker == nil {
		return CheckReport{}, s.problem(ctx, checkPath, federation.NotFound("operation", "check"))
	}
	address, err := in.address()
	if err != nil {
		return CheckReport{}, s.problem(ctx, checkPath, err)
	}
	leave, wait := limit.enter(in.remote)
	if wait > 0 {
		p := &Problem{Status: http.StatusTooManyRequests, Detail: "A check makes the hub ask other sites, so there are few of them at a time; try again a little later."}
		seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
		return CheckReport{}, huma.ErrorWithHeaders(s.problem(ctx, checkPath, p), http.Header{"Retry-After": {seconds}})
	}
	defer leave()
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	report := s.config.Checker.Check(ctx, address)
	if f := report.Failure; f != nil && f.Class == federation.FailRefused && len(report.Sources) == 0 {
		return CheckReport{}, s.problem(ctx, checkPath, &Problem{Status: http.StatusUnprocessableEntity, Detail: f.Message,
			Errors: []Fault{{"body.url", "must be a public address"}}})
	}
	if report.Sources == nil {
		report.Sources = []CheckedSource{}
	}
	return report, nil
}

// address reads the request: one JSON object with one key.
func (p *Posted) address() (string, error) {
	kind, _, _ := strings.Cut(p.contentType, ";")
	if !strings.EqualFold(strings.TrimSpace(kind), "application/json") { // a form of another site could send anything else
		return "", &Problem{Status: http.StatusUnsupportedMediaType, Detail: `Send {"url": "https://…"} as application/json.`}
	}
	fault := func(location, message string) error {
		return &Problem{Status: http.StatusBadRequest, Detail: location + " " + message + ".", Errors: []Fault{{location, message}}}
	}
	var asked struct {
		URL *string `json:"url"`
	}
	dec := json.NewDecoder(bytes.NewReader(p.body))
	dec.DisallowUnknownFields()
	err := dec.Decode(&asked)
	if p.read != nil || len(p.body) > maxAsked || err != nil || asked.URL == nil || dec.More() {
		return "", fault("body", `must be one JSON object of at most 8 KiB with the key "url" and no other`)
	}
	u, err := url.Parse(*asked.URL)
	switch {
	case err != nil || len(*asked.URL) > maxAskedURL:
		return "", fault("body.url", "must be an address of at most 2000 characters")
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return "", fault("body.url", "must start with https:// or http:// and name a host")
	case u.User != nil:
		return "", fault("body.url", "must hold no user name or password")
	}
	return u.String(), nil
}
