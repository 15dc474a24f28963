// Package embed serves what pages of third parties load: the loader script,
// fragments, frame pages and their style sheets, with the headers that say who
// may show them.
//
// It does not render (package widgets) and does not choose items (package
// search); how an error looks is the caller's [ErrorHandler].
//
// It guarantees that bytes are built once for each distinct widget and served
// from memory with validators; that a cached widget is never older than a few
// seconds, nor older than the last change it was told of; that what decides
// the bytes is in the key, so no member gets another's; and that it sets no
// cookie and reads none.
package embed
