package ics

import (
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// maxFiles bounds the attachments of one event.
const maxFiles = 50

// media reads IMAGE (RFC 7986, 5.10) and ATTACH. The first picture leads.
func (r *reading) media(it *federation.Item, c *component) {
	embedded := 0
	seen := map[string]bool{}
	for _, name := range []string{"IMAGE", "X-WP-IMAGES-URL", "ATTACH"} {
		for _, p := range c.all(name) {
			if strings.EqualFold(p.param("VALUE"), "BINARY") || strings.EqualFold(p.param("ENCODING"), "BASE64") || strings.HasPrefix(strings.ToLower(p.value), "data:") {
				embedded++
				continue
			}
			f := federation.Attachment{URL: r.link(p.value), Type: read.MediaType(p.param("FMTTYPE"), p.value), Title: read.Line(firstParam(p, "FILENAME", "X-FILENAME", "LABEL", "X-LABEL", "X-TITLE"))}
			if f.URL == "" || seen[f.URL] || len(it.Attachments) == maxFiles {
				continue
			}
			seen[f.URL] = true
			f.Size, _ = strconv.ParseInt(p.param("SIZE"), 10, 64)
			f.Size = max(f.Size, 0)
			r.attach(it, f, name != "ATTACH")
		}
	}
	if embedded > 0 {
		r.Warn(it.OriginID, strconv.Itoa(embedded)+" files stand in the calendar itself, without an address; they are left out")
	}
}

func (r *reading) attach(it *federation.Item, f federation.Attachment, picture bool) {
	kind, _, _ := strings.Cut(f.Type, "/")
	switch {
	case (picture || kind == "image") && it.Image == nil:
		it.Image = &federation.Image{URL: f.URL, Alt: f.Title}
		return
	case picture || kind == "image":
		f.Role, f.Alt = federation.RoleImage, f.Title
	case kind == "audio":
		f.Role = federation.RoleAudio
	case kind == "video":
		f.Role = federation.RoleVideo
	}
	it.Attachments = append(it.Attachments, f)
}

func firstParam(p property, names ...string) string {
	for _, n := range names {
		if v := p.param(n); v != "" {
			return v
		}
	}
	return ""
}
