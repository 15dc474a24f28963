package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
)

// memory is how many bytes the making of a picture takes, estimated from what
// stands in its bytes before anything is decoded. It is never less.
func memory(body []byte, c image.Config, depth float64, orientation int) int64 {
	const block = 32 // decoders fill up to whole blocks of at most so many pixels
	padded := func(n int) int64 { return int64(n+block-1) / block * block }
	decoded := int64(depth * float64(padded(c.Width)*padded(c.Height)))
	w, h, copies := c.Width, c.Height, int64(3) // the largest width and the smaller ones
	if orientation > 1 {
		copies = 5
	}
	if orientation >= 5 {
		w, h = h, w
	}
	w, h = fit(w, h, Large)
	return int64(len(body)) + decoded + copies*4*int64(w)*int64(h) + fixedMemory
}

// fixedMemory is what any picture takes besides: tables, rows, the JPEGs made.
const fixedMemory = 2 << 20

// pngDepth is how many bytes a pixel of a PNG takes. The colour model does not
// tell: a transparent colour makes a grey picture one of four samples, and an
// interlaced one is made of parts, which have as many pixels as the whole.
func pngDepth(body []byte) float64 {
	const header = 8 + 8 + 13 // signature, head of the first chunk, IHDR
	if len(body) < header {
		return 16
	}
	bits, kind, interlaced := body[24], body[25], body[28] != 0
	depth := map[byte]float64{0: 1, 3: 1}[kind] // grey, palette
	if depth == 0 || kind == 0 && bytes.Contains(body, []byte("tRNS")) {
		depth = 4
	}
	if bits == 16 {
		depth *= 2
	}
	if interlaced {
		depth *= 2
	}
	return depth
}

// gifDepth: the first frame, and once more when it is interlaced.
func gifDepth([]byte, color.Model) float64 { return 2 }

// webpDepth is the same for a WebP: what is lossless is made in steps of four
// samples, and so is what is transparent.
func webpDepth(m color.Model) float64 {
	if m == color.YCbCrModel {
		return 2
	}
	return 9
}

// adobeRGB reports whether a JPEG says in any place that its samples are red,
// green and blue (Adobe technical note 5116, section 18): image/jpeg copies it
// then.
func adobeRGB(b []byte) bool {
	for {
		i := bytes.Index(b, []byte("\xff\xee"))
		if i < 0 {
			return false
		}
		if b = b[i+2:]; len(b) >= 14 && binary.BigEndian.Uint16(b) >= 12 && string(b[2:7]) == "Adobe" && b[13] == 0 {
			return true
		}
	}
}
