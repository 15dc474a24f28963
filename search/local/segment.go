package local

import "math"

// field is a part of an item that is scored by itself.
type field int

// The fields. Labels are categories, places, authors and the titles of
// attachments; files are what stands in these.
const (
	titleField field = iota
	summaryField
	bodyField
	labelField
	fileField
	fields
)

// segment is an immutable index of some documents, numbered from 0 in the
// order of their ids. Numbers of columns are those of the view's tables.
type segment struct {
	ids       dictionary
	forms     dictionary
	postings  [fields]postings // by form
	places    [fields]places
	compounds compounds  // made when they are asked for
	shares    sharing    // likewise
	spellings dictionary // by form: as titles mostly spell it; "" when like the form, or in no title
	stems     stems

	ords       [allColumns][]uint32 // by document; nil for categories
	categories lists                // by document
	titleLen   []uint8              // words
	summaryLen []uint8
	bodyLen    []uint16
	fileLen    []uint16
	date       []int64        // microseconds, of Item.Date
	start      []int64        // microseconds, of the event; noStart without
	last       []int64        // microseconds, last of Item.Span
	lat, lon   []float32      // degrees; NaN without a point
	gravity    []uint8        // federation.Item.Gravity of an alert, else noAlert
	until      []int64        // microseconds: an alert is in force before
	words      [fields]uint64 // of all documents

	precedence []uint64           // search.Precedence
	series     map[uint32]*series // by document: of events that recur
	recurring  bitmap             // documents in series; nil when there are none

	sorted *sorted // nil until the view is seen
}

// noStart is the start of what is no event.
const noStart = math.MinInt64

func (s *segment) len() int { return s.ids.len() }

// begin is the first moment of Item.Span.
func (s *segment) begin(d uint32) int64 {
	if s.start[d] != noStart {
		return s.start[d]
	}
	return s.date[d]
}
