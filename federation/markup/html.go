// Package markup turns HTML from outside into HTML that may be shown on
// somebody else's site.
//
// Its one policy keeps the elements of running text, lists, tables, quotations
// and pictures, resolves addresses to absolute http, https, mailto or tel, and
// removes everything that runs, styles, embeds, identifies or tracks. It fetches
// nothing, knows no feed format and imports none of our packages.
//
// It guarantees, for every input whatever its bytes:
//   - the output holds only the elements and attributes listed in allowed.go;
//   - the output is valid UTF-8, balanced, at most 256 elements deep, and parses
//     back to the tree it was written from;
//   - sanitising it again changes no byte;
//   - nothing panics, and work is linear in the first 512 KiB, which is all that
//     is read.
//
// Two walls stand one behind the other: our own walk over the parsed tree, which
// writes only what it knows, and a strict reader of the text it wrote. What that
// refuses goes through a bluemonday policy and the walk again. Tests hold that
// bluemonday would change nothing in what is let through.
// [HTML.Template] is the only conversion to template.HTML in this repository.
package markup

import (
	"html/template"
	"net/url"
)

// Version numbers the policy. A store keeps it beside each text, so that a
// stricter policy reaches old texts as they are read; see [Stored].
const Version = 1

// HTML is sanitised HTML, a fragment fit for a <div>. Only this package makes
// one that is not empty, so a value of this type needs no further check. The
// zero value is the empty fragment.
type HTML struct{ s string }

// Sanitise applies the policy to raw, a fragment or a whole document.
//
// Relative addresses are resolved against base. With a nil base, or one that is
// not http or https, they are dropped, except //host/path, which becomes https.
// A link that loses its address leaves its text; a picture that does is removed.
func Sanitise(raw string, base *url.URL) HTML {
	return HTML{sanitise(raw, base)}
}

// Stored reads back a text that was kept with the policy version it was
// sanitised under. Any other version than [Version] is sanitised again.
func Stored(s string, version int) HTML {
	if version == Version {
		return HTML{s}
	}
	return Sanitise(s, nil)
}

// String returns the HTML, as a store keeps it and an API sends it.
func (h HTML) String() string { return h.s }

// Template returns the HTML for html/template, which then does not escape it.
func (h HTML) Template() template.HTML { return template.HTML(h.s) }

// IsZero reports whether there is nothing to show; encoding/json's omitzero
// asks it.
func (h HTML) IsZero() bool { return h.s == "" }

// Equal reports whether both are the same bytes; cmp.Diff asks it.
func (h HTML) Equal(o HTML) bool { return h.s == o.s }

// MarshalText makes the value a JSON string. It never fails.
func (h HTML) MarshalText() ([]byte, error) { return []byte(h.s), nil }

// UnmarshalText sanitises text again, because a document says nothing about
// where its HTML has been. It never fails.
func (h *HTML) UnmarshalText(text []byte) error {
	*h = Sanitise(string(text), nil)
	return nil
}
