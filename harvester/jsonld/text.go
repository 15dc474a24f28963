package jsonld

import (
	"html"
	"strings"

	"github.com/plonegov/carillon/federation/markup"
	"github.com/plonegov/carillon/harvester/read"
)

// shortText is how long, in bytes, a description may be to serve as a summary
// only.
const shortText = 600

// text reads the body and the description.
func (w *writing) text(n node) {
	var body, about string
	for _, p := range []string{"articleBody", "text", "reviewBody", "transcript"} {
		if w.told[p] = true; strings.TrimSpace(body) == "" {
			body = w.raw(n[p], w.lang)
		}
	}
	for _, p := range []string{"description", "abstract", "disambiguatingDescription"} {
		if w.told[p] = true; strings.TrimSpace(about) == "" {
			about = w.raw(n[p], w.lang)
		}
	}
	if second := w.take(n, "alternativeHeadline"); second != "" && second != w.Title {
		w.main = append(w.main, "<p><strong>"+html.EscapeString(second)+"</strong></p>")
	}
	about = strings.TrimSpace(about)
	w.Summary = w.rich(about).Text()
	if strings.TrimSpace(body) != "" {
		w.main = append(w.main, w.rich(body).String())
	} else if about != "" {
		w.main = append(w.main, w.rich(about).String())
	}
	w.Summary = strings.Join(strings.Fields(w.Summary), " ")
}

// rich is a text that may be plain, HTML or escaped HTML, as HTML: publishers
// write all three into the same property.
func (w *writing) rich(raw string) markup.HTML { return markup.Sanitise(read.Prose(raw), w.base) }

// content is what was written, sanitised as a whole. A description that says
// all there is to say stays the summary alone.
func (w *writing) content() markup.HTML {
	text := strings.Join(w.main, "\n")
	if len(w.list) == 0 && len(w.main) == 1 && len(text) <= shortText && w.Summary != "" &&
		text == "<p>"+html.EscapeString(w.Summary)+"</p>" {
		return markup.HTML{}
	}
	return markup.Sanitise(text+facts(w.list), w.base)
}
