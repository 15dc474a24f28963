package oparl

import (
	"cmp"
	"strings"

	"github.com/plonegov/carillon/federation"
)

func (r *reading) paper(o object, id string) federation.Item {
	c := content{base: r.base}
	kind := o.text("paperType")
	it := federation.Item{
		Type:    paperType(kind),
		Title:   cmp.Or(o.text("name"), join(" ", cmp.Or(kind, r.words.of("paper")), o.text("reference"))),
		Number:  o.text("reference"),
		Authors: append(names(o, "originatorOrganization"), names(o, "originatorPerson")...),
	}
	if kind != "" {
		it.Categories = append(it.Categories, kind)
	}
	c.row(r.words.of("reference"), o.text("reference"))
	c.row(r.words.of("type"), kind)
	c.row(r.words.of("date"), day(r.time(o, "date")))
	c.row(r.words.of("originator"), it.Authors...)
	c.row(r.words.of("lead"), names(o, "underDirectionOf")...)
	for _, l := range o.objects("location") {
		if it.Place == nil {
			it.Place = r.place(l, id)
		}
		c.row(r.words.of("place"), placeFacts(l)...)
	}
	r.consultations(&c, o)
	r.related(&c, o)
	c.extra(o, "reference date paperType relatedPaper superordinatedPaper subordinatedPaper mainFile auxiliaryFile location originatorPerson underDirectionOf originatorOrganization consultation")
	r.files(&it, &c, o, "mainFile", "")
	r.files(&it, &c, o, "auxiliaryFile", "")
	it.Content = r.done(&c, id)
	return it
}

// paperType tells a decision from a paper that only leads to one. Most papers
// are motions, questions and drafts ("Beschlussvorlage"): what was decided on
// them is told by the agenda item. The word for a decision itself ends the
// first word of the type: "Beschluss", "Ratsbeschluss".
func paperType(kind string) federation.ItemType {
	first, _, _ := strings.Cut(strings.ToLower(kind), " ")
	for _, end := range []string{"beschluss", "beschluß", "beschlüsse", "beschlussausfertigung", "besluit", "décision"} {
		if strings.HasSuffix(first, end) {
			return federation.Decision
		}
	}
	return federation.DocumentItem
}

// consultations tells where the paper is considered, in what role.
func (r *reading) consultations(c *content, o object) {
	for _, e := range o.objects("consultation") {
		parts := names(e, "organization")
		if m := e.object("meeting"); m != nil {
			parts = append(parts, m.text("name"), day(r.time(m, "start")))
		}
		fact := join(", ", append(parts, e.text("role"))...)
		if fact != "" && e.yes("authoritative") {
			fact += " (" + r.words.of("decisive") + ")"
		}
		c.row(r.words.of("consultation"), fact)
	}
}

// related lists the papers that this one embeds; addresses alone are those of
// the interface, which say nothing to a reader.
func (r *reading) related(c *content, o object) {
	for _, key := range []string{"relatedPaper", "superordinatedPaper", "subordinatedPaper"} {
		for _, p := range o.objects(key) {
			name := join(" ", p.text("reference"), p.text("name"))
			if name == "" {
				continue
			}
			c.rowHTML(r.words.of("related"), link(name, p.web("web")))
		}
	}
}
