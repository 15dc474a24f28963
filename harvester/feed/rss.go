package feed

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"

	"github.com/mmcdole/gofeed/rss"
)

// rssChannel reads what a channel says of itself.
func (r *reading) rssChannel(f *rss.Feed, address string) {
	x := extended(f.Extensions)
	r.Title = markup.Text(cmp.Or(f.Title, x.value("dc", "title"), x.value("atom", "title")))
	r.Language = language(cmp.Or(f.Language, x.value("dc", "language"), x.value("c", "lang")))
	if site := resolve(address, f.Link); isWeb(site) {
		r.SiteURL, r.base = site, site
	}
	for _, l := range x["atom"]["link"] {
		r.feedLink(l.Attrs["rel"], resolve(address, l.Attrs["href"]))
		r.page(l.Attrs["rel"], resolve(address, l.Attrs["href"]), x)
	}
	r.Complete = len(x["fh"]["complete"]) > 0
	r.license = cmp.Or(r.license, x.license())
	r.TTL = rssTTL(f.TTL, x)
	r.Skip = skipped(f.SkipHours, f.SkipDays)
}

// page takes the links that lead on and those that hold for all items. A feed
// in pages is followed (RFC 5005, 3); from an archive, only to older archives
// (4): what a feed has archived is not news.
func (r *reading) page(rel, href string, x extended) {
	if !isWeb(href) {
		return
	}
	switch rel {
	case "next":
		if href != r.address {
			r.Next = href
		}
	case "prev-archive":
		if len(x["fh"]["archive"]) > 0 && href != r.address {
			r.Next = cmp.Or(r.Next, href)
		}
	case "license":
		r.license = cmp.Or(r.license, href)
	}
}

// skipped reads skipHours and skipDays (RSS 2.0). Hour 24 is midnight in RSS 0.91.
func skipped(hours, days []string) federation.Skip {
	var s federation.Skip
	for _, h := range hours {
		if n, err := strconv.Atoi(strings.TrimSpace(h)); err == nil && n >= 0 && n <= 24 && !slices.Contains(s.Hours, n%24) {
			s.Hours = append(s.Hours, n%24)
		}
	}
	for _, d := range days {
		for day := time.Sunday; day <= time.Saturday; day++ {
			if strings.EqualFold(strings.TrimSpace(d), day.String()) && !slices.Contains(s.Days, day) {
				s.Days = append(s.Days, day)
			}
		}
	}
	return s
}

// feedLink takes a link of the feed itself.
func (r *reading) feedLink(rel, href string) {
	if !isWeb(href) {
		return
	}
	switch rel {
	case "self":
		r.Self = cmp.Or(r.Self, href)
	case "hub":
		if len(r.Hubs) < maxHubs {
			r.Hubs = append(r.Hubs, href)
		}
	case "", "alternate":
		r.SiteURL = cmp.Or(r.SiteURL, href)
	}
}

// maxHubs is how many hubs of a feed are told (W3C WebSub, 4, sets no bound).
const maxHubs = 3

// rssTTL reads ttl, in minutes (RSS 2.0), or else the syndication module's
// period and frequency, for which daily and once are the defaults.
func rssTTL(ttl string, x extended) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(ttl)); err == nil && n > 0 && n < 1_000_000 {
		return time.Duration(n) * time.Minute
	}
	period := strings.ToLower(x.value("sy", "updateperiod"))
	times, err := strconv.Atoi(x.value("sy", "updatefrequency"))
	if err != nil || times < 1 {
		times = 1
	}
	const day = 24 * time.Hour
	every := map[string]time.Duration{"hourly": time.Hour, "daily": day, "weekly": 7 * day, "monthly": 30 * day, "yearly": 365 * day}[period]
	return every / time.Duration(times)
}

func rssEntry(i *rss.Item, lang string) *entry {
	x := extended(i.Extensions)
	e := &entry{paged: true, title: i.Title, link: i.Link, summary: i.Description, content: i.Content, published: i.PubDate}
	for _, c := range i.Categories {
		e.categories = append(e.categories, c.Value)
	}
	for _, c := range x["atom"]["category"] {
		e.categories = append(e.categories, cmp.Or(c.Attrs["term"], c.Attrs["label"]))
	}
	if i.Author != "" {
		e.authors = []string{person(i.Author)}
	}
	for _, a := range x["atom"]["author"] {
		e.authors = append(e.authors, extended{"atom": a.Children}.value("atom", "name"))
	}
	for _, f := range i.Enclosures {
		e.files = append(e.files, federation.Attachment{URL: f.URL, Type: f.Type, Size: length(f.Length)})
	}
	if i.GUID != nil {
		e.id = i.GUID.Value
		if !strings.EqualFold(i.GUID.IsPermalink, "false") {
			e.name = e.id
		}
	}
	for _, l := range x["atom"]["link"] {
		switch l.Attrs["rel"] {
		case "", "alternate":
			e.link = cmp.Or(e.link, l.Attrs["href"])
			e.version(l.Attrs["hreflang"], l.Attrs["href"])
		case "license":
			e.license = cmp.Or(e.license, l.Attrs["href"])
		case "enclosure":
			e.files = append(e.files, federation.Attachment{URL: l.Attrs["href"], Type: l.Attrs["type"], Size: length(l.Attrs["length"])})
		}
	}
	e.id = cmp.Or(e.id, x.value("atom", "id"))
	x.fill(e)
	x.alert(e, lang)
	e.link = cmp.Or(e.link, webOnly(e.name), webOnly(e.about), webOnly(x.value("dc", "identifier")))
	return e
}

func webOnly(s string) string {
	if isWeb(s) {
		return s
	}
	return ""
}

// person is the name in an RSS author, which should be an address with the
// name in brackets: "jo@example.org (Jo Dupont)". An address alone is kept.
func person(s string) string {
	if before, name, ok := strings.Cut(s, "("); ok && strings.Contains(before, "@") {
		if name = strings.TrimSpace(strings.TrimRight(name, ") ")); name != "" {
			return name
		}
	}
	if i := strings.IndexAny(s, "<("); i > 0 && strings.Contains(s[i:], "@") {
		return strings.TrimSpace(s[:i])
	}
	return s
}
