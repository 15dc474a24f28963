// Package restapi reads the objects that plone.restapi writes: Plone's own
// content types, the types of iMio's authentic sources (news, events,
// directory), and types of a site's own.
//
// It knows objects, not answers: which object of a list is for readers, and what
// a list leads to, its callers decide. It fetches nothing and knows no clock.
//
// It guarantees that nothing panics, that work is linear in the bytes given,
// that HTML leaves it as markup.HTML only, and that fields which Plone keeps
// for those who may log in (private_…) are never read.
package restapi
