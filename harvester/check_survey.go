package harvester

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/harvester/discover"
	"github.com/plonegov/carillon/harvester/robots"
)

// Bounds of a survey: it may be asked for by strangers.
const (
	surveyRequests = 25
	surveyTime     = 25 * time.Second
	surveyPage     = 8 * time.Second // of one request
	surveySections = 3
	surveyHops     = 3 // pages that only lead to another
	surveySitemaps = 2
	surveyKind     = 12 // findings of one kind
)

// Survey is what an address and its site have to harvest.
type Survey struct {
	URL      string // final address
	Direct   bool   // the address is itself a source, which tells little of its site
	Site     Site
	Findings []Finding // the best first
	Requests int
	Warnings []string
}

// Site is what a web page tells of its site.
type Site struct {
	Name, Slug, Language string
	CMS                  string // with its version, "" unknown
	Accent               string // #rrggbb, "" unknown
	Colours              []string
	Logo                 string
}

// Survey reads an address and stores nothing. A source is read as
// [Harvester.Check] does; a web page is searched for the sources of its site,
// each of which was really fetched and read. It makes at most 25 requests, one
// after the other, in at most 25 seconds. The failure is nil when there is a
// finding.
func (h *Harvester) Survey(ctx context.Context, address string) (Survey, *federation.Failure) {
	ctx, cancel := context.WithTimeout(ctx, surveyTime)
	defer cancel()
	s := &scout{h: h, left: surveyRequests, seen: map[string]bool{}}
	res, err := s.ask(ctx, address)
	if err != nil {
		return Survey{URL: address, Requests: s.asked()}, triedOnce(err, h.now())
	}
	if !isPage(res) {
		return s.direct(res)
	}
	return s.site(ctx, res)
}

// direct is the survey of an address that is no web page.
func (s *scout) direct(res *safehttp.Response) (Survey, *federation.Failure) {
	out := Survey{URL: res.URL, Direct: true, Requests: s.asked()}
	found, failed := s.read(res)
	if failed != nil {
		return out, failed
	}
	found.Kind, found.Worth = string(discover.Feed), true
	out.Findings = []Finding{found}
	out.Site = Site{Name: found.Title, Slug: discover.Page{URL: res.URL, Title: found.Title}.Slug(), Language: found.Language}
	suggest(out.Findings, out.Site)
	return out, nil
}

// site is the survey of a web page and what it leads to.
func (s *scout) site(ctx context.Context, res *safehttp.Response) (Survey, *federation.Failure) {
	page := discover.Read(res.Body, res.URL, res.Header)
	for hop := 0; page.Refresh != "" && hop < surveyHops; hop++ {
		s.seen[discover.Key(res.URL)] = true
		next, err := s.ask(ctx, page.Refresh)
		if err != nil || s.seen[discover.Key(next.URL)] {
			break
		}
		if !isPage(next) {
			return s.direct(next)
		}
		res, page = next, discover.Read(next.Body, next.URL, next.Header)
	}
	out := Survey{URL: res.URL, Site: siteOf(page)}
	s.seen[discover.Key(res.URL)] = true
	if found, failed := s.read(res); failed == nil && len(found.Items) > 0 && page.HasContent() {
		found.Kind, found.Reason = "page", string(discover.Declared)
		s.found = append(s.found, found)
	}
	candidates := page.Candidates()
	s.try(ctx, candidates, discover.Declared, discover.Linked)
	s.sections(ctx, page)
	s.try(ctx, candidates, discover.Known)
	s.robots(ctx, page)
	s.try(ctx, candidates, discover.Guessed)

	out.Findings, out.Requests, out.Warnings = rank(fold(s.found)), s.asked(), s.warnings
	if len(out.Findings) == 0 {
		return out, nothingFound(s.h.now())
	}
	suggest(out.Findings, out.Site)
	return out, nil
}

func nothingFound(now time.Time) *federation.Failure {
	return &federation.Failure{Time: now, Class: federation.FailFormat,
		Message: "The address answers with a web page, and no feed, calendar or other source that the hub can read was found on its site.",
		Advice:  "Ask the webmaster whether the site has a feed (RSS) of its news, and give its address."}
}

func siteOf(p discover.Page) Site {
	return Site{Name: p.Name(), Slug: p.Slug(), Language: p.Language, CMS: strings.TrimSpace(p.CMS.Name + " " + p.CMS.Version),
		Accent: p.Accent(), Colours: p.Colours, Logo: p.Logo()}
}

// isPage reports whether an answer is a web page by its type or its first
// bytes: many servers call feeds text/html.
func isPage(res *safehttp.Response) bool {
	head := bytes.ToLower(bytes.TrimLeft(res.Body[:min(len(res.Body), 1024)], "\ufeff \t\r\n"))
	for {
		rest, comment := bytes.CutPrefix(head, []byte("<!--"))
		if !comment {
			break
		}
		_, after, _ := bytes.Cut(rest, []byte("-->"))
		head = bytes.TrimLeft(after, " \t\r\n")
	}
	if bytes.HasPrefix(head, []byte("<?xml")) {
		return bytes.Contains(head, []byte("<html"))
	}
	if bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html")) || bytes.HasPrefix(head, []byte("<head")) {
		return true
	}
	kind, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";")
	return strings.EqualFold(strings.TrimSpace(kind), "text/html") && !bytes.HasPrefix(head, []byte("<rss")) &&
		!bytes.HasPrefix(head, []byte("<feed")) && !bytes.HasPrefix(head, []byte("<rdf")) && !bytes.HasPrefix(head, []byte("{")) &&
		!bytes.HasPrefix(head, []byte("begin:vcalendar"))
}

