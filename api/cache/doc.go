// Package cache keeps answers until a change touches them: what an answer was
// made of is noted while it is made (search.Reads), and a batch of the change
// log says what it touches (search.Touch).
//
// It does not make answers, nor decide which may be kept.
//
// It guarantees that what is kept is given to nobody whose request has another
// key, never after a change that it was told of touched it, and never beyond
// its time; that one build of a key runs at a time; and that what is kept stays
// within a number of bytes, overhead included.
package cache
