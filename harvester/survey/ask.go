package survey

import (
	"context"
	"slices"

	"github.com/plonegov/carillon/harvester/discover"
	"github.com/plonegov/carillon/harvester/robots"
)

// surveyor asks addresses within the bounds of a survey.
type surveyor struct {
	reader   Reader
	left     int             // requests
	seen     map[string]bool // discover.Key of what was asked or found
	found    []Finding
	warnings []string
	stopped  bool
}

func (s *surveyor) asked() int { return maxRequests - s.left }

// stop ends the survey early; what was found stays.
func (s *surveyor) stop(why string) {
	if !s.stopped {
		s.stopped = true
		s.warnings = append(s.warnings, why)
	}
}

// ask fetches one address. The answer is empty when no request is left.
func (s *surveyor) ask(ctx context.Context, address string) Answer {
	if s.left == 0 {
		s.stop("Not every address was tried: a check makes at most 25 requests.")
		return Answer{}
	}
	s.left--
	one, cancel := context.WithTimeout(ctx, maxWait)
	defer cancel()
	a := s.reader.Ask(one, address)
	switch {
	case ctx.Err() != nil:
		s.stop("Not every address was tried: the site took too long to answer.")
	case a.Busy:
		s.stop("Not every address was tried: the site asked to be left alone for now.")
	}
	return a
}

// try asks the candidates that have one of the reasons. Those that are merely
// likely are left out when their kind was found already.
func (s *surveyor) try(ctx context.Context, list []discover.Candidate, reasons ...discover.Reason) {
	for _, c := range list {
		for _, why := range reasons {
			if c.Reason == why && !s.stopped && s.wants(c) {
				s.candidate(ctx, c)
			}
		}
	}
}

func (s *surveyor) wants(c discover.Candidate) bool {
	have := 0
	for _, f := range s.found {
		if f.Kind == string(c.Kind) {
			have++
		}
	}
	if c.Reason == discover.Known || c.Reason == discover.Guessed {
		return have == 0
	}
	return have < maxOfKind
}

// candidate asks one address and keeps what is a source. A web page there is
// the site's way to say that there is nothing.
func (s *surveyor) candidate(ctx context.Context, c discover.Candidate) {
	if found, ok := s.readOne(ctx, c); ok {
		s.found = append(s.found, found)
	}
}

// readOne asks one address, once, and reads the source that is there.
func (s *surveyor) readOne(ctx context.Context, c discover.Candidate) (Finding, bool) {
	if s.seen[discover.Key(c.URL)] {
		return Finding{}, false
	}
	s.seen[discover.Key(c.URL)] = true
	res := s.ask(ctx, c.URL).Response
	if res == nil || isPage(res) {
		return Finding{}, false
	}
	if final := discover.Key(res.URL); final != discover.Key(c.URL) {
		if s.seen[final] {
			return Finding{}, false
		}
		s.seen[final] = true
	}
	found, failed := s.reader.Read(res)
	if failed != nil {
		return Finding{}, false
	}
	found.Kind, found.Reason = string(c.Kind), string(c.Reason)
	if found.Title == "" {
		found.Title = c.Title
	}
	return found, true
}

// sections looks for sources that only the frames of a page, or its pages of news
// and events, declare.
func (s *surveyor) sections(ctx context.Context, page discover.Page) {
	looked := 0
	for _, l := range append(slices.Clone(page.Frames), page.Sections...) {
		if s.stopped || looked == maxSections || s.seen[discover.Key(l.URL)] {
			continue
		}
		looked++
		s.seen[discover.Key(l.URL)] = true
		res := s.ask(ctx, l.URL).Response
		if res == nil || !isPage(res) {
			continue
		}
		inside := discover.Read(res.Body, res.URL, res.Header)
		s.try(ctx, inside.Candidates(), discover.Declared, discover.Linked)
	}
}

// robots looks for the site maps that robots.txt names.
func (s *surveyor) robots(ctx context.Context, page discover.Page) {
	if s.stopped || !s.wants(discover.Candidate{Kind: discover.Sitemap, Reason: discover.Known}) {
		return
	}
	res := s.ask(ctx, robots.Address(page.URL)).Response
	if res == nil || isPage(res) {
		return
	}
	for i, address := range robots.Sitemaps(res.Body, res.URL) {
		if i == maxSitemaps || s.stopped {
			return
		}
		s.candidate(ctx, discover.Candidate{URL: address, Kind: discover.Sitemap, Reason: discover.Robots})
	}
}
