package picture

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"math/rand/v2"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/plonegov/carillon/federation"
	"github.com/plonegov/carillon/federation/shareddata"
	"github.com/plonegov/carillon/federation/worktest"
)

// TestBombs serves every file of the shared hostile set as a picture: each
// image row is refused or re-encoded as its "must" says, within the budget of memory.
func TestBombs(t *testing.T) {
	dir := shareddata.Dir(t, "hostile/bombs")
	manifest, err := os.Open(filepath.Join(dir, "manifest.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer manifest.Close()
	w := newWorld(t, loopback...)
	rows := 0
	for lines := bufio.NewScanner(manifest); lines.Scan(); rows++ {
		var row struct{ File, Must string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		body, err := os.ReadFile(filepath.Join(dir, row.File))
		if err != nil {
			t.Fatal(err)
		}
		rec, grown := measured(w, Path(w.publish("/"+row.File, body)))
		// Whatever the row, an answer is a JPEG of ours or none.
		ours := rec.Code == 200 && rec.Header().Get("Content-Type") == "image/jpeg" && strings.HasPrefix(rec.Body.String(), "\xff\xd8\xff")
		if !ours && rec.Code != 404 || grown > budget {
			t.Errorf("%s = %d in %d MiB; must: %s", row.File, rec.Code, grown>>20, row.Must)
		}
		if strings.HasPrefix(row.Must, "refuse") && rec.Code == 200 {
			t.Errorf("%s = 200; must: %s", row.File, row.Must)
		}
		if strings.HasPrefix(row.Must, "first frame") && rec.Code != 200 {
			t.Errorf("%s = %d; must: %s", row.File, rec.Code, row.Must)
		}
		t.Logf("%s = %d in %d KiB", row.File, rec.Code, grown>>10)
	}
	if rows < 20 {
		t.Errorf("%d rows, want the whole set", rows)
	}
}

// measured asks once and returns the bytes allocated meanwhile.
func measured(w *world, path string) (rec *httptest.ResponseRecorder, grown uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	rec = w.get(path)
	runtime.ReadMemStats(&after)
	return rec, after.TotalAlloc - before.TotalAlloc
}

func TestOtherDocumentsAreNoPictures(t *testing.T) {
	picture := encode(t, "gif", photo(40, 30))
	w := newWorld(t, loopback...)
	for name, body := range map[string]string{
		"empty":     "",
		"svg":       `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`,
		"html":      "<!doctype html><script>alert(1)</script>",
		"bmp":       "BM" + strings.Repeat("\x00", 100),
		"tiff":      "II*\x00" + strings.Repeat("\x00", 100),
		"magic":     "GIF89a",
		"late":      "<script>alert(1)</script>" + string(picture),
		"truncated": string(picture[:len(picture)/2]),
		"no colour": "\x89PNG\r\n\x1a\n",
	} {
		if rec := w.get(Path(w.publish("/"+strings.ReplaceAll(name, " ", "-"), []byte(body)))); rec.Code != 404 {
			t.Errorf("%s = %d, want 404", name, rec.Code)
		}
	}
}

// TestPolyglot hides a page in a picture: what is served has none of it.
func TestPolyglot(t *testing.T) {
	const page = "<html><script>alert(1)</script><svg onload=alert(1)>"
	whole := encode(t, "jpeg", photo(40, 30))
	comment := append(binary.BigEndian.AppendUint16([]byte("\xff\xd8\xff\xfe"), uint16(2+len(page))), page...)
	w := newWorld(t, loopback...)
	for name, body := range map[string][]byte{
		"inside": append(comment, whole[2:]...),
		"after":  append(bytes.Clone(whole), page...),
		"gif":    append(encode(t, "gif", photo(40, 30)), "*/=1;alert(1)//"+page...),
	} {
		rec := w.get(Path(w.publish("/"+name, body)))
		served := rec.Body.String()
		if corners(shown(t, rec)) != "RGBY" || strings.Contains(served, "script") || strings.Contains(served, "alert") {
			t.Errorf("%s: not the picture alone", name)
		}
	}
}

// TestTooLargeABody is refused by the client.
func TestTooLargeABody(t *testing.T) {
	w := newWorld(t, loopback...)
	body := append(encode(t, "png", photo(40, 30)), make([]byte, maxBody)...)
	if rec := w.get(Path(w.publish("/a.png", body))); rec.Code != 404 {
		t.Errorf("a body of %d bytes = %d, want 404", len(body), rec.Code)
	}
}

func TestBoundsOfTheHeader(t *testing.T) {
	for _, c := range []struct {
		w, h, depth, colour int // of a PNG: bits, and type 0 grey, 2 RGB, 6 RGBA
		ok                  bool
	}{
		{0, 10, 8, 2, false}, {10, 0, 8, 2, false}, {12_000, 1000, 8, 2, true}, {12_001, 10, 8, 2, false}, {10, 12_001, 8, 2, false},
		{8000, 5000, 8, 0, true}, {8000, 5001, 8, 0, false}, {4000, 3000, 8, 2, true}, {4000, 3000, 8, 6, true}, {2000, 2000, 16, 6, true}, {3000, 3000, 16, 0, true},
	} {
		_, err := inspect(pngHeader(c.w, c.h, c.depth, c.colour))
		if (err == nil) != c.ok {
			t.Errorf("%d × %d, %d bits, type %d: %v, want ok %v", c.w, c.h, c.depth, c.colour, err, c.ok)
		}
	}
}

// pngHeader is a PNG up to its first chunk (W3C PNG, 11.2.2).
func pngHeader(w, h, depth, colour int) []byte {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")
	b = binary.BigEndian.AppendUint32(b, uint32(w))
	b = binary.BigEndian.AppendUint32(b, uint32(h))
	b = append(b, byte(depth), byte(colour), 0, 0, 0)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[12:]))
	return append(b, "\x00\x00\x00\x00IDAT"...)
}

// TestMemoryOfJPEGs: a progressive JPEG keeps every coefficient.
func TestMemoryOfJPEGs(t *testing.T) {
	for name, c := range map[string]struct {
		head []byte
		want float64
	}{
		"4:2:0":              {jpegFrame(0xc0, 10, 10, 0x22, 0x11, 0x11), 1.5},
		"4:4:4":              {jpegFrame(0xc0, 10, 10, 0x11, 0x11, 0x11), 3},
		"grey":               {jpegFrame(0xc0, 10, 10, 0x11), 1},
		"4:2:0, progressive": {jpegFrame(0xc2, 10, 10, 0x22, 0x11, 0x11), 7.5},
		"CMYK":               {jpegFrame(0xc0, 10, 10, 0x11, 0x11, 0x11, 0x11), 8},
		"behind a bare one":  {append([]byte("\xff\xd8\xff\xd0"), jpegFrame(0xc0, 10, 10, 0x11)[2:]...), unknownDepth},
		"behind rubbish":     {append([]byte("\xff\xd8xx"), jpegFrame(0xc0, 10, 10, 0x11)[2:]...), unknownDepth},
		"none":               {[]byte("\xff\xd8\xff"), unknownDepth},
		"cut":                {jpegFrame(0xc0, 10, 10, 0x11)[:8], unknownDepth},
	} {
		if got := readJPEG(c.head).depth; got != c.want {
			t.Errorf("%s: %v bytes a pixel, want %v", name, got, c.want)
		}
	}
	if _, err := inspect(jpegFrame(0xc2, 8000, 5000, 0x11, 0x11, 0x11)); err == nil {
		t.Error("40 Mpx of progressive 4:4:4 passed, which takes 600 MB")
	}
}

// jpegFrame is a JPEG up to its frame header; factors as in ITU-T T.81, B.2.2.
func jpegFrame(marker byte, w, h int, factors ...byte) []byte {
	b := []byte{0xff, 0xd8, 0xff, marker, 0, byte(8 + 3*len(factors)), 8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), byte(len(factors))}
	for i, f := range factors {
		b = append(b, byte(i+1), f, 0)
	}
	return b
}

