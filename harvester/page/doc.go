// Package page reads one web page as one item.
//
// What the page says of itself comes first: its JSON-LD (package jsonld), then
// Open Graph, Dublin Core and other meta elements (meta.go), then the page as it
// is shown: its heading and its time elements. The text is what the selectors of
// the source name (rule.go), else what readability takes for the article
// (extract.go).
//
// It fetches nothing, follows no link, and does not tell whether a page may be
// fetched: the harvester asks the site (package robots). What the page does not say stays empty,
// for the list that named the page, or the source, to fill.
//
// It guarantees that no bytes make it panic, that time and memory are bounded,
// that a page which asks not to be indexed gives no item, that a log-in form or
// an error page that is sent as success is refused, and that HTML leaves it only
// as markup.HTML.
package page
