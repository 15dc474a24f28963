package oparl

import (
	"cmp"
	"time"

	"github.com/plonegov/carillon/federation"
)

// organization reads a committee, group or office. With an address it is an
// entry of a directory, without one a text about it. Members are not read:
// they are persons. One that ends
// expires after its last day.
func (r *reading) organization(o object, id string) federation.Item {
	c := content{base: r.base}
	it := federation.Item{
		Type:    federation.DocumentItem,
		Title:   cmp.Or(o.text("name"), o.text("shortName")),
		URL:     o.web("web", "website"),
		Place:   r.place(o.object("location"), id),
		Expires: dayAfter(r.time(o, "endDate")),
	}
	if it.Place != nil {
		it.Type = federation.PlaceItem
		c.row(r.words.of("place"), placeFacts(o.object("location"))...)
	}
	if s := o.text("shortName"); s != it.Title {
		c.row(r.words.of("short"), s)
	}
	for _, key := range []string{"organizationType", "classification"} {
		if s := o.text(key); s != "" {
			it.Categories = append(it.Categories, s)
			c.row(r.words.of("class"), s)
		}
	}
	c.row(r.words.of("parent"), names(o, "subOrganizationOf")...)
	c.row(r.words.of("posts"), o.texts("post")...)
	c.row(r.words.of("members"), o.text("memberCount"))
	c.row(r.words.of("voting"), o.text("votingMemberCount"))
	c.row(r.words.of("since"), day(r.time(o, "startDate")))
	c.row(r.words.of("until"), day(r.time(o, "endDate")))
	if site := o.web("website"); site != "" {
		c.rowHTML(r.words.of("website"), link(site, site))
	}
	c.extra(o, "membership consultation post subOrganizationOf organizationType classification startDate endDate website location externalBody memberCount votingMemberCount")
	it.Content = r.done(&c, id)
	return it
}

// dayAfter is the end of a day, the zero time of none.
func dayAfter(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.AddDate(0, 0, 1)
}
