// Package sitemap reads sitemaps (sitemaps.org 0.9): sets of addresses, indexes
// of sitemaps, the news, image, video and hreflang extensions, and plain lists
// of addresses.
//
// It makes no items: each address becomes a page for the harvester to read, with
// its lastmod as the stamp that tells whether it changed, and with what the
// sitemap says of it. It fetches nothing.
//
// It guarantees that no bytes make it panic, that work is linear and bounded
// even for gzip that unpacks to much, that entities of a document are never
// expanded, that only addresses on the host of the sitemap come out
// (sitemaps.org, "Sitemap file location"), each once, and that bad XML costs no
// address before it.
package sitemap
