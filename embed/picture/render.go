package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/jpeg"
	"time"
)

// quality of the JPEGs made, 1 to 100.
const quality = 80

// picture is one lead picture in every width.
type picture struct {
	sizes [len(widths)]*file // those wider than the original share its file
}

// file is one JPEG as it is sent.
type file struct {
	body []byte
	etag string
	kind string // media type
}

func (p *picture) size() int {
	n := 0
	for i, f := range p.sizes {
		if i == 0 || f != p.sizes[i-1] {
			n += len(f.body)
		}
	}
	return n
}

func newFile(body []byte, kind string) *file {
	sum := sha256.Sum256(body)
	return &file{body: body, etag: `"` + hex.EncodeToString(sum[:12]) + `"`, kind: kind}
}

// render decodes the picture and makes every width, upright and on white.
func (f found) render(deadline time.Time) (*picture, error) {
	img, err := f.pixels(deadline)
	if err != nil {
		return nil, err
	}
	b := img.Bounds()
	turned := f.orientation >= 5
	w, h := b.Dx(), b.Dy()
	if turned {
		w, h = h, w
	}
	w, h = fit(w, h, Large)
	if turned {
		w, h = h, w
	}
	large := upright(scale(img, w, h, image.White), f.orientation)
	return sizes(large)
}

// sizes makes every width of the largest.
func sizes(large *image.RGBA) (*picture, error) {
	p := &picture{}
	for i, width := range widths {
		w, h := fit(large.Rect.Dx(), large.Rect.Dy(), width)
		if i > 0 && p.sizes[i-1] != nil {
			if pw, ph := fit(large.Rect.Dx(), large.Rect.Dy(), widths[i-1]); pw == w && ph == h {
				p.sizes[i] = p.sizes[i-1]
				continue
			}
		}
		var out bytes.Buffer
		if err := jpeg.Encode(&out, scale(large, w, h, image.White), &jpeg.Options{Quality: quality}); err != nil {
			return nil, err
		}
		p.sizes[i] = newFile(bytes.Clone(out.Bytes()), "image/jpeg")
	}
	return p, nil
}

// fit is the size of a w × h picture no wider than width and no higher than
// twice that: pictures are shown in wide boxes, and a scroll of a thousand
// lines would be bytes for nothing. It never grows.
func fit(w, h, width int) (int, int) {
	if w > width {
		w, h = width, max(1, (h*width+w/2)/w)
	}
	if h > 2*width {
		w, h = max(1, (w*2*width+h/2)/h), 2*width
	}
	return w, h
}

// upright turns and mirrors a picture as its EXIF orientation asks (EXIF 2.32,
// 4.6.5): the value names the sides where row 0 and column 0 are.
func upright(src *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			to := place(x, y, w-1, h-1, orientation)
			i, j := dst.PixOffset(to.X, to.Y), src.PixOffset(x, y)
			copy(dst.Pix[i:i+4], src.Pix[j:j+4])
		}
	}
	return dst
}

// place is where the pixel x, y goes; right and bottom are the last ones.
func place(x, y, right, bottom, orientation int) image.Point {
	switch orientation {
	case 2:
		return image.Pt(right-x, y)
	case 3:
		return image.Pt(right-x, bottom-y)
	case 4:
		return image.Pt(x, bottom-y)
	case 5:
		return image.Pt(y, x)
	case 6:
		return image.Pt(bottom-y, x)
	case 7:
		return image.Pt(bottom-y, right-x)
	case 8:
		return image.Pt(y, right-x)
	}
	return image.Pt(x, y)
}
