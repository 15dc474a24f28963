// Package opml reads and writes lists of feeds: OPML 1.0, 1.1 and 2.0
// (http://opml.org/spec2.opml), and reads the FOAF lists that some planets
// publish instead.
//
// It fetches nothing: lists that a list includes come back as addresses. It
// reads leniently, as the programs that write these files write them: broken
// nesting, entities of HTML, any case of attributes, any declared encoding.
//
// It guarantees that no bytes make it panic or take more than linear time, that
// every text is valid UTF-8, and that reading what [List.Encode] writes gives
// the same feeds.
package opml
