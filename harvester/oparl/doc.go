// Package oparl reads what council information systems give by OParl 1.0 and
// 1.1: a system, its bodies, their lists, and single objects.
//
// A meeting becomes an item of type meeting with its agenda as text, a paper a
// document (or a decision when it is one), an agenda item with a result a
// decision, a file a document, an organization a place or a document. Systems
// and bodies give the addresses of their lists. Consultations, terms, places
// and files inside of these are told with them. Persons and memberships are
// never items; of a person only the name is read, and only where a meeting or
// a paper holds it. Nothing that an address merely refers to is fetched.
//
// It guarantees that an agenda item that is not public leaves no text and no
// file behind; that the origin id of an item is the id of its object;
// that nothing panics, whatever the bytes; and that work is linear in them.
package oparl
