// Package harvester reads what members publish: it claims the sources that are
// due, fetches them politely through the guarded client, has the bytes decoded
// by the format that knows them, and saves what changed.
//
// One harvest is read in five files, in the order in which it happens: request.go
// (may the source be asked, and for what), fetch.go (its answer), decode.go (what
// is in it), follow.go (what that leads to) and save.go (what has changed, in one
// transaction). What they decide by values alone is beside them: the ids of items
// (identify*.go), whose an address is (owner.go), the state of a source and when
// it is fetched next (state.go, schedule.go, rhythm.go), and words for what failed
// (failure.go).
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
