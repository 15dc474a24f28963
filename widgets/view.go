package widgets

import (
	"time"

	"github.com/plonegov/carillon/federation"
)

// View is everything that decides the bytes of a widget.
type View struct {
	Hub      string          // public address of the hub, without a slash at its end
	Kind     string          // name of one of Kinds
	Label    string          // names the widget for a screen reader; "" = its title, or a word for publications
	Title    federation.Text // above it, where the option "title" says nothing
	More     string          // address of the hub's page with the same selection
	Language string          // of the interface; one of federation.Languages, else the first
	Zone     *time.Location  // of times that bring none of their own; nil = that of a hub without one
	Theme    federation.Theme
	Logo     string // where the hub serves it; "" = none. That of the theme itself is never shown
	Options  federation.Options
	Entries  []Entry
	Now      time.Time // alerts that have reached their end by then are shown as over
}

// Entry is an item with the name of the member that published it.
type Entry struct {
	Item    federation.Item
	Member  federation.Text
	Picture Picture
	Also    []federation.Text      // names of other members that published the same
	Next    *federation.Occurrence // the date to show of an event that recurs; nil = that of the item
}

// Picture is where the hub serves the item's lead picture: absolute addresses
// of it 320 and 640 pixels wide. The zero value shows none. The address that
// the item itself has is never shown, because its host would learn of every
// visitor (DESIGN.md 8.9).
type Picture struct{ Small, Large string }

// updated is the last time the hub read anything shown here, so that equal
// items give equal bytes whenever they are rendered.
func (v View) updated() (last time.Time) {
	for _, e := range v.Entries {
		for _, t := range []time.Time{e.Item.Provenance.Fetched, e.Item.FirstSeen} {
			if t.After(last) {
				last = t
			}
		}
	}
	return last
}

// mixed reports whether the entries are of more than one type, so that each
// card must say its own.
func (v View) mixed() bool {
	for _, e := range v.Entries {
		if e.Item.Type != v.Entries[0].Item.Type {
			return true
		}
	}
	return false
}
