package portal

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/plonegov/carillon/embed/picture"
	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/search"
	"github.com/plonegov/carillon/widgets"
)

// card is an item in a list.
type card struct {
	Class     string // of its member's colours
	URL       string
	Lang      string // of the item, "" = the page's
	Type      federation.ItemType
	TypeName  string
	Title     []segment
	Summary   []segment
	Member    label
	When      moment // of an event its own, else of publication
	Leaf      *leaf  // of an event
	Series    string // that there are further dates, in words; "" = it is the only one
	Number    string // of an official act
	Place     string
	Cancelled string   // in words; "" = it takes place
	Open      *opening // of a place
	Ends      *ending
	Start     *start     // of a procedure
	Found     *foundFile // nil = no file says more of what was asked
	Files     []attachment
	MoreFiles string // how many are not among Files, in words; "" = none
	Distance  string
	Pin       *pinNumber // nil = it is not on the map of the page
	Image     *shot
	Alert     *alertView
	Also      string // who else published it, in words; "" = nobody
}

// shot is the picture of an item, a path of the hub. Sizes are pixels; 0 = unknown.
type shot struct {
	URL, Alt      string
	Width, Height int
}

// ending is until when people can act on an item.
type ending struct {
	Words string // "open until"
	When  moment
}

// foundFile is the passage of a file for which an item was found.
type foundFile struct {
	Name, URL string // of the file, with the page
	Text      []segment
}

// opening is whether a place is open by its usual hours, and until when.
type opening struct {
	Now   bool
	Words string
}

// opening is nil where nobody knows. What it says holds until the next change,
// which is noted with the answer.
func (v visit) opening(h federation.Hours) *opening {
	now := v.now.In(v.zone)
	open, until, known := h.At(now)
	if !known {
		return nil
	}
	search.ReadsOf(v.Context()).Until(until)
	day := v.dates().Weekday(until)
	if sameDay(until, now) {
		day = v.T("today")
	}
	switch {
	case open && until.IsZero():
		return &opening{true, v.T("open_always")}
	case open:
		return &opening{true, v.T("open_now", "Time", v.clock(until))}
	case until.IsZero():
		return &opening{false, v.T("closed_now")}
	}
	return &opening{false, v.T("opens", "Day", day, "Time", v.clock(until))}
}

// start is where a procedure begins: its page at its origin.
type start struct{ Words, URL, Host string }

// pinNumber is the number that an item has on the map of the page, and what it
// is called.
type pinNumber struct {
	Words  string
	Number int
}

// cardAreas is how many areas of an alert a card names.
const cardAreas = 3

// nearest is the least distance worth telling, in km: members stand for their
// items, and a town hall is not where its news happens.
const nearest = 0.1

// cards are the found items as lists show them.
func (v visit) cards(found []search.Found) []card {
	out := make([]card, len(found))
	for i, f := range found {
		out[i] = v.card(f)
	}
	return out
}

func (v visit) card(f search.Found) card {
	c := card{
		Class: memberClass(f.Item.Member), URL: v.itemURL(f.ID), Lang: v.other(f.Language),
		Type: f.Type, TypeName: v.typeName(f.Type),
		Title: segments(widgets.Spaced(f.Language, f.Marked.Title)), Summary: segments(widgets.Spaced(f.Language, f.Marked.Summary)),
		Number: f.Number, Member: v.name(f.Member.Name), When: v.date(f.Date()), Image: newPicture(f.Item),
	}
	if len(c.Title) == 0 {
		c.Title, c.Lang = []segment{{Text: v.T("untitled")}}, ""
	}
	if m := f.Marked.File; m != nil {
		c.Found = &foundFile{Name: m.Title, URL: m.URL, Text: segments(widgets.Spaced(f.Language, m.Snippet))}
		if m.Page > 0 {
			c.Found.Name = v.T("file_page", "File", m.Title, "Page", v.Numbers.Sprint(m.Page))
		}
	}
	if c.Place = whereabouts(f.Item); f.Type == federation.PlaceItem {
		c.When = moment{} // of the entry, which says nothing of the place
	}
	if f.Distance >= nearest {
		c.Distance = v.T("distance", "Km", v.kilometres(f.Distance))
	}
	if names := v.alsoNames(f); names != "" {
		c.Also = v.T("also_members", "Members", names)
	}
	if c.Alert = v.alert(f.Item, f.Member, v.now); c.Alert != nil {
		c.Place = strings.Join(c.Alert.Areas[:min(len(c.Alert.Areas), cardAreas)], ", ")
		if len(c.Alert.Areas) > cardAreas {
			c.Place += " …"
		}
	}
	if e := f.Shown(); e != nil && !e.Start.IsZero() {
		day := v.leaf(*e)
		c.When, c.Leaf = v.when(*e), &day
		if goesOn(f) {
			c.Series = v.T("series")
		}
	}
	if e := f.Event; e != nil && e.Status == federation.EventCancelled {
		c.Cancelled = v.T("cancelled")
		if c.Leaf != nil {
			c.Leaf.Off = true
		}
	}
	v.act(&c, f.Item)
	return c
}

