package main

import (
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// regionText writes a region file that [parseRegion] reads back to the same
// values. Keys whose value is that of their absence are left out.
func regionText(cat *federation.Catalogue) []byte {
	var file pairs
	var members, channels, placements, topics []pairs
	for _, m := range cat.Members {
		var sources []pairs
		for _, s := range cat.Sources {
			if s.Member == m.Slug {
				sources = append(sources, sourcePairs(s))
			}
		}
		members = append(members, memberPairs(m, sources))
	}
	for _, c := range cat.Channels {
		channels = append(channels, channelPairs(c))
	}
	for _, p := range cat.Placements {
		placements = append(placements, placementPairs(p))
	}
	for _, t := range cat.Topics {
		topics = append(topics, topicPairs(t))
	}
	file.put("hub", hubPairs(cat.Hub))
	file.put("best_bets", bestBetPairs(cat.Hub.BestBets))
	file.put("members", members)
	file.put("channels", channels)
	file.put("placements", placements)
	file.put("topics", topics)
	if len(file) == 0 {
		return []byte("members: []\n")
	}
	return []byte(yamlText(file))
}

// put adds a key unless its value is empty.
func (p *pairs) put(key string, value any) {
	if v := reflect.ValueOf(value); v.IsZero() || (v.Kind() == reflect.Slice || v.Kind() == reflect.Map) && v.Len() == 0 {
		return
	}
	*p = append(*p, pair{key, value})
}

func hubPairs(h federation.Hub) pairs {
	var p, links pairs
	links.put("legal", h.Links.Legal)
	links.put("accessibility", h.Links.Accessibility)
	links.put("contact", h.Links.Contact)
	p.put("name", map[string]string(h.Name))
	p.put("theme", themePairs(h.Theme))
	p.put("zone", h.Zone)
	p.put("languages", h.Languages)
	p.put("links", links)
	p.put("outlines", outlinesValue(h))
	var queries pairs
	queries.put("off", h.Queries.Off)
	queries.put("least", h.Queries.Least)
	queries.put("months", h.Queries.Months)
	queries.put("never", h.Queries.Never)
	p.put("queries", queries)
	p.put("synonyms", h.SynonymFile)
	return p
}

// outlinesValue names the file of outlines, as short as it can be said.
func outlinesValue(h federation.Hub) any {
	if h.OutlineCredit == "" {
		return h.OutlineFile
	}
	var p pairs
	p.put("file", h.OutlineFile)
	p.put("credit", h.OutlineCredit)
	return p
}

func memberPairs(m federation.Member, sources []pairs) pairs {
	var p pairs
	p.put("slug", m.Slug)
	p.put("kind", string(m.Kind))
	p.put("name", textValue(m.Name, m.Language()))
	p.put("url", m.URL)
	p.put("code", m.Code)
	p.put("postal_codes", m.PostalCodes)
	if m.Location != nil { // 0, 0 is a place too
		p = append(p, pair{"location", pairs{{"lat", m.Location.Lat}, {"lon", m.Location.Lon}}})
	}
	p.put("languages", m.Languages)
	p.put("zone", m.Zone)
	p.put("authority", m.Authority)
	p.put("theme", themePairs(m.Theme))
	p.put("sites", m.Sites)
	p.put("succeeds", m.Succeeds)
	p.put("sources", sources)
	return p
}

func sourcePairs(s federation.Source) pairs {
	var p pairs
	p.put("slug", s.Slug)
	p.put("url", s.URL)
	p.put("format", s.Format)
	p.put("title", map[string]string(s.Title))
	p.put("type", string(s.Type))
	p.put("every", durationText(s.Every))
	p.put("cron", s.Cron)
	p.put("language", s.Language)
	p.put("zone", s.Zone)
	p.put("alerts", s.Alerts)
	p.put("allow_private", networkTexts(s.AllowPrivate))
	p.put("license", s.License)
	p.put("attribution", s.Attribution)
	p.put("categories", s.Categories)
	p.put("identity", s.Identity)
	p.put("complete", s.Complete)
	p.put("suspended", s.Suspended)
	p.put("formerly", s.Formerly)
	p.put("trust_hub", s.TrustHub)
	p.put("columns", s.Columns)
	if s.Page != nil {
		p.put("page", pagePairs(*s.Page))
	}
	return p
}

func networkTexts(list []netip.Prefix) []string {
	var out []string
	for _, p := range list {
		out = append(out, p.String())
	}
	return out
}

func pagePairs(r federation.PageRule) pairs {
	p := pairs{}
	p.put("include", r.Include)
	p.put("exclude", r.Exclude)
	p.put("title", r.Title)
	p.put("content", r.Content)
	p.put("date", r.Date)
	p.put("image", r.Image)
	p.put("remove", r.Remove)
	return p
}

func channelPairs(c federation.Channel) pairs {
	var p pairs
	p.put("slug", c.Slug)
	p.put("title", map[string]string(c.Title))
	p.put("select", c.Select.String())
	return p
}

func placementPairs(pl federation.Placement) pairs {
	var p, o pairs
	o.put("images", pl.Options.Images)
	o.put("summary", pl.Options.Summary)
	o.put("heading", pl.Options.Heading)
	o.put("title", map[string]string(pl.Options.Title))
	o.put("language", pl.Options.Language)
	p.put("slug", pl.Slug)
	p.put("member", pl.Member)
	p.put("widget", pl.Widget)
	p.put("select", pl.Select.String())
	p.put("theme", themePairs(pl.Theme))
	p.put("options", o)
	return p
}

func topicPairs(t federation.Topic) pairs {
	var p pairs
	p.put("slug", t.Slug)
	p.put("name", map[string]string(t.Name))
	p.put("from", t.From)
	return p
}

func themePairs(t federation.Theme) pairs {
	var p pairs
	for _, tok := range t.Tokens() {
		p.put(tok.Name, *tok.Value)
	}
	return p
}

// textValue is a text as a person would write it: one string when it is in the
// language that the surroundings suppose.
func textValue(t federation.Text, lang string) any {
	if s := t[lang]; len(t) == 1 && s != "" {
		return s
	}
	return map[string]string(t)
}

// durationText is a duration without the units that are zero: 15m, 6h.
func durationText(d time.Duration) string {
	if d == 0 {
		return ""
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// commented makes lines comments of a region file.
func commented(format string, args ...any) string {
	text := strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ") // one line, whatever a foreign title holds
	return "# " + text + "\n"
}