// scout asks addresses within the bounds of a survey.
type scout struct {
	h        *Harvester
	left     int             // requests
	seen     map[string]bool // discover.Key of what was asked or found
	found    []Finding
	warnings []string
	stopped  bool
}

func (s *scout) asked() int { return surveyRequests - s.left }

// stop ends the survey early; what was found stays.
func (s *scout) stop(why string) {
	if !s.stopped {
		s.stopped = true
		s.warnings = append(s.warnings, why)
	}
}

// ask fetches one address, accepting every format.
func (s *scout) ask(ctx context.Context, address string) (*safehttp.Response, error) {
	if s.left == 0 {
		s.stop("Not every address was tried: a check makes at most 25 requests.")
		return nil, errSpent
	}
	s.left--
	one, cancel := context.WithTimeout(ctx, surveyPage)
	defer cancel()
	accept := s.h.accept("", address)
	if accept != jsonType {
		accept = "text/html;q=0.9, " + accept
	}
	res, err := s.h.fetch.Get(one, safehttp.Request{URL: address, Accept: accept})
	if ctx.Err() != nil {
		s.stop("Not every address was tried: the site took too long to answer.")
	}
	if err != nil {
		return nil, err
	}
	if res.Status < 200 || res.Status > 299 {
		wait, _ := safehttp.RetryAfter(res.Header, s.h.now())
		if res.Status == http.StatusTooManyRequests || res.Status == http.StatusServiceUnavailable && wait > 0 {
			s.stop("Not every address was tried: the site asked to be left alone for now.")
		}
		return nil, &statusError{status: res.Status, retryAfter: wait}
	}
	return res, nil
}

var errSpent = errors.New("no request is left")

// read decodes an answer as a source would be.
func (s *scout) read(res *safehttp.Response) (Finding, *federation.Failure) {
	got, err := received(res, nil)
	if err != nil {
		return Finding{URL: res.URL}, triedOnce(err, s.h.now())
	}
	return s.h.examine(federation.Source{Member: "check", Slug: "address", URL: res.URL}, got)
}

// try asks the candidates that have one of the reasons. Those that are merely
// likely are left out when their kind was found already.
func (s *scout) try(ctx context.Context, list []discover.Candidate, reasons ...discover.Reason) {
	for _, c := range list {
		for _, why := range reasons {
			if c.Reason == why && !s.stopped && s.wants(c) {
				s.candidate(ctx, c)
			}
		}
	}
}

func (s *scout) wants(c discover.Candidate) bool {
	have := 0
	for _, f := range s.found {
		if f.Kind == string(c.Kind) {
			have++
		}
	}
	if c.Reason == discover.Known || c.Reason == discover.Guessed {
		return have == 0
	}
	return have < surveyKind
}

// candidate asks one address and keeps what is a source. A web page there is
// the site's way to say that there is nothing.
func (s *scout) candidate(ctx context.Context, c discover.Candidate) {
	if s.seen[discover.Key(c.URL)] {
		return
	}
	s.seen[discover.Key(c.URL)] = true
	res, err := s.ask(ctx, c.URL)
	if err != nil || isPage(res) {
		return
	}
	if final := discover.Key(res.URL); final != discover.Key(c.URL) {
		if s.seen[final] {
			return
		}
		s.seen[final] = true
	}
	found, failed := s.read(res)
	if failed != nil {
		return
	}
	found.Kind, found.Reason = string(c.Kind), string(c.Reason)
	if found.Title == "" {
		found.Title = c.Title
	}
	s.found = append(s.found, found)
}

// sections looks for sources that only the frames of a page, or its pages of news
// and events, declare.
func (s *scout) sections(ctx context.Context, page discover.Page) {
	looked := 0
	for _, l := range append(slices.Clone(page.Frames), page.Sections...) {
		if s.stopped || looked == surveySections || s.seen[discover.Key(l.URL)] {
			continue
		}
		looked++
		s.seen[discover.Key(l.URL)] = true
		res, err := s.ask(ctx, l.URL)
		if err != nil || !isPage(res) {
			continue
		}
		inside := discover.Read(res.Body, res.URL, res.Header)
		s.try(ctx, inside.Candidates(), discover.Declared, discover.Linked)
	}
}

// robots looks for the site maps that robots.txt names.
func (s *scout) robots(ctx context.Context, page discover.Page) {
	if s.stopped || !s.wants(discover.Candidate{Kind: discover.Sitemap, Reason: discover.Known}) {
		return
	}
	res, err := s.ask(ctx, robots.Address(page.URL))
	if err != nil || isPage(res) {
		return
	}
	for i, address := range robots.Sitemaps(res.Body, res.URL) {
		if i == surveySitemaps || s.stopped {
			return
		}
		s.candidate(ctx, discover.Candidate{URL: address, Kind: discover.Sitemap, Reason: discover.Robots})
	}
}