// TestEndlessScans is a progressive JPEG of a few hundred kB that asks for a
// pass over all of its pixels with every 40 bytes: hours of work.
func TestEndlessScans(t *testing.T) {
	body := manyScans(3000, 3000, 20_000)
	f, err := inspect(body)
	if err != nil {
		t.Fatal(err)
	}
	const limit = 200 * time.Millisecond
	before := worktest.CPU(t)
	_, err = f.render(time.Now().Add(limit))
	if took := worktest.CPU(t) - before; !errors.Is(err, errSlow) || took > 50*limit {
		t.Errorf("%d bytes: %v after %v of CPU, want %v soon after %v", len(body), err, took, errSlow, limit)
	}
}

// manyScans has one component, one code for runs of 16384 empty blocks, and n
// scans of the same coefficient (ITU-T T.81, G.1.2.2).
func manyScans(w, h, n int) []byte {
	b := jpegFrame(0xc2, w, h, 0x11)
	b = append(b, "\xff\xdb\x00\x43\x00"...)
	b = append(b, bytes.Repeat([]byte{1}, 64)...)
	b = append(b, 0xff, 0xc4, 0, 2+17+1, 0x10, 1) // an AC table with one code of 1 bit
	b = append(b, make([]byte, 15)...)
	b = append(b, 0xe0) // EOB14: a run of 2^14 and the 14 bits that follow
	runs := (w/8*h/8 + 1<<14 - 1) >> 14
	bits := runs * 15 // a code "0" and 14 bits "0" each
	scan := append([]byte{0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0x00}, make([]byte, (bits+7)/8)...)
	for range n {
		b = append(b, scan...)
	}
	return append(b, 0xff, 0xd9)
}

