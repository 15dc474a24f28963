package feed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"strings"

	"github.com/plonegov/carillon/harvester/read"

	"github.com/plonegov/carillon/federation"

	jsonfeed "github.com/mmcdole/gofeed/json"
)

// decodeJSON reads JSON Feed 1.0 and 1.1. Each item is read by itself, so that
// one with a wrong type, or the end of a document cut short, costs only itself.
func (r *reading) decodeJSON(text, address string) error {
	l, err := read.JSON(text, maxItems, "items")
	switch {
	case err == read.ErrNotJSON:
		return errNotJSON
	case err != nil:
		return err
	}
	f, err := parseJSON(l.Head)
	if err != nil || !strings.Contains(f.Version, "jsonfeed.org") && l.Name == "" && l.Head["items"] == nil {
		return errNotJSON
	}
	r.jsonHead(f, l.Head, address)
	r.Listed = l.Listed
	for _, raw := range l.Entries {
		if len(raw) > maxItemBytes {
			r.Warn("", "One item is larger than 512 KiB and was left out.")
			continue
		}
		item, err := parseJSONItem(raw)
		if err != nil {
			r.Warn("", "One item could not be read: "+read.Clip(err.Error(), 200))
			continue
		}
		e := jsonEntry(item)
		e.raw = string(raw)
		r.add(e)
	}
	if r.Listed > maxItems {
		r.Warn("", tooMany)
	}
	if l.Fault != "" {
		r.Warn("", l.Fault)
	}
	return nil
}

// parseJSON gives the head to gofeed.
func parseJSON(head map[string]json.RawMessage) (f *jsonfeed.Feed, err error) {
	err = lenient(head, func(body []byte) error {
		f, err = new(jsonfeed.Parser).Parse(bytes.NewReader(body))
		return err
	})
	return f, err
}

func parseJSONItem(raw json.RawMessage) (*jsonfeed.Item, error) {
	var item jsonfeed.Item
	err := json.Unmarshal(raw, &item)
	if err == nil {
		return &item, nil
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil, err
	}
	err = lenient(members, func(body []byte) error {
		item = jsonfeed.Item{}
		return json.Unmarshal(body, &item)
	})
	return &item, err
}

// lenient reads an object and gives up the members of a wrong type, one by one.
func lenient(members map[string]json.RawMessage, read func(body []byte) error) error {
	for {
		body, err := json.Marshal(members)
		if err != nil {
			return err
		}
		err = read(body)
		var wrong *json.UnmarshalTypeError
		if !errors.As(err, &wrong) {
			return err
		}
		before := len(members)
		for name := range strings.SplitSeq(wrong.Field, ".") { // gofeed's own types are in the path
			delete(members, name)
		}
		if len(members) == before {
			return err
		}
	}
}

func (r *reading) jsonHead(f *jsonfeed.Feed, head map[string]json.RawMessage, address string) {
	r.Title = read.Line(f.Title)
	r.Language = language(f.Language)
	if site := resolve(address, f.HomePageURL); isWeb(site) {
		r.SiteURL, r.base = site, site
	}
	r.feedLink("self", resolve(address, f.FeedURL))
	r.page("next", resolve(address, f.NextURL), nil)
	if f.Expired {
		r.Warn("", "The feed says that it is finished: nothing new will come. Ask the webmaster for the one that follows.")
	}
	var hubs []struct{ Type, URL string } // gofeed has no field for them
	if json.Unmarshal(head["hubs"], &hubs) == nil {
		for _, h := range hubs {
			if strings.EqualFold(h.Type, "websub") || strings.EqualFold(h.Type, "pubsubhubbub") {
				r.feedLink("hub", resolve(address, h.URL))
			}
		}
	}
}

// plainText is a summary that the format calls plain text, as HTML.
func plainText(s string) string {
	if s == "" {
		return ""
	}
	return read.Prose(s)
}

func jsonEntry(i *jsonfeed.Item) *entry {
	e := &entry{id: i.ID, title: read.Escape(read.Line(i.Title)), link: cmp.Or(i.URL, i.ExternalURL), content: i.ContentHTML,
		summary: plainText(i.Summary), language: i.Language, paged: true,
		published: i.DatePublished, updated: i.DateModified, categories: i.Tags}
	if e.content == "" {
		e.content = read.Paragraphs(i.ContentText)
	}
	if e.link == "" {
		e.link = webOnly(i.ID)
	}
	for n, tag := range e.categories {
		e.categories[n] = read.Escape(read.Line(tag))
	}
	for _, a := range append(i.Authors, i.Author) {
		if a != nil {
			e.authors = append(e.authors, a.Name)
		}
	}
	for _, src := range []string{i.Image, i.BannerImage} {
		if src != "" {
			e.files = append(e.files, federation.Attachment{URL: src, Role: federation.RoleImage})
		}
	}
	if i.Attachments != nil {
		for _, a := range *i.Attachments {
			e.files = append(e.files, federation.Attachment{URL: a.URL, Type: a.MimeType, Title: a.Title, Size: max(a.SizeInBytes, 0)})
		}
	}
	return e
}
