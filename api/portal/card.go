package portal

import (
	"net/url"
	"strings"

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
	Place     string
	Cancelled string // in words; "" = it takes place
	Distance  string
	Image     *shot
	Alert     *alertView
	Also      string // who else published it, in words; "" = nobody
}

// shot is the picture of an item, a path of the hub. Sizes are pixels; 0 = unknown.
type shot struct {
	URL, Alt      string
	Width, Height int
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
		Member: v.name(f.Member.Name), When: v.date(f.Date()), Image: newPicture(f.Item),
	}
	if len(c.Title) == 0 {
		c.Title, c.Lang = []segment{{Text: v.T("untitled")}}, ""
	}
	if f.Place != nil {
		c.Place = f.Place.Name
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
	}
	if e := f.Event; e != nil && e.Status == federation.EventCancelled {
		c.Cancelled = v.T("cancelled")
	}
	return c
}

func (v visit) itemURL(id string) string { return v.link("/items/"+url.PathEscape(id), "") }

// kilometres rounds a distance as far as a reader can use it.
func (v visit) kilometres(km float64) string {
	if km < 10 {
		return v.numbers.Sprintf("%.1f", km)
	}
	return v.numbers.Sprintf("%.0f", km)
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
