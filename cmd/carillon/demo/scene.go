package demo

import (
	"image"
	"image/color"
	"math"
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

// paint covers each pixel as far as the shape does, judged at nine points.
func (s shape) paint(img *image.RGBA) {
	box := s.bounds().Intersect(img.Bounds())
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			hits := 0
			for i := range 9 {
				if s.covers(float64(x)+float64(i%3*2+1)/6, float64(y)+float64(i/3*2+1)/6) {
					hits++
				}
			}
			if hits > 0 {
				opacity := float64(hits) / 9 * float64(s.colour.A) / 255
				img.SetRGBA(x, y, mix(img.RGBAAt(x, y), s.colour, opacity))
			}
		}
	}
}

func (s shape) bounds() image.Rectangle {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, p := range s.points {
		low = point{min(low.x, p.x-s.radius), min(low.y, p.y-s.radius)}
		high = point{max(high.x, p.x+s.radius), max(high.y, p.y+s.radius)}
	}
	return image.Rect(int(math.Floor(low.x)), int(math.Floor(low.y)), int(math.Ceil(high.x)), int(math.Ceil(high.y)))
}

// covers tells whether a point is inside, by the even-odd rule.
func (s shape) covers(x, y float64) bool {
	if s.radius > 0 {
		dx, dy := x-s.points[0].x, y-s.points[0].y
		return dx*dx+dy*dy <= s.radius*s.radius
	}
	inside := false
	for i, a := range s.points {
		b := s.points[(i+1)%len(s.points)]
		if (a.y > y) != (b.y > y) && x < (b.x-a.x)*(y-a.y)/(b.y-a.y)+a.x {
			inside = !inside
		}
	}
	return inside
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

// join puts lists of shapes one upon the other.
func layers(lists ...[]shape) []shape {
	var all []shape
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}
