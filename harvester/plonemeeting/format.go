package plonemeeting

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/harvester/plone/restapi"
	"github.com/plonegov/carillon/harvester/read"
)

// Name is the format's name in the region file.
const Name = "plonemeeting"

// Format is the format "plonemeeting".
func Format() federation.Format {
	return federation.Format{Name: Name, Accept: "application/json", Sniff: sniff, Decode: decode}
}

// sniff looks for the members and types that are PloneMeeting's own.
func sniff(doc federation.Document) int {
	if !read.IsJSON(string(doc.Body[:min(len(doc.Body), 64)])) {
		return 0
	}
	has := func(s string) bool { return bytes.Contains(doc.Body, []byte(s)) }
	switch {
	case has(`"@context"`) || !has(`"UID"`) && !has(`"Publication"`):
		return 0
	case has(`"MeetingItem`), has(`"itemNumber"`), has(`"formatted_itemNumber"`), has(`"plonemeeting_uid"`),
		has(`"assembly"`) && has(`"signatures"`), has(`"meetingNumber"`), has(`/@search_meeting`), has(`"date_time"`) && has(`"Meeting"`),
		has(`"publishable"`) && (has(`"annex"`) || has(`"annexDecision"`)),
		has(`"Publication"`) && (has(`"legislative_authority"`) || has(`"document_type"`)):
		return 95
	}
	return 0
}

const (
	errNone read.Refusal = "The document holds no meeting, decision, annex or publication. Give the address of a list of them."
	errCut  read.Refusal = "The document stops before it says whether it is public. Ask the webmaster why the answer is not whole."
)

// decoding is one document on its way.
type decoding struct {
	federation.Decoded
	doc  federation.Document
	base *url.URL
	lang string
	seen map[string]bool
}

func decode(doc federation.Document) (federation.Decoded, error) {
	a, err := restapi.Parse(doc)
	if err != nil {
		return federation.Decoded{}, err
	}
	d := &decoding{doc: doc, lang: doc.Source.Tongue(), seen: map[string]bool{}}
	if u, err := url.Parse(doc.URL); err == nil {
		d.base = u
	}
	if kindOf(a.Head) != other {
		if a.Cut && !a.Head.Has("review_state") {
			return federation.Decoded{}, errCut
		}
		d.entry(a.All())
	} else if !d.list(a) {
		return federation.Decoded{}, errNone
	}
	d.Complete = d.Complete && a.Whole()
	for _, f := range a.Faults {
		d.Warn("", f)
	}
	if a.Listed > len(a.Entries) {
		d.Warn("", fmt.Sprintf("The list has more than %d entries; the rest was left out.", restapi.MaxObjects))
	}
	return d.Decoded, nil
}

// list reads the answer of a search, or a bare list. It reports whether there
// was anything to read.
func (d *decoding) list(a restapi.Answer) bool {
	known := a.Listed == 0 && (a.Head == nil || a.Head.Has("items_total"))
	for i := range a.Entries {
		o := a.Object(i)
		if kindOf(o) == other {
			d.Listed++
			d.Warn(o.Text("UID"), "is neither a meeting, a decision, an annex nor a publication; it was left out")
			continue
		}
		known = true
		d.entry(o)
	}
	batching := a.Head.Object("batching")
	d.Next = restapi.Reach(d.base, batching.Raw("next"))
	total := a.Head.Int("items_total")
	if d.Next == "" && batching.Raw("prev") == "" && total > a.Listed {
		d.Listed = max(d.Listed, min(total, 1<<30))
	}
	return known
}

// entry reads one object by its kind.
func (d *decoding) entry(o restapi.Object) {
	d.Listed++
	id := restapi.ID(o)
	if id == "" || d.seen[id] {
		d.Warn(id, "has no id, or is in the document twice; it was left out")
		return
	}
	d.seen[id] = true
	kind := kindOf(o)
	if why := kind.closed(o); why != "" {
		d.hide(id, why)
		return
	}
	switch kind {
	case meeting:
		d.meeting(o)
	case point:
		d.point(o)
	case annex:
		d.annex(o)
	case publication:
		d.publication(o)
	}
}

// hide leaves out what is not public. Had it been before, it is withdrawn: its
// origin says that it is not public any more.
func (d *decoding) hide(id, why string) {
	d.Warn(id, "is not public ("+why+"); it was left out")
	d.Gone = append(d.Gone, federation.Tombstone{OriginID: id})
}

// kind is what an object is.
type kind int

const (
	other kind = iota
	meeting
	point
	annex
	publication
)

// kindOf goes by the portal type: MeetingItemCouncil, MeetingCollege and so on
// are named for the body. The portal's own short answers name no type.
func kindOf(o restapi.Object) kind {
	switch t := o.Raw("@type"); {
	case strings.HasPrefix(t, "MeetingItem"), t == "Item" && (o.Has("decision") || o.Has("number") || o.Has("parent")):
		return point
	case strings.HasPrefix(t, "MeetingConfig"), strings.HasPrefix(t, "MeetingCategory"), strings.HasPrefix(t, "MeetingUser"):
		return other
	case strings.HasPrefix(t, "Meeting"):
		return meeting
	case t == "annex" || t == "annexDecision":
		return annex
	case t == "Publication":
		return publication
	case t == "" && o.Has("UID") && o.Has("date_time"):
		return meeting
	case t == "" && o.Has("UID") && (o.Has("formatted_title") || o.Has("number") && o.Has("decision")):
		return point
	}
	return other
}
