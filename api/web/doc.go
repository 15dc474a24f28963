// Package web is what the handlers of pages, feeds, frames and fragments share
// of reading an address: a query as people's links bring it, and the one
// spelling of a path. It knows nothing of what stands at an address, and the
// JSON API, which is strict, does not use it.
package web
