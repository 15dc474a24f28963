package jsonld

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
)

// pictures reads image and the properties like it: the first is the item's
// picture, the others are attached.
func (w *writing) pictures(n node) {
	var seen []string
	for _, p := range []string{"image", "primaryImageOfPage", "photo", "photos", "thumbnailUrl", "thumbnail", "logo"} {
		w.told[p] = true
		if (p == "thumbnailUrl" || p == "thumbnail" || p == "logo") && w.Image != nil {
			continue
		}
		for _, v := range list(n[p]) {
			pic := w.picture(v)
			if pic.URL == "" || len(seen) == maxList || slices.Contains(seen, pic.URL) {
				continue
			}
			seen = append(seen, pic.URL)
			if w.Image == nil {
				w.Image = &federation.Image{URL: pic.URL, Alt: pic.Alt, Width: pic.Width, Height: pic.Height}
				continue
			}
			w.Attachments = append(w.Attachments, pic)
		}
	}
}

// picture reads an address or an ImageObject.
func (w *writing) picture(v any) federation.Attachment {
	a := federation.Attachment{Role: federation.RoleImage}
	if s, ok := v.(string); ok {
		a.URL = w.absolute(s)
		return a
	}
	m, ok := v.(map[string]any)
	if !ok {
		return a
	}
	n := w.follow(m)
	a.URL = w.media(n)
	a.Alt = cmp.Or(w.reading.text(n["caption"], w.lang), w.reading.text(n["name"], w.lang), w.reading.text(n["description"], w.lang))
	a.Credit = cmp.Or(w.reading.text(n["creditText"], w.lang), w.reading.text(n["copyrightHolder"], w.lang), w.reading.text(n["author"], w.lang))
	a.Width, a.Height = w.pixels(n["width"]), w.pixels(n["height"])
	return a
}

// media is the address of the bytes of a MediaObject.
func (w *writing) media(n node) string {
	for _, p := range []string{"contentUrl", "url", "embedUrl", "@value"} {
		if a := w.address(n[p]); a != "" {
			return a
		}
	}
	return w.absolute(n.id())
}

// pixels reads 800, "800", "800px" and QuantitativeValue.
func (w *writing) pixels(v any) int {
	if m, ok := v.(map[string]any); ok && m["value"] != nil {
		v = m["value"]
	}
	s := strings.TrimSuffix(strings.TrimSpace(w.raw(v, "")), "px")
	n, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || n < 1 || n > 100_000 {
		return 0
	}
	return int(n)
}

// files attaches films, sounds and documents.
func (w *writing) files(n node) {
	for _, p := range []string{"video", "audio", "associatedMedia", "encoding", "encodings", "trailer", "sharedContent"} {
		w.told[p] = true
		for _, v := range list(n[p]) {
			w.file(v, p)
		}
	}
	if n.is("VideoObject", "AudioObject", "PodcastEpisode", "DigitalDocument", "TextDigitalDocument", "LegislationObject") {
		w.told["contentUrl"], w.told["embedUrl"] = true, true
		w.file(map[string]any(n), "")
	}
}

func (w *writing) file(v any, property string) {
	var n node
	switch v := v.(type) {
	case string:
		n = node{"contentUrl": v}
	case map[string]any:
		n = w.follow(v)
	}
	address := w.media(n)
	if address == "" || address == w.URL && n["contentUrl"] == nil {
		return
	}
	a := federation.Attachment{URL: address, Type: w.reading.text(n["encodingFormat"], ""), Title: w.reading.text(n["name"], w.lang),
		Width: w.pixels(n["width"]), Height: w.pixels(n["height"])}
	switch {
	case n.is("VideoObject") || property == "video" || property == "trailer":
		a.Role = federation.RoleVideo
	case n.is("AudioObject", "PodcastEpisode") || property == "audio":
		a.Role = federation.RoleAudio
	case n.is("ImageObject"):
		a = w.picture(v)
	}
	if size, err := strconv.ParseInt(w.reading.text(n["contentSize"], ""), 10, 64); err == nil && size > 0 {
		a.Size = size
	}
	w.Attachments = append(w.Attachments, a)
}