// TestNothingPanics bends real pictures at random, always the same way.
func TestNothingPanics(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	small := photo(64, 48)
	grey := image.NewGray(image.Rect(0, 0, 64, 48))
	grey.SetGray(3, 3, color.Gray{Y: 9})
	for _, good := range [][]byte{encode(t, "jpeg", small), encode(t, "jpeg", grey), encode(t, "png", small), encode(t, "gif", small),
		read(t, "lossy.webp"), read(t, "lossless.webp"), withEXIF(encode(t, "jpeg", small), exif(binary.BigEndian, 6))} {
		for range 40 {
			bad := bytes.Clone(good[:1+random.IntN(len(good))])
			if random.IntN(2) == 0 {
				bad = bytes.Clone(good)
			}
			for range random.IntN(8) {
				bad[random.IntN(len(bad))] = byte(random.Int())
			}
			f, err := inspect(bad)
			if err != nil {
				continue
			}
			if p, err := f.render(time.Now().Add(time.Second)); err == nil && p.size() == 0 {
				t.Errorf("render(%x) = a picture of no bytes", bad)
			}
		}
	}
}

// TestPicturesOfAPrivateNetwork: a picture on the network of one source is
// shown for its items, and for those of no other, not even from memory; and
// that another may not have it does not take it from the one that may.
func TestPicturesOfAPrivateNetwork(t *testing.T) {
	w := newWorld(t)
	w.private = map[string][]netip.Prefix{"sambre/actus": loopback, "meuse/actus": {netip.MustParsePrefix("10.0.0.0/8")}}
	own := w.publish("/a.png", encode(t, "png", photo(16, 9)))
	other, none := own, own
	other.Source, other.ID = "meuse/actus", federation.NewItemID("meuse/actus", "1")
	none.Source, none.ID = "lys/actus", federation.NewItemID("lys/actus", "1")
	w.items[other.ID], w.items[none.ID] = other, none
	for _, step := range []struct {
		it   federation.Item
		want int
	}{{none, 404}, {other, 404}, {own, 200}, {none, 404}, {other, 404}, {own, 200}} {
		if rec := w.get(Path(step.it)); rec.Code != step.want {
			t.Errorf("GET the picture of %s = %d, want %d", step.it.Source, rec.Code, step.want)
		}
	}
	if n := w.asked.Load(); n != 1 {
		t.Errorf("the publisher was asked %d times, want once", n)
	}
}
