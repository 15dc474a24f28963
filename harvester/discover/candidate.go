package discover

import (
	"regexp"
	"slices"
)

// Kind is what a candidate may turn out to be.
type Kind string

// The kinds of candidate.
const (
	Feed     Kind = "feed"
	Calendar Kind = "calendar"
	Data     Kind = "data" // an API: plone.restapi, OParl
	Sitemap  Kind = "sitemap"
)

// Reason is why an address is worth asking.
type Reason string

// The reasons, the surest first.
const (
	Declared Reason = "link"   // a link element or Link header
	Linked   Reason = "anchor" // a link that people click
	Known    Reason = "cms"    // an address that the site's system answers
	Robots   Reason = "robots" // robots.txt
	Guessed  Reason = "guess"  // an address that many sites have
)

// Candidate is an address worth asking.
type Candidate struct {
	URL    string
	Kind   Kind
	Reason Reason
	Type   string // media type, "" unknown
	Title  string // as linked, "" unknown
}

// comments is how feeds of comments are called: readers' words are not the
// publisher's.
var comments = regexp.MustCompile(`(?i)/comments?/(feed|default)|[?&]feed=comments|\bcomments? feed\b|kommentar-?\s?feed|flux des commentaires|reactiefeed|feed dei commenti|\bforums?\b.*\brss\b`)

// Candidates lists the addresses worth asking, the surest first, each once.
// Feeds of comments are left out.
func (p Page) Candidates() []Candidate {
	var c candidates
	c.seen = map[string]bool{Key(p.URL): true}
	for _, l := range p.Links {
		if l.Rel == "" || hasToken(l.Rel, "alternate") || hasToken(l.Rel, "feed") {
			c.addLink(l, Declared)
		}
	}
	for _, l := range p.Anchors {
		// A feed that people are sent to on another site is that site's;
		// calendars are kept with a service.
		if SameSite(l.URL, p.URL) || l.Type == "text/calendar" || calendarLike.MatchString(pathAndQuery(l.URL)) {
			c.addLink(l, Linked)
		}
	}
	for _, k := range p.CMS.paths() {
		c.add(k)
	}
	for _, s := range p.Sitemaps {
		c.add(Candidate{URL: s, Kind: Sitemap, Reason: Declared})
	}
	for _, g := range guesses(siteRoot(p.URL)) {
		c.add(g)
	}
	return c.list
}

type candidates struct {
	list []Candidate
	seen map[string]bool
}

func (c *candidates) addLink(l Link, why Reason) {
	if comments.MatchString(l.Title) || comments.MatchString(pathAndQuery(l.URL)) {
		return
	}
	kind := Feed
	if l.Type == "text/calendar" || calendarLike.MatchString(pathAndQuery(l.URL)) {
		kind = Calendar
	}
	c.add(Candidate{URL: l.URL, Kind: kind, Reason: why, Type: l.Type, Title: l.Title})
}

var calendarLike = regexp.MustCompile(`(?i)\.(ics|ical)(\?|$)|[?&](ical=1|outlook-ical=1|format=(ical|ics)|type=(ical|ics))|/ical/?(\?|$)|ics_view`)

func (c *candidates) add(one Candidate) {
	if key := Key(one.URL); one.URL != "" && !c.seen[key] && len(c.list) < maxLinks {
		c.seen[key] = true
		c.list = append(c.list, one)
	}
}

// well is a path below the root of a site, with what is there.
type well struct {
	path string
	kind Kind
}

// systems are the addresses that content management systems answer by
// themselves.
var systems = map[string][]well{
	"wordpress": {{"feed/", Feed}, {"events/?ical=1", Calendar}},
	"plone": {{"RSS", Feed}, {"aggregator/RSS", Feed}, {"news/aggregator/RSS", Feed},
		{"@search?sort_on=effective&sort_order=descending&metadata_fields=_all", Data},
		{"++api++/@search?sort_on=effective&sort_order=descending&metadata_fields=_all", Data}},
	"drupal": {{"rss.xml", Feed}, {"node?_format=rss", Feed}},
	"typo3":  {{"?type=9818", Feed}, {"?type=100", Feed}},
	"spip":   {{"spip.php?page=backend", Feed}, {"?page=backend", Feed}},
	"joomla": {{"?format=feed&type=rss", Feed}, {"index.php?format=feed&type=rss", Feed}},
}

func (c CMS) paths() []Candidate {
	var out []Candidate
	for _, w := range systems[c.Name] {
		out = append(out, Candidate{URL: under(c.Root, w.path), Kind: w.kind, Reason: Known})
	}
	return out
}

// anywhere are addresses that sites of any make have.
var anywhere = []well{
	{"sitemap.xml", Sitemap}, {"events.ics", Calendar}, {"oparl/v1/system", Data},
	{"feed", Feed}, {"rss.xml", Feed}, {"rss", Feed}, {"atom.xml", Feed}, {"index.xml", Feed}, {"feed.xml", Feed},
}

func guesses(root string) []Candidate {
	var out []Candidate
	for _, w := range anywhere {
		out = append(out, Candidate{URL: under(root, w.path), Kind: w.kind, Reason: Guessed})
	}
	return out
}

// HasContent reports whether the page's JSON-LD names a type that stands for a
// document, an event, a service or a place; most name only the organisation.
func (p Page) HasContent() bool {
	return slices.ContainsFunc(p.Structured, func(t string) bool { return slices.Contains(contentTypes, t) })
}

// contentTypes are schema.org types of documents, events and services.
var contentTypes = []string{"NewsArticle", "Article", "BlogPosting", "Report", "Event", "GovernmentService", "Service", "Place",
	"LocalBusiness", "GovernmentOffice", "CivicStructure", "SpecialAnnouncement", "MusicEvent", "SportsEvent", "TheaterEvent", "ExhibitionEvent", "Festival"}
