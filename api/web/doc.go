// Package web is what every part that answers over HTTP shares: how an address
// is read (a query as people's links bring it, the one spelling of a path),
// answers made once and kept until a change touches them, validators,
// compression, which status and words an error has, what a route is, how much
// of the machine a class of requests may have, and how often a client may ask.
//
// It does not know which routes there are, pages or formats; the JSON API, which
// is strict, reads its addresses by itself.
//
// It guarantees that what is kept is given to nobody whose request has another
// key, never after a change that it was told of touched it, and never beyond
// its time; that one build of a key runs at a time; and that what is kept stays
// within a number of bytes, overhead included.
package web
