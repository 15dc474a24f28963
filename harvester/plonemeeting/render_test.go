package plonemeeting_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
)

// render writes what is known, one line each.
func render(d federation.Decoded) string {
	var b strings.Builder
	line := func(name string, value any) {
		if s := fmt.Sprint(value); s != "" && s != "[]" && s != "0" && s != "false" {
			fmt.Fprintf(&b, "%s: %s\n", name, strings.ReplaceAll(s, "\n", "\\n"))
		}
	}
	line("title", d.Title)
	line("next", d.Next)
	line("listed", d.Listed)
	line("complete", d.Complete)
	for _, g := range d.Gone {
		line("gone", g.OriginID)
	}
	for _, w := range d.Warnings {
		line("warning", w)
	}
	for _, p := range d.Pages {
		line("\npage", p.URL)
		line("stamp", p.Stamp)
		line("format", p.Format)
		b.WriteString(renderItem(p.Item))
	}
	for _, it := range d.Items {
		b.WriteString("\n" + renderItem(it))
	}
	return b.String()
}

func renderItem(it federation.Item) string {
	var b strings.Builder
	line := func(name string, value any) {
		if s := fmt.Sprint(value); s != "" && s != "[]" {
			fmt.Fprintf(&b, "%s: %s\n", name, strings.ReplaceAll(s, "\n", "\\n"))
		}
	}
	line("item", it.OriginID)
	line("type", it.Type)
	line("url", it.URL)
	line("title", it.Title)
	line("summary", it.Summary)
	line("content", it.Content)
	line("language", it.Language)
	line("published", when(it.Published))
	line("updated", when(it.Updated))
	line("expires", when(it.Expires))
	line("authors", strings.Join(it.Authors, " | "))
	line("categories", strings.Join(it.Categories, " | "))
	line("license", it.Provenance.License)
	line("attribution", it.Provenance.Attribution)
	if it.Image != nil {
		line("image", fmt.Sprintf("%+v", *it.Image))
	}
	for _, f := range it.Attachments {
		line("attachment", fmt.Sprintf("%+v", f))
	}
	if p := it.Place; p != nil {
		line("place", strings.Join(nonEmpty(p.Name, p.Address, p.PostalCode), " | "))
		if p.Point != nil {
			line("point", *p.Point)
		}
	}
	if e := it.Event; e != nil {
		line("event", fmt.Sprint(when(e.Start), " to ", when(e.End), " all day ", e.AllDay))
		line("recurrence", e.Recurrence)
		line("zone", e.Zone)
		line("extra", e.Extra)
		line("except", e.Except)
	}
	return b.String()
}

func nonEmpty(list ...string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
