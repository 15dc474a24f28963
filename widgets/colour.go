package widgets

import (
	"fmt"
	"math"
	"strconv"
)

// colour is sRGB with 8 bits a channel, so that what is measured is what is
// sent.
type colour [3]uint8

var (
	black = colour{0, 0, 0}
	white = colour{255, 255, 255}
)

// parseColour reads #rgb or #rrggbb.
func parseColour(s string) (colour, bool) {
	if len(s) == 4 && s[0] == '#' {
		s = "#" + s[1:2] + s[1:2] + s[2:3] + s[2:3] + s[3:] + s[3:]
	}
	if len(s) != 7 || s[0] != '#' {
		return colour{}, false
	}
	n, err := strconv.ParseUint(s[1:], 16, 32)
	return colour{uint8(n >> 16), uint8(n >> 8), uint8(n)}, err == nil
}

func (c colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// luminance is relative luminance as WCAG 2.2 defines it, 0 to 1.
func (c colour) luminance() float64 {
	return 0.2126*linear[c[0]] + 0.7152*linear[c[1]] + 0.0722*linear[c[2]]
}

// linear is each channel value without its gamma.
var linear = func() (table [256]float64) {
	for v := range table {
		s := float64(v) / 255
		if s <= 0.04045 {
			table[v] = s / 12.92
		} else {
			table[v] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return table
}()

// contrast is the contrast ratio of WCAG 2.2, 1 to 21.
func contrast(a, b colour) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// mix goes from c towards to; share 0 is c, 1 is to.
func (c colour) mix(to colour, share float64) colour {
	var out colour
	for i := range c {
		out[i] = uint8(math.Round(float64(c[i]) + (float64(to[i])-float64(c[i]))*share))
	}
	return out
}

// dark reports whether white is easier to read on c than black.
func (c colour) dark() bool { return contrast(c, white) > contrast(c, black) }

// lowest is the least contrast of c on any of grounds.
func (c colour) lowest(grounds []colour) float64 {
	low := 21.0
	for _, g := range grounds {
		low = min(low, contrast(c, g))
	}
	return low
}

// reach is the colour nearest to c, on the way to black or to white, that has
// the ratio on every ground; false when neither way has one. On one ground
// there is always one for ratios up to 4.58.
func (c colour) reach(ratio float64, grounds ...colour) (colour, bool) {
	const steps = 128
	ends := []colour{black, white}
	if grounds[0].dark() {
		ends = []colour{white, black}
	}
	for i := range steps + 1 {
		for _, end := range ends {
			if got := c.mix(end, float64(i)/steps); got.lowest(grounds) >= ratio {
				return got, true
			}
		}
	}
	return c, false
}

// Darken is a colour moved towards black; share 0 is the colour, 1 is black.
// What is no colour stays as it is.
func Darken(c string, share float64) string {
	from, ok := parseColour(c)
	if !ok {
		return c
	}
	return from.mix(black, share).String()
}
