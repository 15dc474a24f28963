package jsonld

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/harvester/read"
)

// containers are the properties that lead from an object to content of its own.
var containers = []string{"@graph", "@included", "mainEntity", "itemListElement", "item", "hasPart", "blogPost", "blogPosts",
	"dataFeedElement", "event", "events", "subEvent", "subEvents", "department", "containsPlace", "hasOfferCatalog", "itemOffered", "makesOffer"}

// servants are the properties whose object only serves the one that has it: the
// venue of an event, the publisher of an article.
var servants = []string{"publisher", "author", "creator", "location", "organizer", "performer", "performers", "provider", "sponsor",
	"isPartOf", "containedInPlace", "containedIn", "areaServed", "serviceArea", "copyrightHolder", "funder", "sourceOrganization", "worksFor",
	"parentOrganization", "branchOf", "serviceOperator", "broker", "contributor", "editor", "superEvent", "seller", "offeredBy",
	"hiringOrganization", "jobLocation", "serviceLocation", "contentLocation", "locationCreated", "spatialCoverage", "memberOf", "member",
	"video", "audio", "associatedMedia", "encoding", "image", "logo", "primaryImageOfPage"}

// survey indexes the objects by id and notes which only serve another.
func (r *reading) survey(v any, property string) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			r.survey(e, property)
		}
	case map[string]any:
		n := node(v)
		if id := n.id(); id != "" {
			if slices.Contains(servants, property) {
				r.aside[id] = true
			}
			if old, ok := r.index[id]; !ok || len(n) > len(old) {
				r.index[id] = n
			}
		}
		for k, e := range v {
			if k != "@context" {
				r.survey(e, k)
			}
		}
		if r.Title == "" && n.is("WebSite") {
			r.Title = r.text(v["name"], r.lang)
			r.SiteURL = r.address(v["url"])
		}
	}
}

// walk finds content in v and in what its containers lead to, in the order of
// the document. main tells that v is what the page, or a list, is about.
func (r *reading) walk(v any, depth int, main bool) {
	if depth > maxDepth {
		return
	}
	for _, e := range list(v) {
		if inner, ok := e.([]any); ok {
			r.walk(inner, depth+1, main)
			continue
		}
		m, ok := e.(map[string]any)
		if !ok {
			continue
		}
		n := r.follow(m)
		if id := n.id(); id != "" {
			if r.seen[id] && len(n) <= len(r.index[id]) {
				continue
			}
			r.seen[id] = true
		}
		r.take(n, main)
		r.pass(n)
		for _, c := range containers {
			if n[c] != nil && !n.is("BreadcrumbList") {
				r.walk(n[c], depth+1, main || c == "mainEntity" || n.is("ListItem", "DataFeedItem"))
			}
		}
		if n.is("WebPage", "ItemPage", "AboutPage", "ContactPage") || len(n.types()) == 0 {
			r.walk(n["mainEntityOfPage"], depth+1, main)
			r.walk(n["about"], depth+1, main)
		}
	}
}

// pass gives the parts of an event that say no status of their own the one of
// the whole: what is cancelled is so with all that belongs to it.
func (r *reading) pass(n node) {
	for _, property := range []string{"subEvent", "subEvents"} {
		for _, part := range list(n[property]) {
			if m, ok := part.(map[string]any); ok && n["eventStatus"] != nil {
				if part := r.follow(m); part["eventStatus"] == nil && len(part) > 0 {
					part["eventStatus"] = n["eventStatus"]
				}
			}
		}
	}
}

// take notes n as content if it is.
func (r *reading) take(n node, main bool) {
	k := n.kindOf()
	if k == other && main && n.isOrganisation() && (n["address"] != nil || n["telephone"] != nil || n["location"] != nil) {
		k = place // a directory of associations
	}
	switch {
	case (k == place && !r.bare || k == media) && !main && r.aside[n.id()]:
	case k == event && n["startDate"] == nil && n["eventSchedule"] == nil && n["name"] == nil:
	case k == service && n["name"] == nil:
	case k != other:
		if len(r.found) <= maxItems {
			r.found = append(r.found, content{n, k})
		}
	default:
		for _, t := range n.types() {
			if !slices.Contains(passedOver, t) && !n.isOrganisation() && !strings.HasSuffix(t, "Action") && !r.passed[t] && len(r.passed) < 10 {
				r.passed[t] = true
				r.Warn("", "Objects of the type "+read.Clip(t, 60)+" are not read.")
			}
		}
	}
}

// settle drops the media of a page that holds other content: they belong to it.
func (r *reading) settle() {
	isMedia := func(c content) bool { return c.kind == media }
	if all := len(r.found); all > 0 && !isAll(r.found, isMedia) {
		r.found = slices.DeleteFunc(r.found, isMedia)
	}
}

func isAll[T any](list []T, is func(T) bool) bool {
	return !slices.ContainsFunc(list, func(e T) bool { return !is(e) })
}