// goesOn reports whether an event has a date after the one that is shown.
func goesOn(f search.Found) bool {
	if f.Next == nil {
		return false
	}
	over := f.Next.Start.Add(time.Second)
	if f.Next.End.After(over) {
		over = f.Next.End
	}
	next, ok := f.Event.Next(over)
	return ok && next.Start.After(f.Next.Start)
}

// act adds to the row of an item what people do with one of its type: begin a
// procedure, open the file of a decision, take part in time.
func (v visit) act(c *card, it federation.Item) {
	switch it.Type {
	case federation.PlaceItem:
		if it.Place != nil {
			c.Open = v.opening(it.Place.Hours)
		}
	case federation.Service:
		if u, err := url.Parse(it.URL); err == nil && onWeb(it.URL) {
			c.Start = &start{v.T("start"), it.URL, u.Hostname()}
		}
	case federation.Notice:
		if it.Expires.After(v.now) {
			c.Ends = &ending{v.T("expires"), v.date(it.Expires)}
		}
	case federation.Consultation:
		if !it.Expires.IsZero() {
			c.Ends = &ending{v.T("open_until"), v.date(it.Expires)}
			if !it.Expires.After(v.now) {
				c.Ends.Words = v.T("closed_since")
			}
		}
	}
	if slices.Contains(withFiles, it.Type) {
		v.addFiles(c, it.Attachments)
	}
}

// withFiles are the types of items whose files are what people come for.
var withFiles = []federation.ItemType{federation.Decision, federation.Meeting, federation.Notice, federation.Consultation, federation.DocumentItem}

// cardFiles is how many files a card names.
const cardFiles = 2

func (v visit) addFiles(c *card, list []federation.Attachment) {
	n := 0
	for _, a := range list {
		if a.Role != "" || !onWeb(a.URL) { // pictures and recordings are not the text
			continue
		}
		if n++; n <= cardFiles {
			c.Files = append(c.Files, v.attachment(a))
		}
	}
	if n > cardFiles {
		c.MoreFiles = v.N("more_files", n-cardFiles)
	}
}

// whereabouts is where an item is, in a few words: of a place its address, as
// its name is the title.
func whereabouts(it federation.Item) string {
	switch {
	case it.Place == nil:
		return ""
	case it.Type == federation.PlaceItem && it.Place.Address != "":
		return it.Place.Address
	}
	return it.Place.Name
}

func (v visit) itemURL(id string) string { return v.link("/items/"+url.PathEscape(id), "") }

// kilometres rounds a distance as far as a reader can use it.
func (v visit) kilometres(km float64) string {
	if km < 10 {
		return v.Numbers.Sprintf("%.1f", km)
	}
	return v.Numbers.Sprintf("%.0f", km)
}

// newPicture is the item's picture as the hub serves it, so that a publisher
// does not see who reads; nil for an item without one.
func newPicture(it federation.Item) *shot {
	path := picture.Path(it)
	if path == "" {
		return nil
	}
	return &shot{path, it.Image.Alt, it.Image.Width, it.Image.Height}
}

// onWeb reports whether an address is one that a reader may be sent to.
func onWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
