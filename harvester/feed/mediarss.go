package feed

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/plonegov/carillon/federation"

	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/plonegov/carillon/harvester/read"
)

// media reads Media RSS 1.5.1 (contents and thumbnails, alone or in groups),
// and the pictures, recordings and transcripts of podcasts.
func (x extended) media(e *entry) {
	top := extended{"": x["media"]}
	e.shots(top, top, false)
	for _, g := range x["media"]["group"] {
		e.shots(extended{"": g.Children}, top, true)
	}
	for _, t := range x["media"]["thumbnail"] {
		e.thumbnail(t, "")
	}
	for _, i := range x["itunes"]["image"] {
		e.files = append(e.files, federation.Attachment{URL: cmp.Or(i.Attrs["href"], i.Value), Role: federation.RoleImage})
	}
	e.podcast(x)
	if text := top.value("", "text"); e.content == "" && e.summary == "" {
		e.content = text
	} else {
		e.fact("transcript", text)
	}
}

// shots takes the contents of an entry or of a group, whose pictures are one in
// several sizes: the default, else the widest, stands for all.
func (e *entry) shots(in, outer extended, grouped bool) {
	var best *federation.Attachment
	var caption string
	for _, c := range in[""]["content"] {
		own := extended{"": c.Children}
		f := shot(c, own, in, outer, grouped)
		caption = cmp.Or(caption, own.value("", "description"))
		for _, t := range c.Children["thumbnail"] {
			e.thumbnail(t, f.Credit)
		}
		e.transcripts(c.Children["subtitle"])
		switch {
		case f.URL == "" || isAvatar(f.URL):
		case !grouped || f.Role != federation.RoleImage:
			e.files = append(e.files, f)
		case best == nil || c.Attrs["isDefault"] == "true" || f.Width > best.Width:
			best = &f
		}
	}
	if best != nil {
		e.files = append(e.files, *best)
	}
	if grouped {
		for _, t := range in[""]["thumbnail"] {
			e.thumbnail(t, "")
		}
	}
	e.transcripts(in[""]["subtitle"])
	e.title = cmp.Or(e.title, in.value("", "title"))
	if e.summary == "" {
		e.summary, e.lines = cmp.Or(in.value("", "description"), caption), true // plain, unless it says otherwise
	}
}

// shot reads one media:content; what it does not say, its group or its entry
// says for it (Media RSS 1.5.1, optional elements).
func shot(c ext.Extension, own, group, entry extended, grouped bool) federation.Attachment {
	f := federation.Attachment{
		URL: c.Attrs["url"], Type: c.Attrs["type"], Size: length(c.Attrs["filesize"]),
		Title: cmp.Or(own.value("", "title"), own.value("", "description")),
		Credit: cmp.Or(own.value("", "credit"), group.value("", "credit"), entry.value("", "credit"),
			own.value("", "copyright"), group.value("", "copyright"), entry.value("", "copyright")),
		Width: size(c.Attrs["width"]), Height: size(c.Attrs["height"]),
	}
	switch c.Attrs["medium"] {
	case "image":
		f.Role = federation.RoleImage
	case "audio":
		f.Role = federation.RoleAudio
	case "video":
		f.Role = federation.RoleVideo
	default:
		f.Role = roleOf(read.MediaType(f.Type, f.URL))
	}
	if f.Role == federation.RoleImage {
		f.Alt = f.Title
		if d := own.value("", "description"); d != f.Title {
			f.Alt = cmp.Or(d, f.Alt)
		}
	} else if grouped {
		f.Title = cmp.Or(f.Title, group.value("", "title"))
	}
	for _, players := range [][]ext.Extension{c.Children["player"], group[""]["player"]} {
		for _, p := range players {
			if f.URL == "" { // only to be watched in a page
				f.URL, f.Type, f.Role = p.Attrs["url"], "text/html", federation.RoleVideo
			}
		}
	}
	return f
}

func (e *entry) thumbnail(t ext.Extension, credit string) {
	if isAvatar(t.Attrs["url"]) {
		return
	}
	e.files = append(e.files, federation.Attachment{URL: t.Attrs["url"], Role: federation.RoleThumbnail, Credit: credit,
		Width: size(t.Attrs["width"]), Height: size(t.Attrs["height"])})
}

func (e *entry) transcripts(list []ext.Extension) {
	for _, t := range list {
		e.files = append(e.files, federation.Attachment{URL: cmp.Or(t.Attrs["url"], t.Attrs["href"]), Type: t.Attrs["type"], Role: federation.RoleTranscript})
	}
}

// podcast reads what Apple's and the Podcast Index' vocabularies have for
// listeners.
func (e *entry) podcast(x extended) {
	e.transcripts(x["podcast"]["transcript"])
	for _, a := range x["podcast"]["alternate"] {
		for _, s := range a.Children["source"] {
			e.files = append(e.files, federation.Attachment{URL: s.Attrs["uri"], Type: a.Attrs["type"], Title: a.Attrs["title"], Size: length(a.Attrs["length"])})
		}
	}
	e.authors = append(e.authors, x.values("podcast", "person")...)
	e.fact("season", x.value("itunes", "season"))
	e.fact("episode", x.value("itunes", "episode"))
	e.fact("duration", x.value("itunes", "duration"))
}

// roleOf is the role of a file by its type, "" for something to download.
func roleOf(mediaType string) string {
	switch kind, _, _ := strings.Cut(mediaType, "/"); kind {
	case "image":
		return federation.RoleImage
	case "audio":
		return federation.RoleAudio
	case "video":
		return federation.RoleVideo
	}
	return ""
}

// isAvatar reports whether a picture is of who wrote the entry, which
// WordPress.com puts before its pictures.
func isAvatar(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.HasSuffix(u.Hostname(), "gravatar.com")
}
