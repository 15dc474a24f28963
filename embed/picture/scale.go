package picture

import (
	"image"
	"image/draw"
)

// scale draws src on the ground, w × h pixels, no larger than src. Each pixel
// is the mean of the area that it covers, which needs a row of the source and a
// row of sums besides: filters that keep more of the picture took five times
// what the picture itself takes.
func scale(src image.Image, w, h int, ground image.Image) *image.RGBA {
	b := src.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	row := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	line, sums := make([]uint32, 4*w), make([]uint64, 4*w)
	area := uint64(b.Dx()) * uint64(b.Dy())
	// A row of the source is h high and one of the picture b.Dy(), in units of
	// which both pictures have b.Dy() × h.
	room := b.Dy()
	for y, to := 0, 0; y < b.Dy(); y++ {
		draw.Draw(row, row.Rect, ground, image.Point{}, draw.Src)
		draw.Draw(row, row.Rect, src, image.Pt(b.Min.X, b.Min.Y+y), draw.Over)
		narrow(line, row.Pix, b.Dx(), w)
		part := min(h, room)
		add(sums, line, part)
		if room -= part; room > 0 {
			continue
		}
		for i := range sums {
			dst.Pix[to*dst.Stride+i] = uint8((sums[i] + area/2) / area)
			sums[i] = 0
		}
		to++
		add(sums, line, h-part) // the rest of this row is the next one's
		room = b.Dy() - (h - part)
	}
	return dst
}

// narrow sums the pixels of a row of from pixels into w, each by how much of it
// falls there: in units of which both rows have from × w.
func narrow(line []uint32, row []byte, from, w int) {
	clear(line)
	room, to := from, 0
	for x := 0; x < 4*from; x += 4 {
		part := uint32(min(w, room))
		for c := range 4 {
			line[to+c] += uint32(row[x+c]) * part
		}
		if room -= int(part); room > 0 {
			continue
		}
		rest := uint32(w) - part
		if to += 4; to < len(line) {
			for c := range 4 {
				line[to+c] += uint32(row[x+c]) * rest
			}
		}
		room = from - int(rest)
	}
}

func add(sums []uint64, line []uint32, times int) {
	for i, v := range line {
		sums[i] += uint64(v) * uint64(times)
	}
}
