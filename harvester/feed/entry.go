package feed

import (
	"net/url"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/dates"
)

// An entry is one item as a format says it, before it is made an Item. Rich
// texts are HTML that nobody has checked; addresses may be relative.
type entry struct {
	id    string // guid, atom:id, JSON id
	name  string // the id, where the format makes it an address
	about string // rdf:about
	title string // rich
	link  string

	summary, content   string // rich
	base               string // of relative addresses, "" = the feed's
	language           string
	published, updated string
	authors            []string
	categories         []string
	files              []federation.Attachment
	images             []federation.Image
	point, featureName string // "lat lon"
	start, end         string // of an event
}

// A reading turns entries into items with what the feed says for all of them.
type reading struct {
	*federation.Decoded
	source  federation.Source
	entries []*entry // what the items were made of, in their order
	base    string   // of relative addresses
	lang    string   // of what does not say
}

// maxSummary bounds a summary in bytes; the harvester cuts it to its own size.
const maxSummary = 4000

// item makes an Item, but for its OriginID.
func (r *reading) item(e *entry) federation.Item {
	base := firstOf(e.base, r.base)
	baseURL, err := url.Parse(base)
	if err != nil {
		baseURL = nil
	}
	lang := language(e.language)
	it := federation.Item{
		Title:      markup.Text(e.title),
		Language:   firstOf(lang, r.Language),
		Categories: texts(e.categories),
		Authors:    texts(e.authors),
	}
	if link := resolve(base, strings.TrimSpace(e.link)); isWeb(link) {
		it.URL = link
	} else if e.link == "" {
		it.URL = asLink(e.name)
	}
	r.texts(&it, e, baseURL)
	r.when(&it, e, firstOf(lang, r.lang))
	r.media(&it, e, base)
	it.Place = place(e)
	return it
}

// texts fills content and summary. A summary that only repeats the beginning
// of the content is none.
func (r *reading) texts(it *federation.Item, e *entry, base *url.URL) {
	content, summary := e.content, e.summary
	if content == "" {
		content, summary = summary, ""
	}
	it.Content = markup.Sanitise(content, base)
	if summary == "" || summary == content {
		return
	}
	text := markup.Text(cutRunes(summary, maxSummary))
	start := strings.TrimRight(text, " .…[]")
	// Its own length is enough to compare, and tags and spaces take some more.
	if begins := markup.Text(cutRunes(it.Content.String(), 3*len(text)+1000)); !strings.HasPrefix(begins, start) {
		it.Summary = text
	} else if it.Content.IsZero() {
		it.Content = markup.Sanitise(summary, base)
	}
}

// when fills the dates. An Atom entry needs no publication date (RFC 4287,
// 4.2.9); its last change stands for it then.
func (r *reading) when(it *federation.Item, e *entry, lang string) {
	it.Published = r.date(e.published, lang)
	it.Updated = r.date(e.updated, lang)
	if it.Published.IsZero() {
		it.Published = it.Updated
	}
	if start := r.date(e.start, lang); !start.IsZero() {
		it.Type = federation.EventItem
		it.Event = &federation.Event{Start: start, End: r.date(e.end, lang), AllDay: !strings.Contains(e.start, ":")}
		if it.Event.AllDay && !it.Event.End.IsZero() && !strings.Contains(e.end, ":") {
			it.Event.End = it.Event.End.AddDate(0, 0, 1) // End is exclusive
		}
	}
}

func (r *reading) date(s, lang string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, ok := dates.Parse(s, lang, dates.Zone(lang))
	if !ok {
		r.undated(s)
	}
	return t
}

// undated warns once about dates that could not be read, with the first one.
func (r *reading) undated(s string) {
	const start = "A date could not be read: "
	for _, w := range r.Warnings {
		if strings.HasPrefix(w.Message, start) {
			return
		}
	}
	r.Warn("", start+cutRunes(markup.Text(s), 60))
}

// texts makes names plain, each once.
func texts(list []string) []string {
	var out []string
next:
	for _, s := range list {
		s = markup.Text(s)
		for _, seen := range out {
			if s == seen {
				continue next
			}
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// language makes what documents write a BCP 47 tag, "" when it is none:
// "fr_BE", "FR", "fr-be".
func language(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	primary, rest, ok := strings.Cut(s, "-")
	s = strings.ToLower(primary)
	if ok {
		s += "-" + rest
	}
	if !federation.ValidLanguage(s) {
		return ""
	}
	return s
}
