package widgets

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/plonegov/carillon/federation"
)

// Room is the height that a page keeps free for a list until it comes, in a
// column of any width.
type Room struct {
	Size   string // font-size that Height counts in: "medium", or the theme's
	Height string // CSS length whose percentages are of the column's width
}

// Lengths of the list in em of its own text: what carillon.css has, and what
// letters take in the fonts of usual sites.
const (
	gap        = 1
	leafWidth  = 3.9 // of a calendar leaf, with the gap beside it
	leafHeight = 3.25
	bodyBasis  = 8 // of what stands beside a leaf; with less room it goes below
	lineHeight = 1.5
	small      = .875 // text of dates and credits, which holds no long words
	cardGap    = .375
	letter     = .5
	boldLetter = .53
	waste      = 2.5 // what stays empty at the end of a line
	smallWaste = 1
	updated    = 46 // letters of the sentence in the footer
)

// usual stands for the items of a list that has none yet.
var usual = Entry{Item: federation.Item{Title: strings.Repeat("x", 60), Summary: strings.Repeat("x", maxSummary)}}

// Reserve is the room that v takes with the items it has now. The height
// follows the width of the column in which the list stands, by the columns of
// cards that fit: a window may be wide and the column narrow.
func Reserve(v View) Room {
	v.Options = v.whole()
	size := v.Theme.Size
	if size == "" {
		size = "medium"
	}
	if len(v.Entries) == 0 {
		v.Entries = slices.Repeat([]Entry{usual}, 5)
	}
	var b strings.Builder
	height := v.height(points[0].width, points[0].columns)
	b.WriteString("calc(" + em(height))
	for i, p := range points[1:] {
		before, after := points[i], v.height(p.width, p.columns)
		if p.columns > before.columns {
			b.WriteString(step(p.width, after-height))
		} else {
			b.WriteString(slope(before.width, p.width, height, after))
		}
		height = after
	}
	b.WriteString(")")
	return Room{Size: size, Height: b.String()}
}

// points are the widths, in em, between which the height changes evenly enough,
// with the columns of cards that fit; a further one fits from 18 columns + 1.
// Pages do not go past four.
var points = []struct {
	width   float64
	columns int
}{{12.5, 1}, {15, 1}, {20, 1}, {27, 1}, {37, 1}, {37, 2}, {44, 2}, {55, 2}, {55, 3}, {73, 3}, {73, 4}, {91, 4}}

// slope is a term that takes a height from one value to another while the
// column grows from one width to another.
func slope(from, to, before, after float64) string {
	k := (after - before) / (to - from)
	return fmt.Sprintf(" + clamp(0em,100%% - %s,%s)*%s", em(from), em(to-from), number(k))
}

// step is a term that adds by once the column has the width.
func step(width, by float64) string {
	return fmt.Sprintf(" + clamp(0em,(100%% - %s)*99,1em)*%s", em(width), number(by))
}

func em(x float64) string { return number(x) + "em" }

func number(x float64) string {
	return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
}

// height estimates that of a list of columns, in em.
func (v View) height(width float64, columns int) float64 {
	pad := math.Min(v.pad(), .04*width)
	card := (width-2*pad-float64(columns-1)*gap)/float64(columns) - 2*pad
	sum, row := 0.0, 0.0
	for i, e := range v.Entries {
		row = math.Max(row, 2*pad+.125+v.cardHeight(e, card, pad))
		if i%columns == columns-1 || i == len(v.Entries)-1 {
			sum, row = sum+row+gap, 0
		}
	}
	inner := width - 2*pad
	sum += 2*pad + lineHeight
	if inner < 27 { // the footer's sentence does not stand beside its link
		sum += small * lineHeight * lines(updated, small*letter, inner-smallWaste)
	}
	if title := v.title().In(v.language()); title != "" || v.Logo != "" {
		sum += .6875 + 1.1*v.scale()*1.25*lines(runes(title), 1.1*v.scale()*boldLetter, inner) + gap
	}
	return sum
}

func (v View) pad() float64 {
	if s, ok := densities[v.Theme.Density]; ok {
		if pad, err := strconv.ParseFloat(strings.TrimSuffix(s, "em"), 64); err == nil {
			return pad
		}
	}
	return 1
}

// scale is the ratio of headings to text.
func (v View) scale() float64 {
	if s, err := strconv.ParseFloat(v.Theme.Scale, 64); err == nil {
		return s
	}
	return 1.125
}

// cardHeight estimates that of what stands inside a card so wide, in em, with
// pad around it.
func (v View) cardHeight(e Entry, width, pad float64) float64 {
	it := e.Item
	about, leaf := 18, 0.0 // letters of a date
	if it.Event != nil {
		about, leaf = 33, leafHeight+gap
		if v.Kind == "cards" { // which have no leaf
			leaf = 0
		} else if width-leafWidth >= bodyBasis {
			width, leaf = width-leafWidth, 0
		}
	}
	if v.mixed() {
		about += 12 // its type
	}
	if it.Place != nil {
		about += 3 + runes(it.Place.Name)
	}
	owed := runes(credit(it.Provenance, e.Member.In(v.language()), v.language())) + 3 + runes(LicenceOf(it.Provenance.License).Name)
	h := leaf + 1.25*v.scale()*lines(runes(it.Title), v.scale()*boldLetter, width-waste) +
		cardGap + small*lineHeight*lines(about, small*letter, width-smallWaste) +
		cardGap + small*lineHeight*lines(owed, small*letter, width-smallWaste) + .3125 // a line with a target of 24px
	if v.is("summary") && it.Summary != "" {
		h += cardGap + lineHeight*lines(runes(shorten(it.Summary, maxSummary)), letter, width-waste)
	}
	if v.is("images") && it.Image != nil {
		if v.Kind == "cards" { // from edge to edge
			return h + (width+2*pad)*9/16
		}
		h += cardGap + .25 + width*9/16
	}
	return h
}

// lines is how many lines so many letters take, of a width each, in a column:
// of a text of a few lines the mean of what such texts do, the last line of
// which is half full.
func lines(letters int, letter, width float64) float64 {
	n := float64(letters) * letter / math.Max(width, 2)
	if n <= 1 {
		return 1
	}
	return n + .55
}

func runes(text string) int { return utf8.RuneCountInString(text) }
