package portal

import (
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/plonegov/carillon/embed/picture"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/widgets"
)

type itemView struct {
	page
	Class       string
	Lang        string // of the item, "" = the page's
	Type        federation.ItemType
	TypeName    string
	TypeURL     string
	Heading     string
	Lead        string // shown when there is no content
	Content     template.HTML
	Wide        bool // the content has tables, which may need to be moved sideways
	Member      label
	MemberURL   string
	Published   moment
	Updated     moment
	Authors     string
	Image       *shot
	Event       *eventView
	Place       *placeView
	Alert       *alertView
	Expires     moment
	Attachments []attachment
	Categories  []categoryLink
	Provenance  provenance
	Versions    []languageLink // in other languages
	Also        []alsoLink     // who published this very text
	Similar     []alsoLink     // whose text is like it
	Related     shelf
	Map         mapFrame
	JSONLD      map[string]any
}

type eventView struct {
	When      moment
	Leaf      *leaf // nil for one without a date
	Recurring bool
	Status    string // in words; "" = it takes place
}

type placeView struct{ Name, Address, Near string }

type attachment struct{ URL, Title, Kind string }

type categoryLink struct{ Name, URL string }

// leadLength is how much of an item describes its page to others, in
// characters.
const leadLength = 200

func (p *Portal) item(w http.ResponseWriter, v visit) error {
	it, err := p.reader.Item(v.Context(), chi.URLParam(v.Request, "id"), "")
	if err != nil {
		return err
	}
	m, err := v.cat.Member(it.Member)
	if err != nil {
		return err
	}
	search.ReadsOf(v.Context()).Item(it, p.now())
	it.Event = upNext(it.Event, p.now())
	versions, err := p.reader.Versions(v.Context(), it.ID)
	if err != nil {
		return err
	}
	view := v.itemView(it, m)
	view.page = p.page(v, view.Heading)
	view.Description = it.Content.Summary(leadLength)
	if it.Summary != "" {
		view.Description = it.Summary
	}
	if onWeb(it.URL) {
		view.Canonical = it.URL
	}
	if view.Image != nil {
		view.Picture = p.publicURL + view.Image.URL
	}
	state, err := federation.StateOf(v.Context(), p.store, it.Source) // for its own title
	if err != nil && !errors.Is(err, federation.ErrNotFound) {
		return err
	}
	view.Provenance = v.provenance(it, versions, state, view.Member.Text)
	also, similar, err := p.search.Also(v.Context(), it)
	if err != nil {
		return err
	}
	view.Also, view.Similar = v.also(also), v.also(similar)
	view.Map = v.itemMapFrame(it)
	view.JSONLD = linkedData(it, m, p.publicURL+"/items/"+it.ID)
	if view.Versions, err = p.versions(v.Context(), v, it); err != nil {
		return err
	}
	if view.Related, err = p.related(v, it, m); err != nil {
		return err
	}
	return p.render(w, v, "item", view)
}

// itemView is what the item itself tells.
func (v visit) itemView(it federation.Item, m *federation.Member) itemView {
	view := itemView{
		Class: memberClass(m.Slug), Lang: v.other(it.Language), Type: it.Type, TypeName: v.typeName(it.Type),
		TypeURL: v.searchLink(federation.Selection{Types: []federation.ItemType{it.Type}}),
		Heading: widgets.Spaced(it.Language, it.Title), Content: picture.Content(it).Template(), Wide: strings.Contains(it.Content.String(), "<table"),
		Member: v.name(m.Name), MemberURL: v.memberURL(m.Slug), Authors: strings.Join(it.Authors, ", "),
		Published: v.date(it.Published), Image: newPicture(it), Expires: v.dateTime(it.Expires),
	}
	if view.Heading == "" {
		view.Heading = v.T("untitled")
	}
	if it.Updated.Sub(it.Published).Hours() >= 24 {
		view.Updated = v.date(it.Updated)
	}
	if it.Content.IsZero() {
		view.Lead = widgets.Spaced(it.Language, it.Summary)
	}
	// A picture that the text shows anyway is not shown twice.
	if view.Image != nil && strings.Contains(it.Content.String(), template.HTMLEscapeString(it.Image.URL)) {
		view.Image = nil
	}
	view.Event, view.Place = v.event(it.Event), v.place(it.Place)
	if view.Alert = v.alert(it, m, v.now); view.Alert != nil {
		view.Expires = moment{} // which it tells itself
		if view.Place != nil && view.Place.Address == "" {
			view.Place.Name = "" // the area, which it tells too
		}
	}
	for _, a := range it.Attachments {
		if onWeb(a.URL) && a.Role != federation.RoleThumbnail { // a small form of what is shown anyway
			view.Attachments = append(view.Attachments, v.attachment(a))
		}
	}
	for _, c := range v.cat.Subjects(it.Categories) {
		if n := federation.NormalCategory(c); n != "" {
			name := c
			if v.cat.TopicOf(n) != nil {
				name = v.valueLabel("category", n).Text
			} else if it.Alert != nil && slices.Contains(capCategories, n) {
				name = v.T("cap_" + n)
			}
			view.Categories = append(view.Categories, categoryLink{name, v.searchLink(federation.Selection{Categories: []string{n}})})
		}
	}
	return view
}

