package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"time"

	"golang.org/x/image/webp"
)

// Bounds of a picture (reliability T13).
const (
	maxSide   = 12_000
	maxPixels = 40_000_000
)

var errFormat = errors.New("not a JPEG, PNG, GIF or WebP")

// format is one kind of picture, known by its bytes: what a server calls it
// decides nothing.
type format struct {
	magic  string // "?" stands for any byte
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)     // of a GIF the first frame
	depth  func(body []byte, m color.Model) float64 // bytes a pixel takes while it is decoded
}

var formats = []format{
	{"\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode, func(b []byte, _ color.Model) float64 { return readJPEG(b).depth }},
	{"\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode, func(b []byte, _ color.Model) float64 { return pngDepth(b) }},
	{"GIF87a", gif.DecodeConfig, gif.Decode, gifDepth},
	{"GIF89a", gif.DecodeConfig, gif.Decode, gifDepth},
	{"RIFF????WEBPVP8", webp.DecodeConfig, webp.Decode, func(_ []byte, m color.Model) float64 { return webpDepth(m) }},
}

// found is a picture whose header is within bounds.
type found struct {
	body        []byte
	decode      func(io.Reader) (image.Image, error)
	orientation int   // EXIF, 1 to 8; 0 when it says none
	memory      int64 // bytes that decoding takes, estimated
}

// inspect reads the header of a picture and refuses what would be too large.
func inspect(body []byte) (found, error) {
	for _, f := range formats {
		if !begins(body, f.magic) {
			continue
		}
		c, err := f.config(bytes.NewReader(body))
		if err != nil {
			return found{}, err
		}
		if c.Width < 1 || c.Height < 1 || c.Width > maxSide || c.Height > maxSide || c.Width*c.Height > maxPixels {
			return found{}, fmt.Errorf("%d × %d pixels are out of bounds", c.Width, c.Height)
		}
		orientation := 0
		if f.magic[0] == '\xff' {
			orientation = readJPEG(body).orientation
		}
		need := memory(body, c, f.depth(body, c.ColorModel), orientation)
		if need > budget {
			return found{}, fmt.Errorf("%d × %d pixels of this kind need %d MiB to decode", c.Width, c.Height, need>>20)
		}
		return found{body: body, decode: f.decode, orientation: orientation, memory: need}, nil
	}
	return found{}, errFormat
}

func begins(body []byte, magic string) bool {
	if len(body) < len(magic) {
		return false
	}
	for i := range len(magic) {
		if magic[i] != '?' && magic[i] != body[i] {
			return false
		}
	}
	return true
}

// pixels decodes the picture. It ends with an error at the deadline, however
// little of the input the rest of the work hangs on.
func (f found) pixels(deadline time.Time) (_ image.Image, err error) {
	defer func() { // a fault in a decoder must cost one picture, not the hub
		if v := recover(); v != nil {
			err = fmt.Errorf("the decoder panicked: %v", v)
		}
	}()
	img, err := f.decode(&untilReader{bytes.NewReader(f.body), deadline})
	if err != nil {
		return nil, err
	}
	b := img.Bounds()
	if b.Empty() || b.Dx() > maxSide || b.Dy() > maxSide {
		return nil, fmt.Errorf("%d × %d pixels are not what its header said", b.Dx(), b.Dy())
	}
	return img, nil
}

// untilReader fails after the deadline. It hands out little at a time, because
// a few bytes of a progressive JPEG can be one more pass over every pixel.
type untilReader struct {
	r        io.Reader
	deadline time.Time
}

var errSlow = errors.New("it takes too long to decode")

func (u *untilReader) Read(p []byte) (int, error) {
	if time.Now().After(u.deadline) {
		return 0, errSlow
	}
	return u.r.Read(p[:min(len(p), 128)])
}
