package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"
)

// TestMemory: no kind of picture takes more than was estimated from its
// header, and none more than the budget.
func TestMemory(t *testing.T) {
	const w, h = 2400, 1600
	grey := image.NewGray(image.Rect(0, 0, w, h))
	small := image.NewPaletted(image.Rect(0, 0, w, h), palette.Plan9)
	photograph := encode(t, "jpeg", photo(w, h))
	adobe := append([]byte("\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"), 0)
	for name, body := range map[string][]byte{
		"JPEG":                      photograph,
		"JPEG, turned":              withEXIF(photograph, exif(binary.BigEndian, 6)),
		"JPEG, red, green and blue": append(append([]byte("\xff\xd8"), adobe...), photograph[2:]...),
		"JPEG, grey":                encode(t, "jpeg", grey),
		"JPEG, progressive":         manyScans(w, h, 3),
		"JPEG, a line":              encode(t, "jpeg", photo(11_000, 3)),
		"PNG":                       encode(t, "png", photo(w, h)),
		"PNG, grey":                 encode(t, "png", grey),
		"PNG, 16 bits":              encode(t, "png", image.NewNRGBA64(image.Rect(0, 0, w, h))),
		"PNG, grey of 16 bits":      encode(t, "png", image.NewGray16(image.Rect(0, 0, w, h))),
		"PNG, palette":              encode(t, "png", small),
		"PNG, a transparent grey":   withChunk(encode(t, "png", grey), "tRNS", []byte{0, 9}),
		"PNG, interlaced":           interlaced(w, h),
		"GIF of 60 frames":          frames(t, small, 60),
		"WebP":                      read(t, "lossy.webp"),
		"WebP, lossless":            read(t, "lossless.webp"),
	} {
		f, err := inspect(body)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err = f.render(time.Now().Add(time.Hour))
		runtime.ReadMemStats(&after)
		took := int64(after.TotalAlloc - before.TotalAlloc)
		if err != nil || took > f.memory || f.memory > budget {
			t.Errorf("%s: %v; %d KiB allocated in all, %d estimated, %d allowed", name, err, took>>10, f.memory>>10, budget>>10)
		}
		t.Logf("%s: %d bytes, %d KiB allocated in all, %d estimated", name, len(body), took>>10, f.memory>>10)
	}
}

// withChunk puts a chunk before the first IDAT of a PNG.
func withChunk(body []byte, kind string, data []byte) []byte {
	at := bytes.Index(body, []byte("IDAT")) - 4
	return append(append(bytes.Clone(body[:at]), chunk(kind, data)...), body[at:]...)
}

func chunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// interlaced is a black PNG of four samples of 8 bits, in seven passes (W3C
// PNG, 8.2).
func interlaced(w, h int) []byte {
	head := binary.BigEndian.AppendUint32(nil, uint32(w))
	head = append(binary.BigEndian.AppendUint32(head, uint32(h)), 8, 6, 0, 0, 1)
	var data bytes.Buffer
	z := zlib.NewWriter(&data)
	for _, p := range [][4]int{{8, 8, 0, 0}, {8, 8, 4, 0}, {4, 8, 0, 4}, {4, 4, 2, 0}, {2, 4, 0, 2}, {2, 2, 1, 0}, {1, 2, 0, 1}} {
		columns, rows := (w-p[2]+p[0]-1)/p[0], (h-p[3]+p[1]-1)/p[1]
		_, _ = z.Write(make([]byte, rows*(1+4*columns)))
	}
	_ = z.Close()
	return bytes.Join([][]byte{[]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", head), chunk("IDAT", data.Bytes()), chunk("IEND", nil)}, nil)
}

func frames(t *testing.T, img *image.Paletted, n int) []byte {
	t.Helper()
	g := &gif.GIF{}
	for range n {
		g.Image, g.Delay = append(g.Image, img), append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestTooMuchMemory: what would take more than the budget is refused by its
// header, however few bytes it has.
func TestTooMuchMemory(t *testing.T) {
	for name, body := range map[string][]byte{
		"progressive JPEG, 16 Mpx":    manyScans(4000, 4000, 1),
		"JPEG of four samples":        jpegFrame(0xc0, 3000, 3000, 0x11, 0x11, 0x11, 0x11),
		"JPEG, red, green and blue":   append(jpegFrame(0xc0, 4000, 3000, 0x11, 0x11, 0x11), "\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"...),
		"PNG of 16 bits, 9 Mpx":       pngHeader(3000, 3000, 16, 6),
		"PNG, 20 Mpx":                 pngHeader(5000, 4000, 8, 2),
		"PNG, 20 Mpx, one is clear":   withChunk(pngHeader(5000, 4000, 8, 0), "tRNS", []byte{0, 0}),
		"PNG, 10 Mpx, interlaced":     interlaced(4000, 2500),
		"lossless WebP, 3000 × 3000":  losslessHeader(3000),
		"a picture in a lot of bytes": append(pngHeader(3800, 3800, 8, 2), make([]byte, 7<<20)...),
	} {
		if f, err := inspect(body); err == nil {
			t.Errorf("%s: taken, with an estimate of %d MiB", name, f.memory>>20)
		}
	}
}

func losslessHeader(side uint32) []byte {
	b := binary.LittleEndian.AppendUint32([]byte("RIFF\x12\x00\x00\x00WEBPVP8L\x05\x00\x00\x00\x2f"), side-1|(side-1)<<14)
	return append(b, 0)
}

// TestScale: each pixel is the mean of its area, to the last bit.
func TestScale(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		sw, sh := 1+random.IntN(20), 1+random.IntN(20)
		w, h := 1+random.IntN(sw), 1+random.IntN(sh)
		src := image.NewRGBA(image.Rect(5, 7, 5+sw, 7+sh))
		for i := range src.Pix {
			src.Pix[i] = byte(random.Int())
			if i%4 == 3 {
				src.Pix[i] = 255
			}
		}
		got := scale(src, w, h, image.White)
		for y := range h {
			for x := range w {
				if want := mean(src, w, h, x, y); got.RGBAAt(x, y) != want {
					t.Fatalf("%d × %d to %d × %d: the pixel at %d, %d is %v, want %v", sw, sh, w, h, x, y, got.RGBAAt(x, y), want)
				}
			}
		}
	}
}

// mean is the mean of a pixel's area, counted in parts of 1/w by 1/h of a
// pixel of the source.
func mean(src *image.RGBA, w, h, x, y int) color.RGBA {
	b := src.Rect
	var sum [4]int
	for i := x * b.Dx(); i < (x+1)*b.Dx(); i++ {
		for j := y * b.Dy(); j < (y+1)*b.Dy(); j++ {
			c := src.RGBAAt(b.Min.X+i/w, b.Min.Y+j/h)
			for k, v := range []uint8{c.R, c.G, c.B, c.A} {
				sum[k] += int(v)
			}
		}
	}
	area := b.Dx() * b.Dy()
	at := func(k int) uint8 { return uint8((sum[k] + area/2) / area) }
	return color.RGBA{at(0), at(1), at(2), at(3)}
}
