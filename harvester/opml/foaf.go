package opml

import (
	"cmp"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// scope is what stands around an element of a FOAF document.
type scope struct {
	group string // name of the foaf:Group
	name  string // of the foaf:Agent, Person or Organization
	known bool   // inside foaf:knows: a friend, whose own list may be named
}

// foaf reads the agents of a FOAF document: their weblogs with the feeds of
// those, and the lists of those they know.
func (l *List) foaf(n *read.Node, s scope) {
	for _, c := range n.Kids {
		inner := s
		switch strings.ToLower(c.Name) {
		case "group":
			inner.group = cmp.Or(content(c.Child("name")), s.group)
		case "agent", "person", "organization":
			inner.name = cmp.Or(content(c.Child("member_name")), content(c.Child("name")))
		case "knows":
			inner.known = true
		case "document":
			l.weblog(c, s)
			continue
		case "channel":
			l.addFeed(attr(c, "about"), s, "", c.Line)
		case "feed":
			l.addFeed(attr(c, "resource"), s, "", c.Line)
		case "seealso":
			if list := attr(c, "resource"); list != "" && s.known {
				l.Lists = append(l.Lists, Link{s.name, list, c.Line})
			}
		}
		l.foaf(c, inner)
	}
}

// weblog reads a foaf:Document: a site whose seeAlso names its feed.
func (l *List) weblog(n *read.Node, s scope) {
	site, before := attr(n, "about"), len(l.Feeds)
	added := false
	for _, see := range n.Kids {
		for _, channel := range see.Kids {
			if strings.EqualFold(see.Name, "seealso") && strings.EqualFold(channel.Name, "channel") && attr(channel, "about") != "" {
				l.addFeed(attr(channel, "about"), s, site, channel.Line)
				added = true
			}
		}
	}
	if site != "" && !added && len(l.Feeds) == before {
		l.Sites = append(l.Sites, Link{s.name, site, n.Line})
	}
}

// addFeed adds a feed of an agent, or its group to the feed that is there: a
// person may be a member of several.
func (l *List) addFeed(address string, s scope, site string, line int) {
	if address == "" {
		return
	}
	var groups [][]string
	if s.group != "" {
		groups = [][]string{{s.group}}
	}
	if l.at == nil {
		l.at = map[string]int{}
	}
	if i, twice := l.at[address]; twice {
		l.Feeds[i].Categories = appendPaths(l.Feeds[i].Categories, groups...)
		return
	}
	l.at[address] = len(l.Feeds)
	l.Feeds = append(l.Feeds, Feed{URL: address, Title: s.name, Site: site, Categories: groups, Line: line})
}
