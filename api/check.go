package api

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/plonegov/carillon/api/web"
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

// Bounds of a check, which makes the hub ask others: strangers may have a few at
// a time in all, and a few a minute each.
const (
	checkTime    = 30 * time.Second
	checksAtOnce = 4
	checksInARow = 5
	checkAgain   = time.Minute // one more each
	checksBusy   = 10 * time.Second
	maxAsked     = 8 << 10 // bytes of the request
)

// checkRequest asks for a check.
type checkRequest struct {
	sender
	Body struct {
		_   struct{} `additionalProperties:"false"`
		URL string   `json:"url" format:"uri" maxLength:"2000" doc:"http or https, of a feed, a calendar, another source, or a page of the site"`
	}
}

type checkReply struct {
	CacheControl string `header:"Cache-Control"`
	Body         CheckReport
}

const checkPath = "/api/v1/check"

// checks bounds who may have a check made, and when.
type checks struct {
	often  *web.Limiter
	atOnce web.Limit
}

// begin begins a check of a client ("host:port"); end ends it. When wait is not
// 0 the check may not begin before that time, and end is nil.
func (c *checks) begin(ctx context.Context, client string) (end func(), wait time.Duration) {
	end, err := c.atOnce.Acquire(ctx, "")
	if err != nil {
		return nil, checksBusy
	}
	if wait = c.often.Take(client); wait > 0 {
		end()
		return nil, wait
	}
	return end, 0
}

func newChecks(now func() time.Time) *checks {
	return &checks{often: web.NewLimiter(checksInARow, checkAgain, now), atOnce: web.Limit{AtOnce: checksAtOnce, Most: checksAtOnce}}
}

// check adds the one operation that makes the hub ask others.
func (t *table) check() {
	s := t.server
	o := operation{id: "check", path: checkPath,
		summary: "What would be harvested from an address, and of a web page from its site; nothing is stored",
		errors:  []int{http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusTooManyRequests}}
	responses := t.responses(o)
	delete(responses, "304")
	bounds := newChecks(time.Now)
	t.routes = append(t.routes, web.Route{Method: http.MethodPost, Pattern: o.path, Class: web.Direct, Life: web.NoStore})
	huma.Register(t.api, huma.Operation{Method: http.MethodPost, Path: o.path, OperationID: o.id, Summary: o.summary, Responses: responses,
		MaxBodyBytes: maxAsked + 1},
		func(ctx context.Context, in *checkRequest) (*checkReply, error) {
			report, err := s.checked(ctx, in, bounds)
			if err != nil {
				return nil, s.problem(ctx, checkPath, err)
			}
			return &checkReply{web.NoStore, report}, nil
		})
}

// checked answers one request: refusals of ours are problems, all that the
// asked site does wrong is in the report.
func (s *Server) checked(ctx context.Context, in *checkRequest, bounds *checks) (CheckReport, error) {
	if s.config.Checker == nil {
		return CheckReport{}, federation.NotFound("operation", "check")
	}
	address, err := checkable(in.Body.URL)
	if err != nil {
		return CheckReport{}, err
	}
	end, wait := bounds.begin(ctx, in.remote)
	if wait > 0 {
		return CheckReport{}, &web.Problem{Status: http.StatusTooManyRequests, After: wait,
			Detail: "A check makes the hub ask other sites, so there are few of them at a time; try again a little later."}
	}
	defer end()
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	report := s.config.Checker.Check(ctx, address)
	if f := report.Failure; f != nil && f.Class == federation.FailRefused && len(report.Sources) == 0 {
		return CheckReport{}, &web.Problem{Status: http.StatusUnprocessableEntity, Detail: f.Message,
			Errors: []web.Fault{{Location: "body.url", Message: "must be a public address"}}}
	}
	if report.Sources == nil {
		report.Sources = []CheckedSource{}
	}
	return report, nil
}

// checkable is an address of the web, as it is asked.
func checkable(address string) (string, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return "", web.Bad("body.url", "must be an address")
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return "", web.Bad("body.url", "must start with https:// or http:// and name a host")
	case u.User != nil:
		return "", web.Bad("body.url", "must hold no user name or password")
	}
	return u.String(), nil
}
