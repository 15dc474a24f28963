// Package ics reads calendars: iCalendar (RFC 5545) with the properties that
// RFC 7986 and RFC 9073 add and those that common systems write.
//
// An event becomes an item of type event, a journal entry one of type news.
// Nothing is taken for granted: line ends, folds, components that nobody closes, several calendars
// in one file, events in none. The package does not count the dates of a
// series: that is federation.Event.Occurrences. It does not read to-do lists,
// busy times, alarms and lists of people invited.
//
// It guarantees that nothing panics whatever the bytes, that work is linear in
// them, that an event that cannot be read costs that event alone, and that ids
// come from UID and RECURRENCE-ID, never from a position. A calendar is never
// taken to be complete: most list a window of months, and what leaves it has
// not been withdrawn.
package ics
