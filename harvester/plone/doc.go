// Package plone reads what a Plone site answers through plone.restapi: single
// objects, folders, collections and searches, among them the authentic
// sources of iMio (news, events, directory), and two lists of w.c.s. that
// municipal sites of iMio show beside them (procedures, campaigns).
//
// It reads answers; the objects in them are read by package restapi below. It
// does not log in, and it does not follow links: lists give the harvester
// their next page and the pages to read.
//
// It does not judge by review_state: the hub asks as anybody, so what a Plone
// answers is what everybody may read, whatever a site's workflow calls it
// ("internally_published", "visible", or "private" in a folder that is open).
//
// It guarantees that nothing panics, and that work is linear in the bytes
// given.
package plone
