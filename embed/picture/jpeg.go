package picture

import (
	"bytes"
	"encoding/binary"
)

// jpegHeader is what image/jpeg does not tell of a JPEG.
type jpegHeader struct {
	orientation int     // EXIF, 1 to 8; 0 when it says none
	depth       float64 // bytes a pixel takes while decoding
}

// unknownDepth is the worst there is: four components, progressive.
const unknownDepth = 24

// readJPEG walks the segments before the first scan (ITU-T T.81, B.1.1.4). It
// never fails: what cannot be read is left as it was.
func readJPEG(b []byte) jpegHeader {
	h := jpegHeader{depth: unknownDepth}
	for i := 2; i+4 <= len(b) && b[i] == 0xff; {
		marker := b[i+1]
		if marker == 0xff { // fill
			i++
			continue
		}
		end := i + 2 + int(binary.BigEndian.Uint16(b[i+2:]))
		if bare(marker) || marker == 0xda || end < i+4 || end > len(b) {
			break
		}
		switch segment := b[i+4 : end]; marker {
		case 0xc0, 0xc1, 0xc2:
			h.depth = frameDepth(segment, marker == 0xc2, adobeRGB(b))
		case 0xe1:
			if exif, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok && h.orientation == 0 {
				h.orientation = orientation(exif)
			}
		}
		i = end
	}
	return h
}

// bare reports whether a marker has no segment (B.1.1.3). Decoders skip such
// ones, so that behind one no two readers need agree where segments begin.
func bare(marker byte) bool { return marker < 0xc0 || marker >= 0xd0 && marker <= 0xd9 }

// frameDepth reads the components of a frame header (B.2.2). image/jpeg keeps
// a byte for each sample, four more for its coefficient when the picture is
// progressive, and makes a copy when there are four components, or three that
// are red, green and blue.
func frameDepth(frame []byte, progressive, rgb bool) float64 {
	if len(frame) < 6 || len(frame) < 6+3*int(frame[5]) || frame[5] == 0 {
		return unknownDepth
	}
	n := int(frame[5])
	samples, most := 0, 1
	for i := range n {
		factors := int(frame[7+3*i]>>4) * int(frame[7+3*i]&0xf)
		samples += factors
		most = max(most, factors)
	}
	depth := float64(samples) / float64(most)
	if progressive {
		depth *= 5
	}
	if n == 4 || n == 3 && (rgb || frame[6] == 'R' && frame[9] == 'G' && frame[12] == 'B') {
		depth += 4
	}
	return depth
}

// orientation finds tag 0x0112 in the first directory of a TIFF structure
// (EXIF 2.32, 4.6.2); 0 when it is not there or not 1 to 8.
func orientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 0
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	const entrySize = 12
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < entrySize {
			return 0
		}
		if order.Uint16(entries) == 0x0112 {
			if v := order.Uint16(entries[8:]); v >= 1 && v <= 8 {
				return int(v)
			}
			return 0
		}
		entries = entries[entrySize:]
	}
	return 0
}
