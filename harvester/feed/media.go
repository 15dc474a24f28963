package feed

import (
	"mime"
	"path"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
)

// maxFiles bounds the attachments of one item.
const maxFiles = 50

// media fills the lead picture and the attachments. A picture among the
// enclosures is the item's picture and not something to download.
func (r *reading) media(it *federation.Item, e *entry, base string) {
	var pictures []federation.Image
	seen := map[string]bool{}
	for _, f := range e.files {
		f.URL = resolve(base, strings.TrimSpace(f.URL))
		if !isWeb(f.URL) || seen[f.URL] || len(it.Attachments) == maxFiles {
			continue
		}
		seen[f.URL] = true
		if f.Type = mediaType(f); strings.HasPrefix(f.Type, "image/") {
			pictures = append(pictures, federation.Image{URL: f.URL, Alt: markup.Text(f.Title)})
			continue
		}
		f.Title = markup.Text(f.Title)
		it.Attachments = append(it.Attachments, f)
	}
	for _, p := range append(append([]federation.Image(nil), e.images...), pictures...) {
		p.URL, p.Alt = resolve(base, strings.TrimSpace(p.URL)), markup.Text(p.Alt)
		if isWeb(p.URL) && !tiny(p) {
			it.Image = &p
			return
		}
	}
	it.Image = firstPicture(it.Content.String())
}

// mediaType is the type a file says it has, or else what its name ends in.
func mediaType(f federation.Attachment) string {
	if t, _, err := mime.ParseMediaType(f.Type); err == nil && strings.Contains(t, "/") {
		return t
	}
	name, _, _ := strings.Cut(f.URL, "?")
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png", ".gif", ".webp", ".avif":
		return "image/" + strings.ToLower(path.Ext(name))[1:]
	case ".pdf":
		return "application/pdf"
	case ".mp3":
		return "audio/mpeg"
	case ".mp4":
		return "video/mp4"
	}
	return ""
}

// tiny reports whether a picture is there to count readers.
func tiny(p federation.Image) bool {
	return p.Width == 1 || p.Height == 1
}

// firstPicture finds the first picture of sanitised HTML.
func firstPicture(html string) *federation.Image {
	for s := (scanner{doc: html}); ; {
		i := strings.Index(html[s.pos:], "<img")
		if i < 0 {
			return nil
		}
		s.pos += i
		t, ok := s.next()
		if !ok {
			return nil
		}
		p := federation.Image{URL: attr(t.attrs, "src"), Alt: attr(t.attrs, "alt"),
			Width: size(attr(t.attrs, "width")), Height: size(attr(t.attrs, "height"))}
		if isWeb(p.URL) && !tiny(p) {
			return &p
		}
	}
}

// size reads a number of pixels, 0 when it is none.
func size(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "px"))
	if err != nil || n < 0 || n > 100_000 {
		return 0
	}
	return n
}

// length reads a number of bytes, 0 when it is none.
func length(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// place is where an entry says it is, nil when it does not.
func place(e *entry) *federation.Place {
	f := strings.FieldsFunc(e.point, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' || r == '\r' })
	name := markup.Text(e.featureName)
	p := &federation.Place{Name: name}
	if len(f) == 2 {
		lat, err1 := strconv.ParseFloat(f[0], 64)
		lon, err2 := strconv.ParseFloat(f[1], 64)
		if at := (federation.Point{Lat: lat, Lon: lon}); err1 == nil && err2 == nil && at.Valid() {
			p.Point = &at
		}
	}
	if p.Point == nil && name == "" {
		return nil
	}
	return p
}
