// Package web is what every part that answers over HTTP shares: how an address
// is read (a query as people's links bring it, the one spelling of a path),
// answers that are made once and sent to many, validators, compression, which
// status and words an error has, what a route is, how much of the machine a
// class of requests may have, and how often a client may ask.
//
// It does not know which routes there are, pages or formats, and keeps nothing
// (package cache does); the JSON API, which is strict, reads its addresses by
// itself.
//
// It guarantees that an answer is sent whole or not at all, in the encoding that
// who asks prefers, and with 304 to who holds it.
package web
