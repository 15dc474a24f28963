package plonemeeting

import (
	"cmp"
	"html"
	"strings"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/dates"
	"github.com/plonegov/carillon/harvester/plone/restapi"
)

// item is what a meeting, a point and an annex have in common. Creators are
// agents of the administration and not named.
func (d *decoding) item(o restapi.Object, t federation.ItemType) federation.Item {
	it := federation.Item{OriginID: restapi.ID(o), Type: t, Title: o.Text("title"), URL: restapi.Resolve(d.base, o.Raw("@id"))}
	if lang := strings.ReplaceAll(token(o["language"]), "_", "-"); federation.ValidLanguage(lang) {
		it.Language = lang
	}
	it.Published = d.when(o, "effectiveDate", "effective")
	it.Updated = d.when(o, "modification_date", "modified", "plonemeeting_last_modified")
	it.Expires = d.when(o, "expirationDate", "expires")
	it.Categories = terms(o["category"], o["classifier"])
	return it
}

func (d *decoding) when(o restapi.Object, keys ...string) time.Time {
	for _, key := range keys {
		if t := o.When(key, restapi.HomeOf(d.lang, d.doc.Source)); !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// terms are the titles of vocabulary terms, or their tokens.
func terms(values ...any) []string {
	var out []string
	for _, v := range values {
		out = append(out, restapi.Object{"v": v}.Texts("v")...)
	}
	return out
}

// meeting reads a meeting: when and where, who is there, its agenda.
func (d *decoding) meeting(o restapi.Object) {
	it := d.item(o, federation.Meeting)
	lang := cmp.Or(it.Language, d.lang)
	zone := dates.In(d.doc.Source.Zone)
	e := federation.Event{Start: d.when(o, "startDate", "start_date", "date", "date_time"), End: d.when(o, "endDate", "end_date")}
	e.Status = federation.EventStatus(append(o.Texts("meeting_state"), o.Texts("status")...)...)
	if e.Start.IsZero() && e.Status != "" {
		it.Event = &federation.Event{Status: e.Status}
	}
	if !e.Start.IsZero() {
		e.Start = local(e.Start, zone)
		if e.End = local(e.End, zone); !e.End.After(e.Start) {
			e.End = time.Time{}
		}
		it.Event = &e
	}
	for _, key := range []string{"place", "place_other", "location"} {
		if name := o.Text(key); name != "" && it.Place == nil {
			it.Place = &federation.Place{Name: name}
		}
	}
	b := &body{lang: lang, base: d.base}
	b.text(o["description"])
	b.row("meetingNumber", html.EscapeString(o.Text("meetingNumber")))
	if o.True("extraordinarySession") || o.True("extraordinary_session") {
		b.row("extraordinary", b.word("yes"))
	}
	b.rows()
	b.people(o, "assembly", "assemblyExcused", "assemblyAbsents", "assemblyProxies", "assemblyGuests", "assemblyStaves",
		"assembly_excused", "assembly_absents", "assembly_proxies", "assembly_guests", "assembly_staves")
	b.section("publicMeetingObservations", o["publicMeetingObservations"])
	b.section("publicMeetingObservations", o["public_meeting_observations"])
	b.section("custom", o["custom_info"])
	b.section("signatures", o["signatures"])
	d.agenda(o, b, it.OriginID)
	it.Content = restapi.Readable(b.String(), d.base, restapi.APIPath(d.base))
	d.Items = append(d.Items, it)
}

// local is t on the clocks of the meeting: the exchange is in UTC.
func local(t time.Time, zone *time.Location) time.Time {
	if _, offset := t.Zone(); t.IsZero() || offset != 0 {
		return t
	}
	return t.In(zone)
}

// agenda lists the points that are public. PloneMeeting names points by their
// address alone, which holds the title of secret ones too: those are not told.
func (d *decoding) agenda(o restapi.Object, b *body, id string) {
	list, _ := o["items"].([]any)
	var out strings.Builder
	unnamed := 0
	for _, v := range list {
		m, ok := v.(map[string]any)
		if !ok {
			unnamed++
			continue
		}
		p := restapi.Object(m)
		if k := kindOf(p); k != point && p.Raw("@type") != "Item" || p.Text("title") == "" ||
			p.Raw("@type") != "Item" && point.closed(p) != "" {
			continue
		}
		out.WriteString("<li>" + html.EscapeString(p.Text("title")) + "</li>")
		d.below(p)
	}
	if out.Len() > 0 {
		b.raw("<h2>" + b.word("agenda") + "</h2><ol>" + out.String() + "</ol>")
	}
	if unnamed > 0 {
		d.Warn(id, "names the points of its agenda by address only; ask for them with @search_meeting_items and fullobjects")
	}
}

// below reads a point within its meeting: now if it is whole, else as a page.
func (d *decoding) below(p restapi.Object) {
	if d.seen[restapi.ID(p)] {
		return
	}
	if p.Has("decision") || p.Has("motivation") || publicText(p) != "" {
		d.entry(p)
		return
	}
	address := restapi.Reach(d.base, p.Raw("@id"))
	if p.Raw("@type") != "Item" || address == "" || d.doc.Page != nil {
		return
	}
	d.Listed++
	d.Pages = append(d.Pages, federation.Page{URL: address, Format: Name, Stamp: p.Raw("modified"), Item: d.item(p, federation.Decision)})
}
