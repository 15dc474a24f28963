package demo

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// section is one part of a publisher's site, with a feed of its own, or what
// stands in for one.
type section struct {
	Publisher, Slug string
	Title, About    string
	Language        string
	Dialect         string  // of its feed, see dialects
	Feed            string  // path of the feed below the publisher's
	Entries         []entry // newest first
}

// Name is "publisher/section".
func (s *section) Name() string { return s.Publisher + "/" + s.Slug }

// FeedPath is where the feed is served, "" when the section has none.
func (s *section) FeedPath() string {
	if s.Feed == "" {
		return ""
	}
	return "/" + s.Publisher + "/" + s.Feed
}

// Announced tells whether the pages of the section link to what is served at
// FeedPath: a site announces its feeds and calendars, not its interfaces.
func (s *section) Announced() bool { return dialects[s.Dialect].announced }

// Home is the path of the page that lists the section.
func (s *section) Home() string { return "/" + s.Publisher + "/" + s.Slug + "/" }

// Updated is the date of the newest entry.
func (s *section) Updated() time.Time {
	var t time.Time
	for _, e := range s.Entries {
		if e.Date.After(t) {
			t = e.Date
		}
	}
	return t
}

// entry is one document of a section.
type entry struct {
	Slug, Title, Lead string
	Date              time.Time
	Tags              []string
	Author            string
	Picture, Alt      string // name in the gallery, "" = none
	Start, End        time.Time
	AllDay            bool
	Place, Address    string
	Point             string // "50.4512 4.6011", "" = none
	Body              []block

	Facts  map[string]string // what only some dialects publish, see factNames
	Until  time.Time         // of an alert
	Except []time.Time       // dates left out of a series
}

// block is a paragraph, a heading or a list of an entry.
type block struct {
	Heading, Text string
	List          []string
}

// parseSection reads a content file: lines "key: value", then entries that
// each begin with "# Title", lines "key: value" and, after an empty line,
// paragraphs, "## headings" and "- lists".
func parseSection(text string, clock clock) (*section, error) {
	head, rest, _ := strings.Cut(text, "\n# ")
	s := &section{}
	keys := map[string]*string{"title": &s.Title, "about": &s.About, "language": &s.Language, "dialect": &s.Dialect, "feed": &s.Feed}
	if err := readKeys(head, keys); err != nil {
		return nil, err
	}
	if _, ok := dialects[s.Dialect]; !ok {
		return nil, fmt.Errorf("%q is not a dialect", s.Dialect)
	}
	if rest == "" {
		return nil, errors.New("no entry begins with \"# \"")
	}
	slugs := map[string]bool{}
	for part := range strings.SplitSeq(rest, "\n# ") {
		e, season, err := parseEntry(part, s.Language, clock)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", strings.SplitN(part, "\n", 2)[0], err)
		}
		if slugs[e.Slug] {
			return nil, fmt.Errorf("%q is there twice", e.Slug)
		}
		slugs[e.Slug] = true
		if clock.inSeason(season) {
			s.Entries = append(s.Entries, e)
		}
	}
	slices.SortStableFunc(s.Entries, func(a, b entry) int { return b.Date.Compare(a.Date) })
	return s, nil
}

// readKeys reads lines "key: value" into the strings of that name.
func readKeys(head string, keys map[string]*string) error {
	for line := range strings.Lines(head) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		name, value, _ := strings.Cut(line, ":")
		if keys[name] == nil {
			return fmt.Errorf("%q is not a key", name)
		}
		*keys[name] = strings.TrimSpace(value)
	}
	return nil
}

// parseEntry reads one entry without its "# ".
func parseEntry(text, lang string, clock clock) (e entry, season string, err error) {
	head, body, _ := strings.Cut(text, "\n\n")
	title, head, _ := strings.Cut(head, "\n")
	var date, tags, when, where string
	keys := map[string]*string{"date": &date, "tags": &tags, "by": &e.Author, "picture": &e.Picture, "alt": &e.Alt,
		"when": &when, "where": &where, "season": &season}
	values := factKeys(keys)
	if err := readKeys(head, keys); err != nil {
		return e, "", err
	}
	if e.Date, err = clock.published(date); err != nil {
		return e, "", err
	}
	if when != "" {
		if e.Start, e.End, e.AllDay, err = clock.event(when); err != nil {
			return e, "", err
		}
	}
	if err := e.where(where); err != nil {
		return e, "", err
	}
	if err := e.facts(values, clock); err != nil {
		return e, "", err
	}
	fill := func(s string) string { return typography(clock.fill(s, lang, e.Start, e.End), lang) }
	e.Title = fill(strings.TrimSpace(title))
	e.Slug = slugify(e.Title)
	for tag := range strings.SplitSeq(tags, ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			e.Tags = append(e.Tags, tag)
		}
	}
	e.Body = parseBody(fill(body))
	if len(e.Body) == 0 || e.Body[0].Text == "" {
		return e, "", errors.New("does not begin with a paragraph")
	}
	e.Lead = e.Body[0].Text
	return e, season, nil
}

// where reads "Name | Address | 50.45 4.60"; what is missing at the end stays
// empty.
func (e *entry) where(s string) error {
	parts := strings.SplitN(s+"||", "|", 4)
	e.Place, e.Address, e.Point = strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2])
	if e.Point == "" {
		return nil
	}
	lat, lon, _ := strings.Cut(e.Point, " ")
	for _, n := range []string{lat, lon} {
		if _, err := strconv.ParseFloat(n, 64); err != nil {
			return fmt.Errorf("%q is not a latitude and a longitude", e.Point)
		}
	}
	return nil
}

func parseBody(text string) []block {
	var body []block
	for part := range strings.SplitSeq(text, "\n\n") {
		switch part = strings.TrimSpace(part); {
		case part == "":
		case strings.HasPrefix(part, "## "):
			body = append(body, block{Heading: part[3:]})
		case strings.HasPrefix(part, "- "):
			body = append(body, block{List: strings.Split(part[2:], "\n- ")})
		default:
			body = append(body, block{Text: strings.ReplaceAll(part, "\n", " ")})
		}
	}
	return body
}

// frenchSpaces are those that a line must not break at: before ; : ! ? », after
// «, and between the thousands of a number.
var frenchSpaces = regexp.MustCompile(` ([;:!?»%€])|(«) |(\d) (\d{3})`)

// typography sets the non-breaking spaces of French.
func typography(text, lang string) string {
	if lang != "fr" {
		return text
	}
	return frenchSpaces.ReplaceAllStringFunc(text, func(s string) string { return strings.Replace(s, " ", "\u00a0", 1) })
}

// slugify makes an address of a title: "Œuvre d'été" is "oeuvre-d-ete".
func slugify(title string) string {
	title = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "ß", "ss").Replace(title)
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(title)) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := strings.Trim(b.String(), "-")
	if len(slug) > 60 {
		slug = slug[:60]
		if at := strings.LastIndexByte(slug, '-'); at > 20 {
			slug = slug[:at]
		}
	}
	return slug
}
