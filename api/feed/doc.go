// Package feed writes a list of items as RSS 2.0, Atom (RFC 4287), JSON Feed
// 1.1 and, of what has a date, iCalendar (RFC 5545).
//
// It does not select, fetch or sanitise: it takes items as the store keeps
// them and the addresses the caller gives, and asks no clock, so that the same
// items always make the same bytes.
//
// It guarantees that the XML is well-formed whatever the items hold, that an
// entry's id depends on the item alone, and that the W3C feed validator finds
// neither an error nor a warning, except where an item's own text makes one (a
// plain title that holds an HTML end tag). Both XML formats go through
// gorilla/feeds' WriteXML with structs of our own, because those of gorilla
// cannot say self links, Atom categories, per-entry sources or languages.
package feed
