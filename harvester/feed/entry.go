package feed

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"html"
	"io"
	"regexp"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
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
	contentBase        string // of the addresses in the content, "" = the entry's
	summaryBase        string
	paged              bool // without a base, its texts are those of the page at link
	lines              bool // a summary without markup is plain text, whose lines count
	language           string
	published, updated string
	authors            []string
	categories         []string
	files              []federation.Attachment // pictures too, with what they are as Role
	at                 *federation.Point
	featureName        string
	start, end         string // of an event
	status, rule       string // of an event
	temporal, expires  string
	facts              []fact
	license, rights    string
	versions           map[string]string // the alternates with an hreflang, by it
	alert              *capAlert

	raw  string // the entry itself
	hash string // of all that its item is made of; "" = it depends on more than that
}

// A reading turns entries into items with what the feed says for all of them.
type reading struct {
	*federation.Decoded
	source  federation.Source
	entries []*entry        // what the items were made of, in their order
	address string          // of the document
	base    string          // of relative addresses
	lang    string          // of what does not say
	license string          // of what does not say
	pages   map[string]bool // addresses in Pages
	known   func(entry string) string
}

// maxSummary bounds a summary in bytes; the harvester cuts it to its own size.
const maxSummary = 4000

// item makes an Item, but for its OriginID.
func (r *reading) item(e *entry) federation.Item {
	base := cmp.Or(e.base, r.base)
	lang := language(e.language)
	it := federation.Item{
		Title:      read.Unwrapped(markup.Text(e.title)),
		Language:   cmp.Or(lang, r.Language),
		Categories: texts(e.categories),
		Authors:    texts(e.authors),
	}
	if link := resolve(base, strings.TrimSpace(e.link)); isWeb(link) {
		it.URL = link
	} else if e.link == "" {
		it.URL = asLink(e.name)
	} else if base == "" { // nothing to resolve it with
		it.URL = asLink(link)
	}
	it.Same = federation.SameOf(it.URL, e.versionsFrom(base))
	it.Provenance.License, it.Provenance.Attribution = cmp.Or(e.license, r.license), e.rights
	it.Place = place(e)
	r.when(&it, e, cmp.Or(lang, r.lang))
	files := e.own(base)
	lead := leadOf(files)
	if lead >= 0 {
		e.fact("credit", files[lead].Credit) // which Image has no field for
	}
	if it.Hash = r.recognise(e, &it); it.Hash != "" {
		return it
	}
	r.texts(&it, e, base)
	media(&it, files, lead)
	if e.alert != nil {
		r.alerted(&it, e, cmp.Or(lang, r.lang))
	}
	return it
}

// recognise returns the content hash of an item that is held as its entry has
// it, "" when the entry must be read. What ends by itself is always read, and so
// are alerts and the versions of a document: what they are depends on others.
func (r *reading) recognise(e *entry, it *federation.Item) string {
	if r.known == nil || e.raw == "" || e.alert != nil || it.Same != "" || !it.Expires.IsZero() {
		return ""
	}
	h := sha256.New()
	for _, part := range []string{r.address, r.base, r.lang, r.Language, r.license, e.raw} {
		_, _ = io.WriteString(h, part+"\x00") // a hash takes whatever is written
	}
	e.hash = hex.EncodeToString(h.Sum(nil)[:16])
	return r.known(e.hash)
}

// texts fills content and summary. A summary that only repeats the beginning
// of the content is none.
//
// Relative addresses in them are seen from the xml:base of the element, the entry
// or the feed (RFC 4287, 2). RSS has no rule: they are seen from the page of the
// item, whose HTML most systems copy, then from the channel's.
func (r *reading) texts(it *federation.Item, e *entry, base string) {
	if e.paged && e.base == "" && isWeb(it.URL) {
		base = it.URL
	}
	own, ownSummary := read.Base(cmp.Or(e.contentBase, base)), read.Base(cmp.Or(e.summaryBase, base))
	content, summary := e.content, e.summary
	if content == "" {
		content, summary, own = summary, "", ownSummary
		if e.lines || e.paged {
			content = lined(content)
		}
	}
	it.Content = markup.Sanitise(content+factList(e.facts, cmp.Or(it.Language, r.lang)), own)
	if summary == "" || summary == content {
		return
	}
	text := markup.Text(read.Clip(summary, maxSummary))
	start := strings.TrimRight(text, " .…[]")
	if !it.Content.Begins(start) {
		it.Summary = text
	} else if content == "" {
		it.Content = markup.Sanitise(summary, ownSummary)
	}
}

// lined gives a text of several lines that holds no markup its lines, paragraphs
// and links. References in it are those of HTML.
func lined(s string) string {
	if s = strings.TrimSpace(s); !strings.ContainsAny(s, "\r\n") || startsTag.MatchString(s) {
		return s
	}
	return read.Paragraphs(html.UnescapeString(s))
}

// startsTag is what a parser of HTML takes for the beginning of a tag.
var startsTag = regexp.MustCompile(`<[A-Za-z/!?]`)

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
