// Package api is the hub's web: the one table of routes, the middleware, the
// JSON API with its OpenAPI description, feeds and problem documents. The
// citizens' pages are in api/portal, what third-party pages load in embed; both
// hang on the router that this package makes.
//
// It does not search, render widgets or know a database: it asks search.Service
// for items and federation's Store and Catalogues for the rest. It takes the
// hub's own address from its configuration, never from a request.
//
// It guarantees that every answer to a selection was checked against that
// selection, that every error of /api and of feeds is a problem document (RFC
// 9457) which tells nothing of the inside, that every public response has a
// validator, a lifetime and a type, and that a panic is one 500 and one line in
// the log.
package api
