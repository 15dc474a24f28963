// Package csv reads tables of comma-separated values, as offices export them
// from a spreadsheet and as open data portals give them: a row of headers, then
// one item a row.
//
// Which column is the title, which the date, is said by the source, or else
// recognised by its header in French, Dutch, German and English. A column that
// no field takes is told in the item's text, so that nothing of a row is lost.
// It does not read spreadsheets (xlsx, ods), tables without headers, or
// coordinates that are not degrees.
//
// It guarantees that a row with too few cells, too many, or a stray quote is read
// as far as it goes and loses none of its text; that what it returns is
// valid UTF-8 with HTML only as markup.HTML; that origin ids are distinct and
// never made of a position; that nothing panics, whatever the bytes; and that
// work is linear in them. A formula is text like any other.
package csv
