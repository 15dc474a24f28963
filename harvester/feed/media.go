package feed

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// maxFiles bounds the attachments of one item.
const maxFiles = 50

// media fills the lead picture and the list of files. The pictures beside the
// lead go to the list with their roles, but for those that the content shows.
func media(it *federation.Item, files []federation.Attachment, lead int) {
	content := it.Content.String()
	for i, f := range files {
		picture := f.Role == federation.RoleImage || f.Role == federation.RoleThumbnail
		switch {
		case i == lead:
			it.Image = &federation.Image{URL: f.URL, Alt: f.Alt, Width: f.Width, Height: f.Height}
		case picture && strings.Contains(content, escapeAttr.Replace(f.URL)):
		case len(it.Attachments) < maxFiles:
			it.Attachments = append(it.Attachments, f)
		}
	}
	if it.Image == nil {
		it.Image = firstPicture(content, "")
	} else if it.Image.Alt == "" {
		if shown := firstPicture(content, it.Image.URL); shown != nil {
			it.Image.Alt = shown.Alt
		}
	}
}

// leadOf is the place of the first picture, else of the first thumbnail, else
// -1.
func leadOf(files []federation.Attachment) int {
	lead := -1
	for i, f := range files {
		if f.Role == federation.RoleImage {
			return i
		}
		if f.Role == federation.RoleThumbnail && lead < 0 {
			lead = i
		}
	}
	return lead
}

// own returns the files of an entry, each once, with absolute addresses and
// plain texts. What counts readers is none.
func (e *entry) own(base string) []federation.Attachment {
	var out []federation.Attachment
	seen := map[string]bool{}
	for _, f := range e.files {
		if f.URL = resolve(base, strings.TrimSpace(f.URL)); !isWeb(f.URL) || seen[f.URL] || tiny(f.Width, f.Height) {
			continue
		}
		seen[f.URL] = true
		f.Type = read.MediaType(f.Type, f.URL)
		f.Role = cmp.Or(f.Role, roleOf(f.Type))
		f.Title, f.Alt, f.Credit = markup.Text(f.Title), markup.Text(f.Alt), markup.Text(f.Credit)
		if f.Role == federation.RoleImage {
			f.Alt = cmp.Or(f.Alt, f.Title)
		}
		if out = append(out, f); len(out) == 2*maxFiles {
			break
		}
	}
	return out
}

// tiny reports whether a picture is there to count readers.
func tiny(width, height int) bool {
	return width == 1 || height == 1
}

// firstPicture finds the first picture of sanitised HTML; with an address, the
// first that has it.
func firstPicture(html, address string) *federation.Image {
	for s := (read.Scanner{Doc: html}); ; {
		i := strings.Index(html[s.Pos:], "<img")
		if i < 0 {
			return nil
		}
		s.Pos += i
		t, ok := s.Next()
		if !ok {
			return nil
		}
		p := federation.Image{URL: read.Attr(t.Attrs, "src"), Alt: read.Attr(t.Attrs, "alt"),
			Width: size(read.Attr(t.Attrs, "width")), Height: size(read.Attr(t.Attrs, "height"))}
		if isWeb(p.URL) && !tiny(p.Width, p.Height) && (address == "" || address == p.URL) {
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
