package portal

import (
	"slices"

	"github.com/plonegov/carillon/federation/health"
)

// chart draws the weeks of a rhythm as bars, oldest first, in units of its own
// view box.
type chart struct {
	Width, Height int
	Bars          []bar
	Usual         int // y of the line at the usual volume, 0 = none
}

// bar is one week. A week that was not read has no bar.
type bar struct {
	Week     moment
	Count    string // new items, "" = not read
	X, Mid   int
	Y, H     int
	Above    int // y of the count
	Present  bool
	Labelled bool // there is room for its date
	Short    string
}

// The measures of a chart.
const (
	barStep   = 30
	barWidth  = 20
	chartTop  = 16 // room for the counts
	chartBase = 96
	chartLow  = 116 // with the dates
)

func (v visit) chart(r health.Rhythm) *chart {
	most := 1
	for _, w := range r.Weeks {
		most = max(most, w.New)
	}
	height := func(n float64) int { return int(n * (chartBase - chartTop) / float64(most)) }
	c := &chart{Width: health.MostWeeks * barStep, Height: chartLow}
	for i, w := range slices.Backward(r.Weeks) {
		x := c.Width - (i+1)*barStep
		b := bar{Week: v.date(w.Start), X: x + (barStep-barWidth)/2, Mid: x + barStep/2, Present: i == 0,
			Labelled: i%4 == 3, Short: v.shortDay(w.Start)}
		if w.Read {
			b.H = max(height(float64(w.New)), 1)
			b.Y, b.Count = chartBase-b.H, v.Numbers.Sprint(w.New)
			b.Above = b.Y - 4
		}
		c.Bars = append(c.Bars, b)
	}
	if r.Known {
		c.Usual = chartBase - height(r.PerWeek)
	}
	return c
}
