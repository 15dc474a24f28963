// Package picture serves the pictures of items and the logos of members from
// the hub, so that a visitor of a page that shows them is seen by nobody else
// (DESIGN.md 8.9).
//
// An address names an item or a member, a digest of what it shows and a width, never a URL:
// there is nothing to sign and nothing to abuse. The package does not crop,
// upscale, animate, or keep pictures beyond its memory, and it does not read
// TIFF, BMP or AVIF, nor SVG but for a logo.
//
// It guarantees that what it sends it wrote itself, whatever the publisher
// sent: of a picture a JPEG, of a logo a PNG or a drawing that only draws; that a picture is fetched through the guarded client, once
// for all who ask at the same time and for every width; that size, memory (64 MiB for all at once) and
// time of a decoding are bounded before or while it happens (reliability T4,
// T13); and that a picture that cannot be had is not asked for again for a
// while.
package picture
