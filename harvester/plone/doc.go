// Package plone reads what a Plone site answers through plone.restapi: single
// objects, folders, collections and searches, among them the authentic
// sources of iMio (news, events, directory), and two lists of w.c.s. that
// municipal sites of iMio show beside them (procedures, campaigns).
//
// It reads answers; the objects in them are read by package restapi below. It
// does not log in, and it does not follow links: lists give the harvester
// their next page and the pages to read.
//
// It guarantees that what is not published (a review state other than
// "published" or none) gives no item, that nothing panics, and that work is
// linear in the bytes given.
package plone
