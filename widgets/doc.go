// Package widgets renders items as what another site shows: an HTML fragment
// in the look of a member, the page for a frame, the style sheet, and the
// loader script that brings the fragment into a page.
//
// It knows no database and no HTTP: a [View] goes in, bytes come out, and
// equal views give equal bytes. Choosing items, addresses, caching and policy
// headers is the work of package embed.
//
// It guarantees that text meets its background at 4.5:1 and lines and focus
// rings at 3:1 whatever colours a theme gives ([Correct]); that foreign words
// reach the page escaped; that every link is http or https; and that a snippet
// once issued keeps rendering (testdata/snippets).
package widgets
