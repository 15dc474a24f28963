// Package read is how every decoder reads a document, so that the same bytes
// mean the same in each: what its bytes are as text, what JSON and XML with the
// usual faults say, what an address leads to, what a plain text is as HTML, and
// how a refusal is told.
//
// It knows no format and nothing of items. It guarantees that nothing panics,
// whatever the bytes, that what it returns is valid UTF-8, and that work is
// linear in the bytes given.
package read
