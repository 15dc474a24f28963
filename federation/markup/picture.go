package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Pictures are the addresses of the pictures in h, in their order.
func (h HTML) Pictures() []string {
	var all []string
	h.WithPictures(func(address string) string {
		all = append(all, address)
		return address
	})
	return all
}

// WithPictures returns h with each picture loaded from where to says, so that a
// page asks nobody but those it means to. A picture for which that is "" gives
// way to its text. What to returns is not checked: it is ours, not a
// publisher's. The result is to be shown, not to be stored.
func (h HTML) WithPictures(to func(address string) string) HTML {
	if !strings.Contains(h.s, "<img") {
		return h
	}
	var w writer
	z := html.NewTokenizer(strings.NewReader(h.s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return HTML{w.out.String()}
		case html.StartTagToken:
			raw := string(z.Raw())
			if t := z.Token(); t.DataAtom == atom.Img {
				w.shown(t.Attr, to)
				continue
			}
			w.out.WriteString(raw)
		default:
			w.out.Write(z.Raw())
		}
	}
}

// shown writes a picture at another address, or its text. One that nobody
// described has an empty text: without any, screen readers read out the address.
func (w *writer) shown(attrs []html.Attribute, to func(string) string) {
	var src, alt string
	for _, a := range attrs {
		switch a.Key {
		case "src":
			src = to(a.Val)
		case "alt":
			alt = a.Val
		}
	}
	if src == "" {
		writeText(&w.out, alt)
		return
	}
	w.out.WriteString("<img")
	w.attribute("src", src)
	w.attribute("alt", alt)
	for _, a := range attrs {
		if a.Key != "src" && a.Key != "alt" {
			w.attribute(a.Key, a.Val)
		}
	}
	w.out.WriteByte('>')
}
