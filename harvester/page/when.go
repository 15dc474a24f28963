package page

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/dates"
)

// dates fills in publication and update: the selector of the source, JSON-LD,
// meta elements, time elements, and at last the date in the address.
func (r *reading) dates(it *federation.Item) {
	if t := r.ruledDate(); !t.IsZero() {
		it.Published = t
	}
	if it.Published.IsZero() {
		it.Published = r.meta.date(r.lang, r.zone(), publishedNames)
	}
	if it.Updated.IsZero() {
		it.Updated = r.meta.date(r.lang, r.zone(), updatedNames)
	}
	if it.Published.IsZero() && it.Event == nil {
		it.Published = r.timeElement()
	}
	if it.Published.IsZero() && it.Event == nil {
		it.Published = r.addressDate()
	}
	if !later(it.Updated, it.Published) {
		it.Updated = time.Time{}
	}
}

// ruledDate is the date in what the selector matches.
func (r *reading) ruledDate() time.Time {
	s := r.find("date", r.rule.Date)
	if s == nil {
		return time.Time{}
	}
	s = s.First()
	for _, text := range []string{s.AttrOr("datetime", ""), s.AttrOr("content", ""), s.Find("time[datetime]").AttrOr("datetime", ""), markup.Text(s.Text())} {
		if t, ok := r.dateIn(text); ok {
			return t
		}
	}
	r.Warn("", "What the selector for the date ("+r.rule.Date+") matches is no date that can be read.")
	return time.Time{}
}

// maxWords bounds the words among which a date is looked for.
const maxWords = 20

// dateIn reads a text that is a date or has one in it ("Publié le 3 mars 2026
// par la mairie"): the longest run of words that is one.
func (r *reading) dateIn(text string) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if t, ok := dates.Parse(text, r.lang, r.zone()); ok {
		return t, true
	}
	words := strings.Fields(text)
	words = words[:min(len(words), maxWords)]
	for n := len(words) - 1; n > 0; n-- {
		for i := 0; i+n <= len(words); i++ {
			run := strings.Trim(strings.Join(words[i:i+n], " "), ".,;:()|")
			if !strings.ContainsAny(run, "0123456789") {
				continue
			}
			if t, ok := dates.Parse(run, r.lang, r.zone()); ok {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

// timeElement is the first time element of the article that says when it was
// published: one that is marked so, else the only one there is.
func (r *reading) timeElement() time.Time {
	for _, sel := range []string{"time[pubdate]", `time[itemprop~="datePublished"]`, `[itemprop~="datePublished"]`, "time.published", "time.entry-date", "time.dt-published", "article header time", "main header time"} {
		if t, ok := r.timeOf(r.root.Find(sel).First()); ok {
			return t
		}
	}
	for _, sel := range []string{"article time", "main time", "time"} {
		if s := r.root.Find(sel); s.Length() == 1 {
			if t, ok := r.timeOf(s); ok {
				return t
			}
		}
	}
	return time.Time{}
}

func (r *reading) timeOf(s *goquery.Selection) (time.Time, bool) {
	if s.Length() == 0 {
		return time.Time{}, false
	}
	for _, a := range []string{"datetime", "content"} {
		if t, ok := dates.Parse(s.AttrOr(a, ""), r.lang, r.zone()); ok {
			return t, true
		}
	}
	return r.dateIn(markup.Text(s.Text()))
}

// dated finds /2026/03/02/, /2026-03-02- and the like in a path.
var dated = regexp.MustCompile(`(?:^|[/_-])((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?:$|[/_.-])`)

func (r *reading) addressDate() time.Time {
	if r.address == nil {
		return time.Time{}
	}
	m := dated.FindStringSubmatch(r.address.Path)
	if m == nil {
		return time.Time{}
	}
	t, _ := dates.Parse(strings.Join(m[1:], "-"), r.lang, r.zone())
	return t
}

// picture chooses the lead picture: the selector's, JSON-LD's, the shared one,
// else the first large one of the text. Its alternative text is taken from the
// page where only the page has one.
func (r *reading) picture(it *federation.Item) {
	if s := r.find("picture", r.rule.Image); s != nil {
		if img := r.img(s.First()); img != nil {
			it.Image = img
		}
	}
	if it.Image == nil {
		if img := r.meta.image(); img != nil {
			if img.URL = r.absolute(img.URL); img.URL != "" {
				it.Image = img
			}
		}
	}
	if it.Image == nil {
		it.Image = r.firstImage(it.Content)
	}
	if it.Image == nil || it.Image.Alt != "" {
		return
	}
	r.root.Find("img[alt]").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		if img := r.img(s); img != nil && img.URL == it.Image.URL {
			it.Image.Alt = img.Alt
			return false
		}
		return true
	})
}

// img reads a picture: an img, or an element that has one or names one.
func (r *reading) img(s *goquery.Selection) *federation.Image {
	if inner := s.Find("img"); !s.Is("img") && inner.Length() > 0 {
		s = inner.First()
	}
	for _, a := range []string{"data-src", "data-lazy-src", "src", "content", "href"} {
		if v := s.AttrOr(a, ""); v != "" && !strings.HasPrefix(v, "data:") {
			if address := r.absolute(v); address != "" {
				return &federation.Image{URL: address, Alt: markup.Text(s.AttrOr("alt", "")), Width: pixels(s.AttrOr("width", "")), Height: pixels(s.AttrOr("height", ""))}
			}
		}
	}
	return nil
}

// smallest is the width in pixels under which a picture is taken for an icon.
const smallest = 120

func (r *reading) firstImage(content markup.HTML) (found *federation.Image) {
	if content.IsZero() {
		return nil
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(content.String()))
	if err != nil {
		return nil
	}
	doc.Find("img[src]").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		if w, err := strconv.Atoi(s.AttrOr("width", "")); err == nil && w < smallest {
			return true
		}
		found = r.img(s)
		return found == nil
	})
	return found
}
