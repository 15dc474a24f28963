// Package realservers holds no code but tests: they run the built command
// against a WordPress and a Plone that the scripts beside them start on
// loopback (docs/real-servers.md).
//
// They need CARILLON_WORDPRESS and CARILLON_PLONE, the addresses that the
// scripts print, and skip without. They write into those sites: give them no
// site that anybody uses.
package realservers
