// Package discover reads what a web page tells about the sources of its site:
// the feeds and calendars it links, the content management system that made it
// and the addresses that such a system answers, and the look of the site (name,
// language, icons, colours).
//
// It fetches nothing and believes nothing: a candidate is an address worth
// asking, and whether a source is there only its answer tells. It does not read
// microformats or run scripts.
//
// It guarantees that no bytes make it panic or take more than linear time, that
// every address it returns is absolute, http or https, and without a user
// name, and that every list is bounded.
package discover
