package discover

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// sourceTypes are media types that only sources have. "application/json" and
// the oEmbed types are what many pages link besides.
var sourceTypes = []string{
	"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/calendar",
	"application/x.atom+xml", "application/x-atom+xml", "application/rss", "text/rss", "text/rss+xml", "application/x-rss+xml",
}

// plainTypes are types that feeds are often sent or linked with; the address
// must be like a feed's too.
var plainTypes = []string{"text/xml", "application/xml", "application/json"}

// link reads a <link>.
func (r *reader) link(a attrs) {
	rels := strings.Fields(strings.ToLower(a["rel"]))
	address := r.resolve(a["href"])
	if address == "" {
		return
	}
	if slices.ContainsFunc(rels, isIcon) && len(r.page.Icons) < maxLinks {
		r.page.Icons = append(r.page.Icons, Icon{URL: address, Rel: a["rel"], Sizes: a["sizes"]})
	}
	for _, rel := range rels {
		switch rel {
		case "canonical":
			if r.page.Canonical == "" {
				r.page.Canonical = address
			}
		case "sitemap":
			r.page.Sitemaps = appendOnce(r.page.Sitemaps, address)
		case "https://api.w.org/":
			r.mark("wordpress", wpRoot(address))
		}
	}
	r.addLink(Link{URL: address, Rel: a["rel"], Type: mediaType(a["type"]), Title: squeeze(a["title"])})
}

// addLink keeps a link with the type of a source.
func (r *reader) addLink(l Link) {
	plain := slices.Contains(plainTypes, l.Type) && hasToken(l.Rel, "alternate") && feedLike.MatchString(pathAndQuery(l.URL))
	if (slices.Contains(sourceTypes, l.Type) || plain) && len(r.page.Links) < maxLinks {
		r.page.Links = append(r.page.Links, l)
	}
}

func hasToken(list, token string) bool {
	return slices.Contains(strings.Fields(strings.ToLower(list)), token)
}

// isIcon holds for icon, apple-touch-icon, apple-touch-icon-precomposed,
// mask-icon and fluid-icon.
func isIcon(rel string) bool {
	return strings.HasSuffix(strings.TrimSuffix(rel, "-precomposed"), "icon")
}

// linkParam is one parameter of a Link header (RFC 8288, 3).
var linkParam = regexp.MustCompile(`;\s*([A-Za-z*]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))`)

// linkValue is one link of a Link header: its address and parameters.
var linkValue = regexp.MustCompile(`<([^>]*)>((?:\s*;\s*[A-Za-z*]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]+))*)`)

func (r *reader) linkHeaders(h http.Header) {
	for _, value := range h.Values("Link") {
		for _, m := range linkValue.FindAllStringSubmatch(value, maxLinks) {
			a := attrs{"href": m[1]}
			for _, p := range linkParam.FindAllStringSubmatch(m[2], 20) {
				if name := strings.ToLower(p[1]); a[name] == "" {
					a[name] = p[2] + p[3]
				}
			}
			r.link(a)
		}
	}
}

// feedLike is how addresses of feeds and calendars look in paths and queries.
var feedLike = regexp.MustCompile(`(?i)\.(rss|atom|rdf|ics|ical)(\?|$)` +
	`|/(rss|rss2|rdf|atom|feed|feeds|backend|flux|ical)(/(rss|rss2|atom|rdf|all|default|[a-z-]{2,40}))?/?(\.xml|\.php|\.aspx?|\.json)?(\?|$)` +
	`|(rss|atom|feed|flux|backend)[a-z0-9_-]*\.(xml|php|json|aspx?|jsp|cfm)(\?|$)` +
	`|/RSS(\?|$)|@@?(ics_view|RSS|rss\.xml|atom\.xml)` +
	`|[?&](format|feed|type|page|alt|output|view|tx_\w+%5bformat%5d|outlook-)=?(feed|rss2?|atom|rdf|backend|9818|ical|ics)(&|$)` +
	`|[?&](ical|rss|feed)=(1|rss2?|atom|true)(&|$)`)

// sectionLike is how pages with news, events and notices are called, in the
// last part of a path.
var sectionLike = regexp.MustCompile(`(?i)^(` + strings.Join([]string{
	`actualites?`, `toutes?-l(es|')-?actualites?`, `actus?`, `agenda`, `evenements?`, `les-actualites`, `toute-lactualite`, `flux-rss`, `fil-rss`, `manifestations`, `alertes?`,
	`nieuws`, `nieuwsberichten`, `evenementen`, `kalender`, `bekendmakingen`, `activiteiten`,
	`aktuelles`, `nachrichten`, `neuigkeiten`, `meldungen`, `veranstaltungen`, `veranstaltungskalender`, `termine`, `bekanntmachungen`, `pressemitteilungen`,
	`news`, `latest-news`, `events?`, `whats-on`, `calendar`, `announcements`, `notices`, `rss`, `rss-feeds?`, `feeds?`,
	`noticias`, `eventos`, `notizie`, `eventi`, `novita`, `albistegiak`,
}, "|") + `)$`)

func (r *reader) startAnchor(a attrs) {
	address := r.resolve(a["href"])
	if address == "" {
		return
	}
	r.anchor = &Link{URL: address, Rel: a["rel"], Type: mediaType(a["type"])}
	r.words.Reset()
	r.titles = false
	r.addWords(a["title"])
	if strings.HasPrefix(strings.TrimSpace(a["href"]), "webcal:") {
		r.anchor.Type = "text/calendar"
	}
}

// endAnchor decides what the anchor that was read leads to.
func (r *reader) endAnchor() {
	l := r.anchor
	if l == nil {
		return
	}
	r.anchor = nil
	l.Title = squeeze(r.words.String())
	if r.seen["a "+l.URL] {
		return
	}
	target := pathAndQuery(l.URL)
	switch {
	case slices.Contains(sourceTypes, l.Type) || feedLike.MatchString(target):
		if len(r.page.Anchors) < maxLinks {
			r.page.Anchors = append(r.page.Anchors, *l)
		}
	case sameHost(l.URL, r.page.URL) && sectionLike.MatchString(lastPart(target)) && !sameAddress(l.URL, r.page.URL):
		if len(r.page.Sections) < maxLinks {
			r.page.Sections = append(r.page.Sections, *l)
		}
	default:
		return
	}
	r.seen["a "+l.URL] = true
}

func appendOnce(list []string, s string) []string {
	if slices.Contains(list, s) || len(list) >= maxLinks {
		return list
	}
	return append(list, s)
}
