package opml

// scope is what stands around an element of a FOAF document.
type scope struct {
	group string // name of the foaf:Group
	name  string // of the foaf:Agent, Person or Organization
	known bool   // inside foaf:knows: a friend, whose own list may be named
}

// foaf reads the agents of a FOAF document: their weblogs with the feeds of
// those, and the lists of those they know.
func (l *List) foaf(n *node, s scope) {
	for _, c := range n.children {
		inner := s
		switch c.name {
		case "group":
			inner.group = first(c.child("name").content(), s.group)
		case "agent", "person", "organization":
			inner.name = first(c.child("member_name").content(), c.child("name").content())
		case "knows":
			inner.known = true
		case "document":
			l.weblog(c, s)
			continue
		case "channel":
			l.addFeed(c.attr("about"), s, "", c.line)
		case "feed":
			l.addFeed(c.attr("resource"), s, "", c.line)
		case "seealso":
			if list := c.attr("resource"); list != "" && s.known {
				l.Lists = append(l.Lists, Link{s.name, list, c.line})
			}
		}
		l.foaf(c, inner)
	}
}

// weblog reads a foaf:Document: a site whose seeAlso names its feed.
func (l *List) weblog(n *node, s scope) {
	site, before := n.attr("about"), len(l.Feeds)
	added := false
	for _, see := range n.children {
		for _, channel := range see.children {
			if see.name == "seealso" && channel.name == "channel" && channel.attr("about") != "" {
				l.addFeed(channel.attr("about"), s, site, channel.line)
				added = true
			}
		}
	}
	if site != "" && !added && len(l.Feeds) == before {
		l.Sites = append(l.Sites, Link{s.name, site, n.line})
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
