package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestWidths(t *testing.T) {
	w := newWorld(t, loopback...)
	for name, c := range map[string]struct {
		w, h int
		want [len(widths)][2]int
	}{
		"large":  {1920, 1080, [...][2]int{{160, 90}, {320, 180}, {640, 360}, {960, 540}}},
		"small":  {300, 200, [...][2]int{{160, 107}, {300, 200}, {300, 200}, {300, 200}}},
		"tiny":   {1, 1, [...][2]int{{1, 1}, {1, 1}, {1, 1}, {1, 1}}},
		"tower":  {100, 5000, [...][2]int{{6, 320}, {13, 640}, {26, 1280}, {38, 1920}}},
		"hair":   {1, 12000, [...][2]int{{1, 320}, {1, 640}, {1, 1280}, {1, 1920}}},
		"banner": {12000, 2, [...][2]int{{160, 1}, {320, 1}, {640, 1}, {960, 1}}},
	} {
		it := w.publish("/"+name, encode(t, "png", photo(c.w, c.h)))
		for i, width := range widths {
			b := shown(t, w.get(PathAt(it, width))).Bounds()
			// Rounding of a rounded size may differ by one.
			if got := [2]int{b.Dx(), b.Dy()}; abs(got[0]-c.want[i][0]) > 1 || abs(got[1]-c.want[i][1]) > 1 {
				t.Errorf("%s: %d × %d in width %d is %v, want %v", name, c.w, c.h, width, got, c.want[i])
			}
		}
	}
}

func abs(n int) int { return max(n, -n) }

// TestKinds has the same picture in each format and colour model.
func TestKinds(t *testing.T) {
	img := photo(700, 500)
	paletted := image.NewPaletted(img.Rect, color.Palette{color.Black, color.White, img.NRGBAAt(0, 0), img.NRGBAAt(699, 0), img.NRGBAAt(0, 499), img.NRGBAAt(699, 499)})
	deep := image.NewNRGBA64(img.Rect)
	for y := range 500 {
		for x := range 700 {
			paletted.Set(x, y, img.At(x, y))
			deep.Set(x, y, img.At(x, y))
		}
	}
	for name, body := range map[string][]byte{
		"jpeg": encode(t, "jpeg", img), "png": encode(t, "png", img), "gif": encode(t, "gif", img),
		"png palette": encode(t, "png", paletted), "png 16 bit": encode(t, "png", deep),
		"webp lossy": read(t, "lossy.webp"), "webp lossless": read(t, "lossless.webp"),
	} {
		f, err := inspect(body)
		if err != nil {
			t.Errorf("inspect %s: %v", name, err)
			continue
		}
		p, err := f.render(time.Now().Add(time.Minute))
		if err != nil {
			t.Errorf("render %s: %v", name, err)
			continue
		}
		for i, one := range p.sizes {
			got, _, err := image.Decode(bytes.NewReader(one.body))
			if err != nil || corners(got) != "RGBY" {
				t.Errorf("%s in width %d: %v, colours %s, want RGBY", name, widths[i], err, corners(got))
			}
		}
	}
}

// read returns a file of testdata: photo(700, 500) as Chromium writes it.
func read(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// TestTransparencyIsWhite: a logo on nothing must not be one on black.
func TestTransparencyIsWhite(t *testing.T) {
	img := photo(400, 300)
	for y := range 150 {
		for x := range 400 {
			img.SetNRGBA(x, y, color.NRGBA{})
		}
	}
	w := newWorld(t, loopback...)
	it := w.publish("/logo.png", encode(t, "png", img))
	for _, width := range widths {
		if got := corners(shown(t, w.get(PathAt(it, width)))); got != "WWBY" {
			t.Errorf("width %d: %s, want WWBY", width, got)
		}
	}
}

// TestOrientation stores an upright picture as each kind of camera would: the
// values are those of EXIF 2.32, 4.6.5.
func TestOrientation(t *testing.T) {
	upright := map[int]string{0: "RGBY", 1: "RGBY", 2: "GRYB", 3: "YBGR", 4: "BYRG", 5: "RBGY", 6: "BRYG", 7: "YGBR", 8: "GYRB", 9: "RGBY"}
	w := newWorld(t, loopback...)
	plain := encode(t, "jpeg", photo(1000, 600))
	for value, want := range upright {
		for name, order := range map[string]binary.AppendByteOrder{"II": binary.LittleEndian, "MM": binary.BigEndian} {
			it := w.publish("/"+name+string(rune('0'+value)), withEXIF(plain, exif(order, value)))
			img := shown(t, w.get(PathAt(it, Small)))
			size := image.Pt(320, 192)
			if value >= 5 && value <= 8 {
				size = image.Pt(320, 533)
			}
			if got := corners(img); got != want || img.Bounds().Size() != size {
				t.Errorf("orientation %d (%s): %s, %v, want %s, %v", value, name, got, img.Bounds().Size(), want, size)
			}
		}
	}
}

// TestOrientationBearsAnything cuts and bends the block at every byte.
func TestOrientationBearsAnything(t *testing.T) {
	good := exif(binary.LittleEndian, 6)
	for i := range good {
		orientation(good[:i])
		for _, b := range []byte{0, 1, 0x7f, 0xff} {
			bent := bytes.Clone(good)
			bent[i] = b
			orientation(bent)
			readJPEG(withEXIF([]byte("\xff\xd8\xff\xc0\x00\x04\x08\x00"), bent))
		}
	}
	if got := orientation(good); got != 6 {
		t.Errorf("orientation = %d, want 6", got)
	}
}

// exif is a TIFF structure with a foreign tag and an orientation.
func exif(order binary.AppendByteOrder, value int) []byte {
	b := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		b = []byte("MM\x00*")
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	for _, entry := range [][2]uint16{{0x010f, 7}, {0x0112, uint16(value)}} {
		b = order.AppendUint16(b, entry[0])
		b = order.AppendUint16(b, 3) // SHORT
		b = order.AppendUint32(b, 1)
		b = order.AppendUint16(b, entry[1])
		b = append(b, 0, 0)
	}
	return order.AppendUint32(b, 0)
}

// withEXIF puts an APP1 segment into a JPEG.
func withEXIF(jpeg, tiff []byte) []byte {
	b := append([]byte{}, jpeg[:2]...)
	b = append(b, 0xff, 0xe1)
	b = binary.BigEndian.AppendUint16(b, uint16(2+6+len(tiff)))
	b = append(b, "Exif\x00\x00"...)
	b = append(b, tiff...)
	return append(b, jpeg[2:]...)
}

func BenchmarkRender(b *testing.B) {
	for name, body := range map[string][]byte{
		"jpeg 6 Mpx": encode(b, "jpeg", photo(3000, 2000)),
		"png 2 Mpx":  encode(b, "png", photo(1920, 1080)),
		"gif 2 Mpx":  encode(b, "gif", photo(1920, 1080)),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f, err := inspect(body)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := f.render(time.Now().Add(time.Minute)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkServe(b *testing.B) {
	w := newWorld(b, loopback...)
	path := Path(w.publish("/a.jpg", encode(b, "jpeg", photo(1600, 900))))
	b.ReportAllocs()
	for b.Loop() {
		if rec := w.get(path); rec.Code != 200 {
			b.Fatal(rec.Code)
		}
	}
}
