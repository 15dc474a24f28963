// Package search finds items: the [Index] that an engine implements, the
// indexer that keeps it level with the change log, and the [Service] that
// answers a selection with whole items.
//
// It does not store items (federation.Store does) and does not hold an index
// (search/local and search/meili do); search/searchtest proves an engine.
//
// It guarantees that what an index says is checked against the selection and
// the store before it is shown: an item that was withdrawn, or that does not
// match, never leaves the Service, however stale the index.
package search
