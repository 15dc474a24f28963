// Package demo is the made-up region of `carillon demo`: the Pays de
// l'Ornelle, its communes and agencies, what they publish, and three municipal
// web sites that embed the hub.
//
// It serves the publishers' own sites with their feeds in many dialects and a
// page behind every link, and writes the region file that names them. It does
// not start a hub, listen or harvest, and it imports no other package of
// Carillon: what it serves reaches the hub over HTTP like any commune's.
//
// It guarantees the same content for the same moment and host: dates are
// relative to the moment given, so that news is fresh and events are ahead.
// No place, person or organisation in it exists.
package demo
