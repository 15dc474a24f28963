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
	maxMemory = 192 << 20 // bytes its decoder may take, estimated from the header
)

var errFormat = errors.New("not a JPEG, PNG, GIF or WebP")

// format is one kind of picture, known by its bytes: what a server calls it
// decides nothing.
type format struct {
	magic  string // "?" stands for any byte
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error) // of a GIF the first frame
	copies float64                              // of the picture that the decoder makes
}

var formats = []format{
	{"\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode, 1},
	{"\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode, 1},
	{"GIF87a", gif.DecodeConfig, gif.Decode, 1},
	{"GIF89a", gif.DecodeConfig, gif.Decode, 1},
	{"RIFF????WEBPVP8", webp.DecodeConfig, webp.Decode, 2},
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
		depth := f.copies * depthOf(c.ColorModel)
		header := jpegHeader{}
		if f.magic[0] == '\xff' {
			header = readJPEG(body)
			depth = header.depth
		}
		memory := int64(depth * float64(c.Width) * float64(c.Height))
		if memory > maxMemory {
			return found{}, fmt.Errorf("%d × %d pixels of this kind need %d MiB to decode", c.Width, c.Height, memory>>20)
		}
		return found{body: body, decode: f.decode, orientation: header.orientation, memory: memory}, nil
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

// depthOf is how many bytes a pixel takes in a PNG, GIF or WebP.
func depthOf(m color.Model) float64 {
	switch m {
	case color.GrayModel:
		return 1
	case color.YCbCrModel, color.Gray16Model:
		return 2
	case color.RGBAModel, color.NRGBAModel, color.NYCbCrAModel:
		return 4
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	return 1 // a palette
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
