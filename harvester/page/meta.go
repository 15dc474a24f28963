package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/dates"
)

// maxMeta bounds the meta elements that are read.
const maxMeta = 500

// meta holds the meta elements of a page, by lower-case name or property.
type meta map[string][]string

func readMeta(root *goquery.Document) meta {
	m := meta{}
	root.Find("meta[content]").EachWithBreak(func(i int, s *goquery.Selection) bool {
		value := strings.TrimSpace(s.AttrOr("content", ""))
		for _, a := range []string{"property", "name", "itemprop", "http-equiv"} {
			for name := range strings.FieldsSeq(strings.ToLower(s.AttrOr(a, ""))) {
				if value != "" && !slices.Contains(m[name], value) {
					m[name] = append(m[name], value)
				}
			}
		}
		return i < maxMeta
	})
	return m
}

// first is the plain text of the first of the names that is there.
func (m meta) first(names ...string) string {
	for _, n := range names {
		for _, v := range m[n] {
			if s := markup.Text(v); s != "" {
				return s
			}
		}
	}
	return ""
}

// noindex returns the words with which the page asks to be left out of indexes,
// "" when it does not.
func (m meta) noindex() string {
	for _, name := range []string{"carillon", "robots"} { // the one for us decides alone
		if len(m[name]) == 0 {
			continue
		}
		for _, v := range m[name] {
			for word := range strings.FieldsFuncSeq(strings.ToLower(v), func(c rune) bool { return c == ',' || c == ' ' }) {
				if word == "noindex" || word == "none" {
					return markup.Text(v)
				}
			}
		}
		return ""
	}
	return ""
}

// expires reads unavailable_after of the robots meta element.
func (m meta) expires(lang string, zone *time.Location) time.Time {
	for _, v := range m["robots"] {
		if _, after, ok := strings.Cut(strings.ToLower(v), "unavailable_after:"); ok {
			if t, ok := dates.Parse(after, lang, zone); ok {
				return t
			}
		}
	}
	return time.Time{}
}

// Names of meta elements that carry dates, the surest first: Open Graph,
// Dublin Core in its several spellings, schema.org, and what is common.
var (
	publishedNames = []string{"article:published_time", "og:published_time", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created",
		"dcterms.date", "dc.date", "datepublished", "date", "pubdate", "publishdate", "publish-date", "article.published", "sailthru.date", "parsely-pub-date", "dcterms.available"}
	updatedNames = []string{"article:modified_time", "og:updated_time", "dcterms.modified", "dc.date.modified", "datemodified", "last-modified", "revised"}
)

func (m meta) date(lang string, zone *time.Location, names []string) time.Time {
	for _, n := range names {
		for _, v := range m[n] {
			if t, ok := dates.Parse(v, lang, zone); ok {
				return t
			}
		}
	}
	return time.Time{}
}

func (m meta) authors() []string {
	var out []string
	for _, n := range []string{"author", "article:author", "dcterms.creator", "dc.creator"} {
		for _, v := range m[n] {
			if v = markup.Text(v); v != "" && !strings.HasPrefix(v, "http") && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	return out
}

func (m meta) categories() []string {
	var out []string
	add := func(s string) {
		if s = markup.Text(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, n := range []string{"article:section", "article:tag"} {
		for _, v := range m[n] {
			add(v)
		}
	}
	for _, n := range []string{"keywords", "news_keywords", "dcterms.subject", "dc.subject"} {
		for _, v := range m[n] {
			for word := range strings.FieldsFuncSeq(v, func(c rune) bool { return c == ',' || c == ';' }) {
				add(word)
			}
		}
	}
	return out
}

// image is the picture that the page shows when it is shared.
func (m meta) image() *federation.Image {
	address := m.first("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
	if address == "" {
		return nil
	}
	return &federation.Image{URL: address, Alt: m.first("og:image:alt", "twitter:image:alt"),
		Width: pixels(m.first("og:image:width")), Height: pixels(m.first("og:image:height"))}
}

func pixels(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "px"))
	if err != nil || n < 1 || n > 100_000 {
		return 0
	}
	return n
}

func (m meta) summary() string {
	return cmp.Or(m.first("og:description"), m.first("description"), m.first("dcterms.description", "dc.description", "twitter:description"))
}