// capCategories are the codes of CAP 1.2, 3.2.2, for kinds of events.
var capCategories = []string{"geo", "met", "safety", "security", "rescue", "fire", "health", "env", "transport", "infra", "cbrne", "other"}

// upNext is an event that recurs at its next date, once all are over at its
// first; any other as it is.
func upNext(e *federation.Event, now time.Time) *federation.Event {
	if e == nil || !e.Recurs() {
		return e
	}
	o, ok := e.Next(now)
	if !ok {
		return e
	}
	at := e.On(o)
	return &at
}

func (v visit) event(e *federation.Event) *eventView {
	if e == nil || e.Start.IsZero() && e.Status == "" {
		return nil
	}
	ev := &eventView{}
	if !e.Start.IsZero() {
		day := v.leaf(*e)
		ev.When, ev.Leaf, ev.Recurring = v.when(*e), &day, e.Recurs()
	}
	if e.Status == "cancelled" || e.Status == "tentative" {
		ev.Status = v.T("event_" + e.Status)
	}
	return ev
}

// place is nil when there is nothing to say of it; Near looks around it.
func (v visit) place(p *federation.Place) *placeView {
	if p == nil || p.Name == "" && p.Address == "" {
		return nil
	}
	pv := &placeView{Name: p.Name, Address: p.Address}
	if p.Point != nil {
		pv.Near = v.searchLink(federation.Selection{Near: p.Point, Sort: federation.ByDistance})
	}
	return pv
}

// attachment names a file by its title, a picture by what it shows, else by
// the end of its address. Pictures beside the lead one are links too: the hub
// serves none but that, and a page loads nothing from others.
func (v visit) attachment(a federation.Attachment) attachment {
	out := attachment{URL: a.URL, Title: a.Title}
	if out.Title == "" {
		out.Title = a.Alt
	}
	if out.Title == "" {
		out.Title = a.URL[strings.LastIndexByte(a.URL, '/')+1:]
	}
	if out.Title == "" {
		out.Title = a.URL
	}
	var kind []string
	switch a.Role {
	case federation.RoleImage, federation.RoleAudio, federation.RoleVideo, federation.RoleTranscript:
		kind = append(kind, v.T("media_"+a.Role))
	}
	if name := v.fileKind(a.Type); name != "" {
		kind = append(kind, name)
	}
	if a.Size > 0 {
		kind = append(kind, v.fileSize(a.Size))
	}
	out.Kind = strings.Join(kind, ", ")
	return out
}

// related is what else the member published of the type.
func (p *Portal) related(v visit, it federation.Item, m *federation.Member) (shelf, error) {
	const n = 3
	sel := federation.Selection{Members: []string{it.Member}, Types: []federation.ItemType{it.Type}}
	if it.Type == federation.EventItem {
		up := p.upcoming()
		sel.From, sel.Sort = up.From, up.Sort
	}
	found, err := p.first(v.Context(), v, sel, n+1)
	if errors.Is(err, search.ErrNotLevel) { // the item itself is there
		return shelf{}, nil
	}
	found = slices.DeleteFunc(found, func(f search.Found) bool { return f.ID == it.ID || it.Same != "" && f.Same == it.Same })
	return shelf{Title: v.T("related", "Member", m.Name.In(v.Lang)), More: v.searchLink(sel),
		Cards: v.cards(found[:min(n, len(found))])}, err
}
