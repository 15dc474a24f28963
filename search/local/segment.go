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

	ords       [allColumns]ordinals // by document; none for categories
	categories lists                // by document
	titleLen   []uint8              // words
	summaryLen []uint8
	bodyLen    []uint16
	fileLens   sparse[uint16]
	date       []int64         // microseconds, of Item.Date
	starts     sparse[int64]   // microseconds, of the event
	lasts      sparse[int64]   // microseconds, last of Item.Span where that is not the date
	lats, lons sparse[float32] // degrees, of what has a point
	gravities  sparse[uint8]   // federation.Item.Gravity of an alert
	untils     sparse[int64]   // microseconds: an alert is in force before
	words      [fields]uint64  // of all documents

	precedences sparse[uint64]     // search.Precedence that is not 0
	series      map[uint32]*series // by document: of events that recur
	recurring   bitmap             // documents in series; nil when there are none

	sorted *sorted // nil until the view is seen
}

// noStart is the start of what is no event.
const noStart = math.MinInt64

func (s *segment) len() int { return s.ids.len() }

// ord is the number of the value that document d has in a column other than
// that of the categories.
func (s *segment) ord(c column, d uint32) uint32 { return s.ords[c].at(d) }

func (s *segment) dateOf(d uint32) int64 { return s.date[d] }

// begin is the first moment of Item.Span.
func (s *segment) begin(d uint32) int64 { return s.starts.or(d, s.date[d]) }

// start is that of the event; noStart without.
func (s *segment) start(d uint32) int64 { return s.starts.or(d, noStart) }

// last is the last moment of Item.Span.
func (s *segment) last(d uint32) int64 { return s.lasts.or(d, s.date[d]) }

// lat and lon are NaN without a point.
func (s *segment) lat(d uint32) float32 { return s.lats.or(d, nowhere) }
func (s *segment) lon(d uint32) float32 { return s.lons.or(d, nowhere) }

var nowhere = float32(math.NaN())

// gravity is noAlert of what is none.
func (s *segment) gravity(d uint32) uint8 { return s.gravities.or(d, noAlert) }

// until is when an alert is over, if ever.
func (s *segment) until(d uint32) int64 { return s.untils.or(d, math.MaxInt64) }

func (s *segment) precedence(d uint32) uint64 { return s.precedences.or(d, 0) }

func (s *segment) fileLen(d uint32) uint16 { return s.fileLens.or(d, 0) }
