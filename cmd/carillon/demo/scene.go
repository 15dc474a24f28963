package demo

import (
	"image"
	"image/color"
	"math"
	"slices"
)

// Pictures are 640 by 360 pixels, drawn from flat shapes over a gradient: they
// compress to a few kilobytes.
const width, height = 640, 360

// scene is a picture: a sky and shapes in the order they are painted.
type scene struct {
	top, bottom color.RGBA // of the sky
	shapes      []shape
}

// shape is an area of one colour. Its outline is a polygon or, with a radius,
// a circle around its only point.
type shape struct {
	colour color.RGBA
	radius float64
	points []point
}

type point struct{ x, y float64 }

func (s scene) paint() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		c := mix(s.top, s.bottom, float64(y)/height)
		for x := range width {
			img.SetRGBA(x, y, c)
		}
	}
	for _, sh := range s.shapes {
		sh.paint(img)
	}
	return img
}

// paint covers each pixel as far as the shape does, judged on four lines
// through it.
func (s shape) paint(img *image.RGBA) {
	top, bottom := s.extent()
	for y := max(0, top); y < min(height, bottom); y++ {
		var cover [width]float64
		for line := range 4 {
			xs := s.crossings(float64(y) + float64(2*line+1)/8)
			for i := 0; i+1 < len(xs); i += 2 {
				addSpan(&cover, xs[i], xs[i+1])
			}
		}
		for x, c := range cover {
			if c > 0 {
				img.SetRGBA(x, y, mix(img.RGBAAt(x, y), s.colour, c/4*float64(s.colour.A)/255))
			}
		}
	}
}

// addSpan adds the part of each pixel that lies between from and to.
func addSpan(cover *[width]float64, from, to float64) {
	from, to = max(from, 0), min(to, width)
	for x := int(from); float64(x) < to; x++ {
		cover[x] += min(to, float64(x+1)) - max(from, float64(x))
	}
}

// extent returns the rows that the shape may touch, from and up to.
func (s shape) extent() (top, bottom int) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range s.points {
		low, high = min(low, p.y-s.radius), max(high, p.y+s.radius)
	}
	return int(math.Floor(low)), int(math.Ceil(high))
}

// crossings returns, from left to right, where the outline meets a horizontal
// line: inside is between the first and the second, and so on.
func (s shape) crossings(y float64) []float64 {
	if s.radius > 0 {
		half := s.radius*s.radius - (y-s.points[0].y)*(y-s.points[0].y)
		if half <= 0 {
			return nil
		}
		half = math.Sqrt(half)
		return []float64{s.points[0].x - half, s.points[0].x + half}
	}
	var xs []float64
	for i, a := range s.points {
		b := s.points[(i+1)%len(s.points)]
		if (a.y > y) != (b.y > y) {
			xs = append(xs, (b.x-a.x)*(y-a.y)/(b.y-a.y)+a.x)
		}
	}
	slices.Sort(xs)
	return xs
}

// mix goes from a (share 0) to b (share 1); the result is opaque.
func mix(a, b color.RGBA, share float64) color.RGBA {
	part := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*(1-share) + float64(b)*share)) }
	return color.RGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 255}
}

// rgb is 0xrrggbb, opaque.
func rgb(v uint32) color.RGBA { return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255} }

// veil is a colour that lets through what is behind it.
func veil(v uint32, opacity uint8) color.RGBA {
	c := rgb(v)
	c.A = opacity
	return c
}

func polygon(c color.RGBA, xy ...float64) shape {
	s := shape{colour: c}
	for i := 0; i+1 < len(xy); i += 2 {
		s.points = append(s.points, point{xy[i], xy[i+1]})
	}
	return s
}

func rect(c color.RGBA, x, y, w, h float64) shape {
	return polygon(c, x, y, x+w, y, x+w, y+h, x, y+h)
}

func disc(c color.RGBA, x, y, radius float64) shape {
	return shape{colour: c, radius: radius, points: []point{{x, y}}}
}

// hills is land below a wavy line: base is its height, swing how far it goes
// up and down, length how many pixels from crest to crest.
func hills(c color.RGBA, base, swing, length, shift float64) shape {
	s := polygon(c, width, height, 0, height)
	for x := 0.0; x <= width; x += 8 {
		y := base - swing*(math.Sin((x+shift)/length*2*math.Pi)+0.4*math.Sin((x+shift)/length*4.7))
		s.points = append(s.points, point{x, y})
	}
	return s
}

// layers puts lists of shapes one upon the other.
func layers(lists ...[]shape) []shape {
	var all []shape
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}
