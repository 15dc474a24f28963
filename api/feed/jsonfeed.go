package feed

import (
	"encoding/json"
	"io"
	"path"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// WriteJSON writes f as JSON Feed 1.1 (jsonfeed.org/version/1.1), with an
// extension "_carillon" that says where each item was read and under which
// licence. gorilla's JSON structs would leave an empty list out, where the
// version demands one, and name sizes and banners wrongly.
func WriteJSON(w io.Writer, f Feed) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(jsonFeed(f))
}

type jsonDocument struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	HomePageURL string       `json:"home_page_url,omitempty"`
	FeedURL     string       `json:"feed_url,omitempty"`
	NextURL     string       `json:"next_url,omitempty"`
	Description string       `json:"description,omitempty"`
	Icon        string       `json:"icon,omitempty"`
	Language    string       `json:"language,omitempty"`
	Authors     []jsonAuthor `json:"authors,omitempty"`
	Items       []jsonItem   `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type jsonAttachment struct {
	URL   string `json:"url"`
	Type  string `json:"mime_type"`
	Title string `json:"title,omitempty"`
	Size  int64  `json:"size_in_bytes,omitempty"`
}

type jsonItem struct {
	ID            string           `json:"id"`
	URL           string           `json:"url,omitempty"`
	Title         string           `json:"title,omitempty"`
	ContentHTML   string           `json:"content_html,omitempty"`
	ContentText   string           `json:"content_text,omitempty"`
	Summary       string           `json:"summary,omitempty"`
	Image         string           `json:"image,omitempty"`
	DatePublished *time.Time       `json:"date_published,omitempty"`
	DateModified  time.Time        `json:"date_modified"`
	Authors       []jsonAuthor     `json:"authors,omitempty"`
	Tags          []string         `json:"tags,omitempty"`
	Language      string           `json:"language,omitempty"`
	Attachments   []jsonAttachment `json:"attachments,omitempty"`
	Carillon      jsonExtension    `json:"_carillon"`
}

// jsonExtension is what JSON Feed has no word for.
type jsonExtension struct {
	About       string              `json:"about"`
	Type        federation.ItemType `json:"type,omitempty"`
	Member      string              `json:"member"`
	Page        string              `json:"page,omitempty"` // on the hub
	SourceTitle string              `json:"source_title,omitempty"`
	SourceURL   string              `json:"source_url,omitempty"`
	Fetched     *time.Time          `json:"fetched,omitempty"`
	License     string              `json:"license,omitempty"`
	Attribution string              `json:"attribution,omitempty"`
	Hash        string              `json:"hash,omitempty"`
}

const about = "https://github.com/plonegov/carillon/blob/main/docs/api.md"

func jsonFeed(f Feed) jsonDocument {
	d := jsonDocument{
		Version: "https://jsonfeed.org/version/1.1", Title: oneLine(f.Title), HomePageURL: cleanURI(f.Home),
		FeedURL: cleanURI(f.Self), NextURL: cleanURI(f.Next), Description: oneLine(f.Description),
		Language: cleanLanguage(f.Language), Items: make([]jsonItem, 0, len(f.Entries)),
	}
	if logo := cleanURI(f.Logo); isHTTP(logo) {
		d.Icon = logo
	}
	if f.Author != "" {
		d.Authors = []jsonAuthor{{Name: oneLine(f.Author)}}
	}
	for _, e := range f.Entries {
		d.Items = append(d.Items, f.jsonItem(e))
	}
	return d
}

func (f Feed) jsonItem(e Entry) jsonItem {
	it, p := e.Item, e.Item.Provenance
	out := jsonItem{
		ID: e.ID(), URL: e.Link(), Title: e.title(), ContentHTML: clean(it.Content.String()), Summary: oneLine(it.Summary),
		DatePublished: known(e.Published()), DateModified: e.Updated(), Tags: categories(it), Language: cleanLanguage(it.Language),
		Carillon: jsonExtension{About: about, Type: it.Type, Member: it.Member, Page: cleanURI(e.Page), SourceTitle: e.sourceTitle(),
			SourceURL: PublicURL(p.SourceURL), Fetched: known(p.Fetched.UTC()), License: clean(p.License),
			Attribution: clean(p.Credit(it.Language, e.Member)), Hash: p.Hash},
	}
	if out.ContentHTML == "" { // one of the two is required
		out.ContentText = firstText(clean(it.Summary), out.Title)
	}
	if m := leadPicture(it); m != nil {
		out.Image = m.URL
	}
	for _, name := range f.author(e) {
		out.Authors = append(out.Authors, jsonAuthor{Name: name})
	}
	for _, a := range attachments(it) {
		out.Attachments = append(out.Attachments, jsonAttachment{a.URL, a.Type, a.Title, max(a.Size, 0)})
	}
	return out
}

func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// PublicURL is an address as outsiders may see it: of a local file only the
// last part of its name, because the folders of a server are its operator's.
func PublicURL(s string) string {
	if rest, local := strings.CutPrefix(s, "file:"); local {
		return "file:" + cleanURI(path.Base(rest))
	}
	return cleanURI(s)
}
