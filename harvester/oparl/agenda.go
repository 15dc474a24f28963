package oparl

import (
	"cmp"
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/read"
)

// lone reads an AgendaItem from a list of its own (OParl 1.1, Body,
// agendaItem). With a result it is a decision. Without, its meeting tells all
// of it. One that is not public is gone, for it may have been public before.
func (r *reading) lone(o object, id string) {
	switch {
	case o.hidden():
		r.Gone = append(r.Gone, federation.Tombstone{OriginID: id, When: r.time(o, "modified")})
	case o.text("result") != "", o.raw("resolutionText") != "", len(list(o["resolutionFile"])) > 0:
		r.add(o, r.decision(o, id))
	}
}

func (r *reading) decision(o object, id string) federation.Item {
	c := content{base: r.base}
	it := federation.Item{Type: federation.Decision, Number: o.text("number"), Title: cmp.Or(o.text("name"), o.text("number"), r.words.of("resolution"))}
	if m := o.object("meeting"); m != nil {
		c.rowHTML(r.words.of("meeting"), link(m.text("name"), m.web("web")))
	}
	c.row(r.words.of("number"), o.text("number"))
	c.row(r.words.of("result"), o.text("result"))
	c.row(r.words.of("time"), clock(r.time(o, "start"), r.time(o, "end")))
	c.extra(o, agendaKeys)
	c.section(r.words.of("resolution"), o.raw("resolutionText"))
	r.files(&it, &c, o, "resolutionFile", r.words.of("resolution"))
	r.files(&it, &c, o, "auxiliaryFile", "")
	it.Content = r.done(&c, id)
	return it
}

const agendaKeys = "number order public consultation result resolutionText resolutionFile auxiliaryFile start end"

// agenda writes the agenda of a meeting and attaches its files. Of what is not
// public it tells the number alone.
func (r *reading) agenda(it *federation.Item, c *content, meeting object) {
	items := meeting.objects("agendaItem")
	if meeting.refs("agendaItem") > 0 {
		r.note(identity(meeting), "names agenda items by their address alone, which the standard has embedded; left out")
	}
	hidden := len(items)
	items = slices.DeleteFunc(items, object.hidden)
	if hidden -= len(items); hidden > 0 {
		c.row(r.words.of("hidden"), strconv.Itoa(hidden))
	}
	if len(items) == 0 {
		return
	}
	if !slices.ContainsFunc(items, func(o object) bool { return o.raw("order") == "" }) {
		slices.SortStableFunc(items, func(a, b object) int { return cmp.Compare(a.size("order"), b.size("order")) })
	}
	c.block("<h2>" + html.EscapeString(r.words.of("agenda")) + "</h2><ul>")
	for _, o := range items {
		c.block("<li>" + r.entry(it, c, o) + "</li>")
	}
	c.block("</ul>")
}

// entry writes one item of an agenda.
func (r *reading) entry(it *federation.Item, c *content, o object) string {
	var b strings.Builder
	number, name := o.text("number"), o.text("name")
	if number != "" {
		b.WriteString("<strong>" + html.EscapeString(number) + "</strong> ")
	}
	b.WriteString(link(name, o.web("web")))
	facts := content{base: r.base}
	facts.row(r.words.of("time"), clock(r.time(o, "start"), r.time(o, "end")))
	facts.row(r.words.of("result"), o.text("result"))
	if text := o.raw("resolutionText"); text != "" {
		facts.rowHTML(r.words.of("resolution"), read.Prose(text))
	}
	facts.extra(o, agendaKeys)
	if facts.rows.Len() > 0 {
		b.WriteString("<dl>" + facts.rows.String() + "</dl>")
	}
	item := ""
	if number != "" {
		item = r.words.of("item") + " " + number
	}
	r.files(it, c, o, "resolutionFile", join(" ", r.words.of("resolution"), item))
	r.files(it, c, o, "auxiliaryFile", item)
	return b.String()
}
