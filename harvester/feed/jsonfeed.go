package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"github.com/plonegov/carillon/harvester/read"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/markup"

	jsonfeed "github.com/mmcdole/gofeed/json"
)

// maxJSONDepth bounds nesting (T11); a JSON Feed needs five levels.
const maxJSONDepth = 64

// maxJSONKeys is far above the 15 members that the format has.
const maxJSONKeys = 1000

// decodeJSON reads JSON Feed 1.0 and 1.1. Each item is read by itself, so that
// one with a wrong type, or the end of a document cut short, costs only itself.
func (r *reading) decodeJSON(text, address string) error {
	if tooDeep(text) {
		return read.Deep
	}
	head, items, listed, cut := splitJSON(text)
	f, err := parseJSON(head)
	if err != nil || !strings.Contains(f.Version, "jsonfeed.org") && items == nil {
		return errNotJSON
	}
	r.jsonHead(f, head, address)
	r.Listed = listed
	for _, raw := range items {
		if len(raw) > maxItemBytes {
			r.Warn("", "One item is larger than 512 KiB and was left out.")
			continue
		}
		item, err := parseJSONItem(raw)
		if err != nil {
			r.Warn("", "One item could not be read: "+cutRunes(err.Error(), 200))
			continue
		}
		r.add(jsonEntry(item))
	}
	if r.Listed > maxItems {
		r.Warn("", tooMany)
	}
	if cut {
		r.Warn("", "The document stops before its end; the items that were complete were read.")
	}
	return nil
}

// splitJSON takes the top-level object apart into its items and the rest. cut
// reports that the text is not whole JSON.
func splitJSON(text string) (head map[string]json.RawMessage, items []json.RawMessage, listed int, cut bool) {
	head = map[string]json.RawMessage{}
	dec := json.NewDecoder(strings.NewReader(text))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return head, nil, 0, true
	}
	for dec.More() {
		key, err := dec.Token()
		name, ok := key.(string)
		if err != nil || !ok {
			return head, items, listed, true
		}
		if name != "items" || items != nil {
			var raw json.RawMessage
			if err := dec.Decode(&raw); err != nil {
				return head, items, listed, true
			}
			if len(head) < maxJSONKeys {
				head[name] = raw
			}
			continue
		}
		if items, listed, ok = jsonItems(dec); !ok {
			return head, items, listed, true
		}
	}
	_, err := dec.Token()
	return head, items, listed, err != nil
}

// jsonItems reads the list of items, of which it keeps the first maxItems.
func jsonItems(dec *json.Decoder) (items []json.RawMessage, listed int, whole bool) {
	items = []json.RawMessage{}
	t, err := dec.Token()
	if err != nil || t != json.Delim('[') {
		return items, 0, err == nil && t == nil // null
	}
	for dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return items, listed, false
		}
		if listed++; listed <= maxItems {
			items = append(items, raw)
		}
	}
	_, err = dec.Token()
	return items, listed, err == nil
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
	r.Title = markup.Text(escapeText.Replace(f.Title))
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

func jsonEntry(i *jsonfeed.Item) *entry {
	e := &entry{id: i.ID, title: escapeText.Replace(i.Title), link: firstOf(i.URL, i.ExternalURL), content: i.ContentHTML,
		summary: escapeText.Replace(i.Summary), language: i.Language,
		published: i.DatePublished, updated: i.DateModified, categories: i.Tags}
	if e.content == "" {
		e.content = paragraphs(i.ContentText)
	}
	if e.link == "" {
		e.link = webOnly(i.ID)
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

// tooDeep counts brackets outside of strings.
func tooDeep(text string) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxJSONDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}
