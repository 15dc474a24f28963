// Package survey finds what a web site publishes that can be harvested: it reads
// the page that somebody names, asks the addresses that the page leads to, and
// tells which of them are worth adding, each with a slug, a type and a rhythm.
//
// It stores nothing and knows no format: [Reader] fetches and reads as a harvest
// does. It guarantees that a survey, which strangers may ask for, makes at most 25
// requests, one after the other, in at most 25 seconds.
package survey

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/safehttp"
	"github.com/plonegov/carillon/harvester/discover"
)

// Reader fetches and reads as a harvest does.
type Reader interface {
	// Ask fetches an address, whatever format is there.
	Ask(ctx context.Context, address string) Answer
	// Read tells what is in the response of an answer. The failure is nil when it
	// could be read.
	Read(res *safehttp.Response) (Finding, *federation.Failure)
}

// Answer is what came of a request: a response of status 2xx, or why there is
// none.
type Answer struct {
	Response *safehttp.Response // nil with Failed
	Failed   *federation.Failure
	Busy     bool // the site asks to be left alone for now
}

// Bounds of a survey: it may be asked for by strangers.
const (
	maxRequests = 25
	maxTime     = 25 * time.Second
	maxWait     = 8 * time.Second // of one request
	maxSections = 3
	maxHops     = 3 // pages that only lead to another
	maxSitemaps = 2
	maxOfKind   = 12 // findings of one kind
)

// Report is what an address and its site have to harvest.
type Report struct {
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

// Of surveys an address. One that is a source is read as such; a web page is
// searched for the sources of its site, each of which was really fetched and read.
// The failure is nil when there is a finding; it has no time.
func Of(ctx context.Context, reader Reader, address string) (Report, *federation.Failure) {
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	s := &surveyor{reader: reader, left: maxRequests, seen: map[string]bool{}}
	a := s.ask(ctx, address)
	if a.Failed != nil {
		return Report{URL: address, Requests: s.asked()}, a.Failed
	}
	if !isPage(a.Response) {
		return s.direct(a.Response)
	}
	return s.site(ctx, a.Response)
}

// direct is the survey of an address that is no web page.
func (s *surveyor) direct(res *safehttp.Response) (Report, *federation.Failure) {
	out := Report{URL: res.URL, Direct: true, Requests: s.asked()}
	found, failed := s.reader.Read(res)
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
func (s *surveyor) site(ctx context.Context, res *safehttp.Response) (Report, *federation.Failure) {
	page := discover.Read(res.Body, res.URL, res.Header)
	for hop := 0; page.Refresh != "" && hop < maxHops; hop++ {
		s.seen[discover.Key(res.URL)] = true
		next := s.ask(ctx, page.Refresh).Response
		if next == nil || s.seen[discover.Key(next.URL)] {
			break
		}
		if !isPage(next) {
			return s.direct(next)
		}
		res, page = next, discover.Read(next.Body, next.URL, next.Header)
	}
	out := Report{URL: res.URL, Site: siteOf(page)}
	s.seen[discover.Key(res.URL)] = true
	if found, failed := s.reader.Read(res); failed == nil && len(found.Items) > 0 && page.HasContent() {
		found.Kind, found.Reason = "page", string(discover.Declared)
		s.found = append(s.found, found)
	}
	candidates := page.Candidates()
	s.try(ctx, candidates, discover.Declared, discover.Linked)
	s.plone(ctx, page.CMS)
	s.sections(ctx, page)
	if page.CMS.Name == ploneFormat {
		for _, f := range slices.Clone(s.found) {
			if folder := folderOfFeed(f.URL); folder != "" && likelyType(f) == federation.EventItem {
				s.ploneCalendar(ctx, folder)
			}
		}
	}
	s.try(ctx, candidates, discover.Known)
	s.robots(ctx, page)
	s.try(ctx, candidates, discover.Guessed)

	out.Findings, out.Requests, out.Warnings = rank(fold(s.found)), s.asked(), s.warnings
	if len(out.Findings) == 0 {
		return out, nothingFound()
	}
	suggest(out.Findings, out.Site)
	return out, nil
}

func nothingFound() *federation.Failure {
	return &federation.Failure{Class: federation.FailFormat,
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
