package opml

import (
	"bufio"
	"encoding/xml"
	"io"
	"maps"
	"slices"
	"strings"
)

// namespace is that of our own attributes.
const namespace = "https://github.com/plonegov/carillon"

// Encode writes the list as OPML 2.0. Feeds of the same folders that follow
// each other share them; Faults, Lists and Sites are not written.
func (l List) Encode(w io.Writer) error {
	e := &encoder{out: bufio.NewWriter(w)}
	e.line(`<?xml version="1.0" encoding="UTF-8"?>`)
	e.line(`<opml version="2.0" xmlns:carillon="` + namespace + `">`)
	e.line("  <head>")
	for _, f := range []struct{ name, text string }{{"title", l.Title}, {"dateCreated", l.Created}, {"dateModified", l.Modified},
		{"ownerName", l.Owner.Name}, {"ownerEmail", l.Owner.Email}, {"ownerId", l.Owner.URL}} {
		if f.text != "" {
			e.line("    <" + f.name + ">" + escape(f.text) + "</" + f.name + ">")
		}
	}
	e.line("  </head>")
	e.line("  <body>")
	for _, f := range l.Feeds {
		e.folders(f.Folders)
		e.feed(f)
	}
	e.folders(nil)
	e.line("  </body>")
	e.line("</opml>")
	return e.out.Flush() // the first error of any write
}

type encoder struct {
	out  *bufio.Writer
	open []string // folders
}

func (e *encoder) line(s string) { _, _ = e.out.WriteString(s + "\n") } // Flush tells

func (e *encoder) indent() string { return strings.Repeat("  ", len(e.open)+2) }

// folders closes and opens outlines until exactly those are open.
func (e *encoder) folders(want []string) {
	same := 0
	for same < len(want) && same < len(e.open) && want[same] == e.open[same] {
		same++
	}
	for len(e.open) > same {
		e.open = e.open[:len(e.open)-1]
		e.line(e.indent() + "</outline>")
	}
	for _, title := range want[same:] {
		e.line(e.indent() + `<outline text="` + escape(title) + `">`)
		e.open = append(e.open, title)
	}
}

func (e *encoder) feed(f Feed) {
	var paths []string
	for _, p := range f.Categories {
		path := strings.Join(p, "/")
		if len(p) > 1 { // one alone is a tag
			path = "/" + path
		}
		paths = append(paths, path)
	}
	attrs := []struct{ name, value string }{{"text", f.Title}, {"type", "rss"}, {"xmlUrl", f.URL}, {"htmlUrl", f.Site},
		{"language", f.Language}, {"description", f.Description}, {"category", strings.Join(paths, ",")}}
	for _, name := range slices.Sorted(maps.Keys(f.Settings)) {
		attrs = append(attrs, struct{ name, value string }{ours + name, f.Settings[name]})
	}
	var b strings.Builder
	for _, a := range attrs {
		if a.value != "" {
			b.WriteString(" " + a.name + `="` + escape(a.value) + `"`)
		}
	}
	e.line(e.indent() + "<outline" + b.String() + "/>")
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}
