// Package feed reads RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0 and JSON Feed 1.0
// and 1.1.
//
// A document passes four stages. The front makes its bytes UTF-8 (charset.go)
// and cuts it into items without asking it to be well-formed (scan.go,
// split.go). The rewriter (rewrite.go) makes of it a plain feed that says the
// same, with every rich text as HTML. gofeed maps that to its types; what comes
// back is counted, and read item by item should anything be missing. Then each
// entry becomes a federation.Item (entry.go) with what the extensions say of it
// (extension.go), and the items get their identities (identity.go). An entry
// that leads to a CAP alert becomes a page of that format (alert.go).
//
// It fetches nothing: it names the next page and does not follow it. It does
// not complete items from the source they belong to. The address of an item is
// that of a web page, or, where a feed gives none, the urn or relative address
// that stands in its place; it never has a scheme that a browser could run. It
// guarantees that no bytes make it panic, that work is linear in the size of
// the document, that entities and DTDs of a document are never expanded, that
// what it returns is valid UTF-8 with HTML only as markup.HTML, that origin ids
// are distinct and not empty, and that an item that cannot be read costs no
// other item.
package feed
