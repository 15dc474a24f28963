// Package jsonld reads what web pages say of themselves in schema.org
// vocabulary, written as JSON-LD 1.1: in the script elements of a page, or in a
// document of its own.
//
// The blocks are found in the page (blocks.go) and parsed, with small breakage
// mended (lenient.go). Their objects are told apart by type (kinds.go), followed
// through the containers that lead to content (walk.go), and each piece of
// content becomes a federation.Item: news, an event, a service, a place, an
// alert, a notice.
//
// It is no JSON-LD processor: contexts are recognised, never fetched or
// expanded, beyond the prefixes that stand for schema.org. Microdata and RDFa
// are not read, nor are other vocabularies than schema.org.
//
// It guarantees that no bytes make it panic, that work is linear in the size of
// the document, that depth and count are bounded, that a block that cannot be
// read costs no other block, that origin ids are distinct and do not depend on
// the place in the document, and that HTML leaves it only as markup.HTML.
package jsonld
