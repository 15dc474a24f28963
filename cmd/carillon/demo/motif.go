package demo

import (
	"image/color"
	"math"
)

// Motifs are groups of shapes that several pictures share. x and y are where
// they stand: the middle, or the left, of their foot.

// arch is an opening with a round top.
func arch(c color.RGBA, x, y, w, h float64) shape {
	s := polygon(c, x, y, x+w, y)
	for i := range 17 {
		angle := math.Pi * float64(i) / 16
		s.points = append(s.points, point{x + w/2 + w/2*math.Cos(angle), y - h + w/2 - w/2*math.Sin(angle)})
	}
	return s
}

// tree has a round crown.
func tree(c color.RGBA, x, y, size float64) []shape {
	light := mix(c, rgb(0xffffff), 0.14)
	return []shape{
		rect(rgb(0x5c4433), x-size*0.06, y-size*0.6, size*0.12, size*0.6),
		disc(c, x-size*0.2, y-size*0.68, size*0.26), disc(c, x+size*0.2, y-size*0.66, size*0.27), disc(c, x, y-size*0.85, size*0.3),
		disc(light, x-size*0.07, y-size*0.9, size*0.17),
	}
}

// poplar is tall and slim.
func poplar(c color.RGBA, x, y, size float64) []shape {
	s := polygon(c, x, y-size)
	for i := 1; i < 20; i++ {
		t := float64(i) / 20 * 2 * math.Pi
		s.points = append(s.points, point{x + math.Sin(t)*size*0.13, y - size*0.52 - math.Cos(t)*size*0.48})
	}
	return []shape{rect(rgb(0x5c4433), x-3, y-size*0.2, 6, size*0.2), s}
}

// fir is three triangles.
func fir(c color.RGBA, x, y, size float64) []shape {
	out := []shape{rect(rgb(0x4a3828), x-size*0.04, y-size*0.15, size*0.08, size*0.15)}
	for i := range 3 {
		half, top := size*(0.3-0.07*float64(i)), y-size*(0.5+0.25*float64(i))
		foot := y - size*(0.1+0.24*float64(i))
		out = append(out, polygon(mix(c, rgb(0xffffff), 0.05*float64(i)), x-half, foot, x+half, foot, x, top))
	}
	return out
}

// forest is a row of firs.
func forest(c color.RGBA, from, to, y, size float64) []shape {
	var out []shape
	for i, x := 0, from; x < to; i, x = i+1, x+size*0.48 {
		out = append(out, fir(c, x, y+float64(i%3)*4, size*(0.82+0.09*float64(i*7%4)))...)
	}
	return out
}

// house has a gable, a door and windows; x is its left side.
func house(wall, roof color.RGBA, x, y, w, h float64) []shape {
	out := []shape{
		rect(wall, x, y-h, w, h),
		polygon(roof, x-w*0.08, y-h, x+w*1.08, y-h, x+w/2, y-h-w*0.5),
	}
	dark := mix(wall, rgb(0x20242c), 0.62)
	for row := range int(h / 55) {
		for col := range 3 {
			top := y - h + 16 + float64(row)*50
			out = append(out, rect(dark, x+w*(0.14+0.28*float64(col)), top, w*0.16, 26))
		}
	}
	return append(out, arch(mix(roof, rgb(0x000000), 0.25), x+w*0.42, y, w*0.18, 32))
}

// water is a surface with streaks of light.
func water(c color.RGBA, y float64) []shape {
	out := []shape{rect(c, 0, y, width, height-y)}
	light := veil(0xffffff, 46)
	for i := range 26 {
		x := float64(i*173%width) - 30
		line := y + 8 + float64(i*61%int(height-y))
		out = append(out, rect(light, x, line, 40+float64(i*37%70), 2))
	}
	return out
}

// mirror repeats shapes upside down below the line y, as in calm water.
func mirror(list []shape, y float64) []shape {
	var out []shape
	for _, s := range list {
		c := shape{colour: s.colour, radius: s.radius}
		c.colour.A = 90
		for _, p := range s.points {
			c.points = append(c.points, point{p.x, 2*y - p.y})
		}
		out = append(out, c)
	}
	return out
}

// bunting is a string of flags between two points that sags in the middle.
func bunting(x1, y1, x2, y2 float64, colours ...color.RGBA) []shape {
	var out []shape
	for i := range 14 {
		t := (float64(i) + 0.5) / 14
		x, y := x1+(x2-x1)*t, y1+(y2-y1)*t+70*t*(1-t)
		out = append(out, polygon(colours[i%len(colours)], x-12, y, x+12, y, x, y+24))
	}
	return out
}

// stars are spread over the sky without falling into rows.
func stars(n int, below float64) []shape {
	var out []shape
	for i := range n {
		x, y := math.Mod(float64(i)*0.618034*width, width), math.Mod(float64(i)*0.754878*below, below)
		out = append(out, disc(veil(0xffffff, uint8(120+i*53%130)), x, y, 0.9+float64(i%3)*0.5))
	}
	return out
}

// stall is a market stand under a striped awning.
func stall(x, y, w float64, stripe color.RGBA) []shape {
	out := []shape{rect(rgb(0x7a5a3c), x+8, y-95, 6, 95), rect(rgb(0x7a5a3c), x+w-14, y-95, 6, 95), rect(rgb(0x9a744d), x+4, y-42, w-8, 42)}
	for i := range 6 {
		c := stripe
		if i%2 == 1 {
			c = rgb(0xfdf6ea)
		}
		left, step := x+float64(i)*w/6, w/6
		out = append(out, polygon(c, left, y-92, left+step, y-92, left+step-4, y-130, left+4, y-130), disc(c, left+step/2, y-92, step/2))
	}
	for i := range 7 {
		c := []color.RGBA{rgb(0xd8572a), rgb(0x7fa650), rgb(0xe9b44c), rgb(0xa23b4b)}[i%4]
		out = append(out, disc(c, x+16+float64(i)*(w-32)/6, y-46, 9))
	}
	return out
}
