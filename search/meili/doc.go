// Package meili is a [search.Index] on a Meilisearch server, version 1.15 or
// later, for hubs that outgrow one machine.
//
// It sends documents whose words are cut and folded by package search/text,
// with their stems and the parts of compounds beside them, and asks for
// folded words and stems, so that the server compares and ranks and never has
// to know a language. Settings are code (settings.go). How far the change log
// is contained stands in the index itself: whoever loses the index loses the
// cursor with it, and it is made anew.
//
// Up to some thousand matches of a query are read and folded, counted and
// ordered here, exactly as [search.Result] says; beyond, the server's own
// counts and order are taken and the result says that it is estimated. Nothing
// that people write ever stands in a filter: values are compared by their
// hashes.
//
// It does not retry a search and does not answer without the server:
// [search.Fallback] does.
package meili
