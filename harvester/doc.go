// Package harvester reads what members publish: it claims the sources that are
// due, fetches them politely through the guarded client, has the bytes decoded
// by the format that knows them, and saves what changed.
//
// It knows no format (each is a package below it, listed in cmd/carillon), no
// database and no search engine.
//
// It guarantees that one source never harms another: a source that is slow,
// broken, huge or hostile ends as a [federation.Failure] on its own health,
// its items stay, and the others are harvested. Items, their changes and the
// validators for the next request are saved in one transaction, so that a
// crash at any moment loses nothing and skips nothing.
package harvester
