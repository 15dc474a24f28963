// Package likeness finds items that two sources published alike: one event
// announced by two communes, a press release that another site republished.
//
// [Of] makes a fingerprint of an item, [Alike] compares two, and [Linker]
// follows the change log and keeps in the store the fingerprints and which items
// stand in a group (federation.Likeness). docs/duplicates.md says how.
//
// It changes, hides and withdraws nothing: every item stays whole under its
// own id and its own member. A group is always a star: each of its items is
// itself like the group's first, so that no chain of small changes ties
// together what is not alike, and no item decides about two others.
//
// It guarantees that items of one source never stand in one group, and that a
// fingerprint is a function of the item alone. It bounds what it reads of an item
// and with how many others it compares it.
package likeness
