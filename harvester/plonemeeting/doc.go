// Package plonemeeting reads the meetings, decisions, annexes and publications
// of municipal councils and colleges: the JSON that PloneMeeting (iA.Délib)
// hands to plonemeeting.portal.core (deliberations.be), and what that portal
// answers itself.
//
// PloneMeeting holds drafts, secret points and notes beside what is decided in
// public. The package guarantees that nothing of these comes through: it names
// the states, the privacy and the fields that are public, and leaves out all
// others, known or not. It guarantees too that nothing panics, and that work is
// linear in the bytes given.
//
// It does not log in, and it knows no clock: a publication that is planned is
// left out until its state says that it is published.
package plonemeeting
