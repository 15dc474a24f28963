package survey

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/discover"
)

// suggest fills in slugs, types and rhythms, as an operator would write them.
func suggest(found []Finding, site Site) {
	taken := map[string]bool{}
	for _, worth := range []bool{true, false} { // the plain names are for what is added
		for i := range found {
			f := &found[i]
			if f.Worth != worth {
				continue
			}
			f.Type = likelyType(*f)
			f.Every = rhythm(*f)
			lang, _, _ := strings.Cut(firstOf(f.Language, site.Language), "-")
			f.Slug = discover.Unique(slugOf(*f, lang), func(s string) bool { return taken[s] })
			taken[f.Slug] = true
		}
	}
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// typeWords are words of addresses and titles that tell what a list holds. None
// tells of alerts: to propose that type is to propose that the source be
// granted them, which takes an alert that was seen.
var typeWords = []struct {
	typ   federation.ItemType
	words []string
}{
	{federation.EventItem, []string{"agenda", "evenement", "evenements", "event", "events", "evenementen", "kalender", "calendar", "calendrier",
		"veranstaltung", "veranstaltungen", "veranstaltungskalender", "termine", "manifestations", "activiteiten", "eventos", "eventi"}},
	{federation.Notice, []string{"avis", "enquetes", "bekanntmachungen", "bekendmakingen", "notices"}},
	{federation.Consultation, []string{"consultations", "participation", "beteiligung", "inspraak"}},
}

// likelyType is the type that most items have, and where that is the type of
// what says nothing, the one that address and title speak of.
func likelyType(f Finding) federation.ItemType {
	count := map[federation.ItemType]int{}
	best := federation.News
	for _, it := range f.Items {
		typ := it.Type
		if it.Event != nil {
			typ = federation.EventItem
		}
		if count[typ]++; count[typ] > count[best] {
			best = typ
		}
	}
	if best != federation.News {
		return best
	}
	words := strings.Split(discover.Slug(f.URL+" "+f.Title), "-")
	for _, t := range typeWords {
		if slices.ContainsFunc(t.words, func(w string) bool { return slices.Contains(words, w) }) {
			return t.typ
		}
	}
	return best
}

// rhythm is how often a list is worth reading: alerts at once, else about four
// times as often as items appear.
func rhythm(f Finding) time.Duration {
	if f.Type == federation.AlertItem {
		return 5 * time.Minute
	}
	var dates []time.Time
	for _, it := range f.Items {
		if !it.Published.IsZero() {
			dates = append(dates, it.Published)
		}
	}
	slices.SortFunc(dates, time.Time.Compare)
	if dates = slices.Compact(dates); len(dates) < 3 || f.Kind == string(discover.Sitemap) {
		return 6 * time.Hour
	}
	gap := dates[len(dates)-1].Sub(dates[0]) / time.Duration(len(dates)-1) / 4
	for _, every := range []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour, 3 * time.Hour} {
		if gap <= every {
			return every
		}
	}
	return 6 * time.Hour
}

// names are what lists are called, by type and language.
var names = map[federation.ItemType]map[string]string{
	federation.News:      {"fr": "actualites", "nl": "nieuws", "de": "aktuelles", "en": "news", "es": "noticias", "it": "notizie"},
	federation.EventItem: {"fr": "agenda", "nl": "agenda", "de": "veranstaltungen", "en": "events", "es": "agenda", "it": "eventi"},
	federation.AlertItem: {"fr": "alertes", "nl": "waarschuwingen", "de": "warnungen", "en": "alerts"},
}

// plainParts are parts of addresses that name no list.
var plainParts = []string{"rss", "feed", "feeds", "atom", "rdf", "xml", "index", "aggregator", "backend", "spip", "all", "default", "posts", "ical",
	"events", "sitemap", "search", "api", "oparl", "v1", "system", "plone", "ics-view", "node", "fr", "nl", "de", "en", "es", "it", "www", "web", "site", "home", "accueil", "flux"}

// slugOf names a list after the folder it is in, else after what it holds.
func slugOf(f Finding, lang string) string {
	if u, err := url.Parse(f.URL); err == nil && f.Kind != string(discover.Sitemap) {
		parts := strings.Split(strings.Trim(u.Path, "/"), "/")
		slices.Reverse(parts)
		for _, p := range parts {
			p, _, _ = strings.Cut(p, ".")
			if s := discover.Slug(p); len(s) > 2 && len(s) <= 40 && !slices.Contains(plainParts, s) && strings.Trim(s, "0123456789-") != "" {
				return s
			}
		}
	}
	if f.Kind == string(discover.Sitemap) {
		return "pages"
	}
	return firstOf(names[f.Type][lang], names[f.Type]["en"], string(f.Type))
}
